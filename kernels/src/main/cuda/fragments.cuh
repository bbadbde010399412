// Where rows lie that tensor cores multiply, in bfloat16: tiles of 8 rows and 16 columns, 256 bytes each, and of such a tile
// its first eight columns, row by row, then the others: wgmma's core matrices, and the right operand's fragments of
// m16n8k16 (a lane's two words are 128 bytes apart). Groups of tiles along the rows, as many as one block of a product
// takes, lie side by side, so that its stages are single runs of bytes.
#pragma once
#include "device.cuh"

// The binary logarithm of the tiles of a group, by the rows of the launch: what dev.eddy.kernels.cuda.Products gives a block.
EDDY_DEVICE int fragment_group(int rows) { return rows <= 8 ? 0 : rows <= 16 ? 1 : rows <= 32 ? 2 : rows <= 64 ? 3 : 4; }

// Where an element lies, in halves; `tiles` cover a row. Eight neighbouring columns are neighbours.
EDDY_DEVICE long long fragment_of(int row, int column, int tiles, int group) {
    int n = row / 8;
    int inner = column & 15;
    long long tile = (((long long)(n >> group) * tiles + column / 16) << group) + (n & ((1 << group) - 1));
    return tile * 128 + inner / 8 * 64 + (row & 7) * 8 + (inner & 7);
}
