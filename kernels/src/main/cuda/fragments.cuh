// Where rows lie that tensor cores multiply, in bfloat16: tiles of 8 rows and 16 columns, 256 bytes each, row by row, so that
// who has a row writes whole sectors of 32 bytes. Of a tile's last four rows the second eight columns come first: wgmma's
// swizzle of 32 bytes, by which a warp reads the right operand's fragments of m16n8k16 without conflicts, too. Groups of
// tiles along the rows, as many as one block of a product takes, lie side by side, so that its stages are single runs of
// bytes. A tile of fewer than eight rows has 1, 2 or 4.
// dev.eddy.kernels.cuda.RowGroups says how many rows a step's groups have.
#pragma once
#include "device.cuh"

// A group's kind: the binary logarithm of its rows, up to 128, or this for 160.
enum { GROUP_OF_160 = 8 };

// Halves of a k-tile of a group.
static __host__ __device__ __forceinline__ int fragment_tile(int group) { return group == GROUP_OF_160 ? 160 * 16 : 16 << group; }

// Where an element lies, in halves; `tiles` cover a row. Eight neighbouring columns are neighbours. What depends on the row
// alone: its group, and where it lies in the group's first k-tile.
EDDY_DEVICE int fragments_high(int row, int group) { return group == GROUP_OF_160 ? row / 160 : row / 8 >> max(group - 3, 0); }

EDDY_DEVICE int fragments_low(int row, int group) {
    int eight = group == GROUP_OF_160 ? row / 8 % 20 : row / 8 & ((1 << max(group - 3, 0)) - 1);
    return eight * 128 + (row & 7) * 16;
}

// Where a column of a k-tile lies in a row, which begins at `low`.
EDDY_DEVICE int fragment_column(int low, int column) { return (column & 15) ^ (low >> 3 & 8); }

EDDY_DEVICE int fragment_at(int high, int low, int column, int tiles, int group) {
    return (high * tiles + column / 16) * fragment_tile(group) + low + fragment_column(low, column);
}

EDDY_DEVICE int fragment_of(int row, int column, int tiles, int group) {
    return fragment_at(fragments_high(row, group), fragments_low(row, group), column, tiles, group);
}

// Where weights of bfloat16 lie: strips of 16 outputs, of such a strip chunks of CHUNK k-tiles (the last one may have
// fewer), of a chunk the first eight outputs, then the others, and of these eight a k-tile's first eight columns, output by
// output, then its others: wgmma's core matrices, at one distance from one eight outputs to the next.
enum { CHUNK = 8 };

// k-tiles of the chunk that a k-tile is in.
EDDY_DEVICE int chunk_of(int tile, int tiles) { return min((int)CHUNK, tiles - tile / CHUNK * CHUNK); }

// Where an element lies, in halves.
EDDY_DEVICE long long weight_of(int output, int column, int tiles) {
    int tile = column / 16;
    int inner = column & 15;
    long long chunk = ((long long)(output / 16) * tiles + tile / CHUNK * CHUNK) * 256;
    int half = (output & 15) / 8 * chunk_of(tile, tiles);
    return chunk + (half + tile % CHUNK) * 128 + inner / 8 * 64 + (output & 7) * 8 + (inner & 7);
}
