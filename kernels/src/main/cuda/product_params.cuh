// What products on the tensor cores are told.
#pragma once
#include "batch.cuh"
#include "fragments.cuh"

enum { TILE_M = 16, TILE_N = 8, TILE_K = 16, SEGMENTS = 4, MAX_HALF_PRODUCTS = 8, MAX_STAGES = 16 };

// k-tiles of a segment: a quarter of all, in whole chunks of the weights (fragments.cuh).
EDDY_DEVICE int segment_tiles(int tiles) { return ((tiles + SEGMENTS - 1) / SEGMENTS + CHUNK - 1) / CHUNK * CHUNK; }

struct ProductBf16 {
    const void* weights;  // fragments.cuh
    const uint2* x;  // fragments.cuh
    const float* bias;  // [N] or null
    Rows out;  // at null: only fragments are wanted
    int tiles;  // k-tiles
    int first_block;
    unsigned short* fragments;  // of some columns of the result, for the next product; or null
    int fragment_from;
    int fragment_width;
    int function;  // Unary, applied last; -1: none
    int since;  // rows were there before this earlier launch, which says so by its signal; 0: the launch before is waited for
    const float* scale;  // [N], of the sums; or null
};

struct MatMulBf16Params {
    Batch batch;
    int count;
    int selected;
    int stages;
    int ending;  // stages that a block has yet to ask for when the next launch's blocks may come; 0: these may at once
    int held;  // rows for which a stage has room: no fewer than a group of fragments has
    int launch;  // its number if it raises a signal when it has waited for the one before; 0: none
    ProductBf16 products[MAX_HALF_PRODUCTS];
};

// The product that the calling block has a part of.
EDDY_DEVICE int product_of(const MatMulBf16Params& p) {
    int index = 0;
    while (index + 1 < p.count && (int)blockIdx.y >= p.products[index + 1].first_block) {
        index++;
    }
    return index;
}

// What a block has of a product: m-tiles from m0 on, n-tiles from n0 on, of so many rows in all.
struct ProductPart {
    const ProductBf16& w;
    int m0;
    int n0;
    int rows;
    int group;  // fragments.cuh
};
