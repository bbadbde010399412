// Where rows lie that tensor cores multiply, in bfloat16: tiles of 8 rows and 16 columns, 256 bytes each, and of such a tile
// its first eight columns, row by row, then the others: wgmma's core matrices, and the right operand's fragments of
// m16n8k16 (a lane's two words are 128 bytes apart). Groups of tiles along the rows, as many as one block of a product
// takes, lie side by side, so that its stages are single runs of bytes. A tile of fewer than eight rows has 1, 2 or 4.
#pragma once
#include "device.cuh"

// The binary logarithm of the rows of a group, by the rows of the launch: what dev.eddy.kernels.cuda.Products gives a block.
static __host__ __device__ __forceinline__ int fragment_group(int rows) {
    int group = 0;
    while (group < 7 && 1 << group < rows) {
        group++;
    }
    return group;
}

// Where an element lies, in halves; `tiles` cover a row. Eight neighbouring columns are neighbours.
EDDY_DEVICE long long fragment_of(int row, int column, int tiles, int group) {
    int inner = column & 15;
    if (group < 3) {
        return ((((long long)(column / 16) * 2 + inner / 8) << group) + row) * 8 + (inner & 7);
    }
    int n = row / 8;
    int beside = group - 3;
    long long tile = (((long long)(n >> beside) * tiles + column / 16) << beside) + (n & ((1 << beside) - 1));
    return tile * 128 + inner / 8 * 64 + (row & 7) * 8 + (inner & 7);
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
