// What becomes of a product's sums where rows were the left operand: from registers straight to memory. A tile has eight
// outputs of a warp's sixteen rows; a lane has two outputs, side by side, of its row and of the one eight further. So a warp
// writes whole sectors of 32 bytes, of the next product's operand when neighbours have traded outputs of two tiles.
#pragma once
#include "product_finish.cuh"

// Results that are not told tile by tile: one piece of code for all of a thread's.
static __device__ __noinline__ void store_seldom(const ProductBf16& w, int row, int output, float value, int group) {
    store_one(w, row, output, value, group);
}

// The calling lane's rows and outputs.
struct RowResults {
    const ProductBf16& w;
    int row;
    int n;  // the lane's first output
    int rows;
    int group;  // fragments.cuh
    bool by_tiles;  // a tile's outputs have one fate, as they have at widths that are multiples of eight and the like
    float* out;
    unsigned short* fragments;  // the row's group
    int low;

    EDDY_DEVICE RowResults(const ProductBf16& product, int first_row, int first_output, int all, int fragments_of)
        : w(product),
          row(first_row + (threadIdx.x & 31) / 4),
          n(first_output + (threadIdx.x & 3) * 2),
          rows(all),
          group(fragments_of) {
        by_tiles = ((w.out.width | w.fragment_from) & 7) == 0 && (w.fragment_width & 15) == 0 && (w.out.stride & 1) == 0 &&
                   ((unsigned long long)w.out.at & 7) == 0;
        out = w.out.at + (long long)row * w.out.stride + n;
        int high = fragments_high(row, group) * (w.fragment_width / TILE_K);
        fragments = w.fragments + high * fragment_tile(group);
        low = fragments_low(row, group);
    }

    // Of the tile `t` and those after it: one way after the other for all, so that each is looked for once.
    template <int TILES>
    EDDY_DEVICE void finish(float (&d)[TILES][4], int t) const {
        if (w.bias != nullptr) {
#pragma unroll
            for (int i = 0; i < TILES; i++) {
                int output = n + (t + i) * 8;
                float low = output < w.out.width ? w.bias[output] : 0.0f;
                float high = output + 1 < w.out.width ? w.bias[output + 1] : 0.0f;
                d[i][0] += low;
                d[i][1] += high;
                d[i][2] += low;
                d[i][3] += high;
            }
        }
        if (w.function >= 0) {
#pragma unroll
            for (int i = 0; i < TILES; i++) {
                float4 v = apply_after<true>(w.function, make_float4(d[i][0], d[i][1], d[i][2], d[i][3]));
                d[i][0] = v.x;
                d[i][1] = v.y;
                d[i][2] = v.z;
                d[i][3] = v.w;
            }
        }
#pragma unroll
        for (int i = 0; i < TILES; i++) {
            if (by_tiles) {
                put(d[i], t + i);
            } else {
                store_each(d[i], t + i);
            }
        }
        if (by_tiles && w.fragments != nullptr) {
            if (column(t) & 8) {
                put_fragments<1>(d, t);
            } else {
                put_fragments<0>(d, t);
            }
        }
    }

    // A tile's first output, and where that lies in the next product's operand.
    EDDY_DEVICE int first(int t) const { return (n & ~7) + t * 8; }

    EDDY_DEVICE int column(int t) const { return first(t) - w.fragment_from; }

    EDDY_DEVICE void store_each(const float (&d)[4], int t) const {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            if (row + i / 2 * 8 < rows) {
                store_seldom(w, row + i / 2 * 8, n + t * 8 + (i & 1), d[i], group);
            }
        }
    }

    EDDY_DEVICE void put(const float (&d)[4], int t) const {
        if (w.out.at != nullptr && first(t) < w.out.width) {
            if (row < rows) {
                *(float2*)(out + t * 8) = make_float2(d[0], d[1]);
            }
            if (row + 8 < rows) {
                *(float2*)(out + 8 * w.out.stride + t * 8) = make_float2(d[2], d[3]);
            }
        }
    }

    // The first ALONE tiles, and a last one, are halves of k-tiles whose other half another warp has, or none; others are pairs.
    template <int ALONE, int TILES>
    EDDY_DEVICE void put_fragments(const float (&d)[TILES][4], int t) const {
        if (ALONE > 0) {
            put_half(d[0], t);
        }
#pragma unroll
        for (int i = ALONE; i + 1 < TILES; i += 2) {
            put_pair(d[i], d[i + 1], t + i);
        }
        if ((TILES - ALONE) % 2 > 0) {
            put_half(d[TILES - 1], t + TILES - 1);
        }
    }

    EDDY_DEVICE unsigned short* place(int k, int inner) const {
        return fragments + k / TILE_K * fragment_tile(group) + low + fragment_column(low, inner);
    }

    EDDY_DEVICE void put_half(const float (&d)[4], int t) const {
        int k = column(t);
        if ((unsigned)k < (unsigned)w.fragment_width) {
            unsigned short* to = place(k, (k & 8) + (threadIdx.x & 3) * 2);
            if (row < rows) {
                *(unsigned*)to = two_to_bf16(d[0], d[1]);
            }
            if (row + 8 < rows) {
                *(unsigned*)(to + 128) = two_to_bf16(d[2], d[3]);
            }
        }
    }

    // A k-tile: a lane of an even number gets four columns of its first half, the next one of its second.
    EDDY_DEVICE void put_pair(const float (&a)[4], const float (&b)[4], int t) const {
        int k = column(t);
        bool odd = (threadIdx.x & 1) != 0;
        uint2 near = make_uint2(two_to_bf16(a[0], a[1]), two_to_bf16(b[0], b[1]));
        uint2 far = make_uint2(two_to_bf16(a[2], a[3]), two_to_bf16(b[2], b[3]));
        unsigned near_other = __shfl_xor_sync(0xffffffffu, odd ? near.x : near.y, 1);
        unsigned far_other = __shfl_xor_sync(0xffffffffu, odd ? far.x : far.y, 1);
        if ((unsigned)k < (unsigned)w.fragment_width) {
            unsigned short* to = place(k, (odd ? 8 : 0) + (threadIdx.x & 2) * 2);
            if (row < rows) {
                *(uint2*)to = odd ? make_uint2(near_other, near.y) : make_uint2(near.x, near_other);
            }
            if (row + 8 < rows) {
                *(uint2*)(to + 128) = odd ? make_uint2(far_other, far.y) : make_uint2(far.x, far_other);
            }
        }
    }
};

// A warp's sums of T tiles, when the blocks of a cluster, two or four, share a depth: a lane of one block has the outputs of the
// same lane of the others. Each block finishes every one of its tiles' turn; the others bring their sums of these to it. They
// lie in its shared memory as [its tile][slot][thread]: slot 0 is the sum of the first block's segments, then comes a slot for
// each other segment.
template <int T, int THREADS>
struct SharedTiles {
    float* held;
    Barrier* met;

    EDDY_DEVICE SharedTiles(float* at, Barrier* b) : held(at), met(b) {}

    template <class Depth>
    static EDDY_DEVICE int slots(const Depth& depth) {
        return 1 + depth.segments - depth.each;
    }

    EDDY_DEVICE float4* at(int tile, int slot, int all) const {
        return (float4*)held + (tile * all + slot) * THREADS + threadIdx.x;
    }

    // By one thread, before any block of the cluster brings something: how much will come.
    template <class Depth>
    EDDY_DEVICE void expect(const Depth& depth) const {
        int block = blockIdx.z;
        int tiles = (T - block + (int)gridDim.z - 1) / (int)gridDim.z;
        int others = slots(depth) - (block == 0 ? 1 : depth.count);
        copy_begin(met, tiles * others * THREADS * 16);
    }

    // What a thread has of all tiles, when all blocks have done with their shared memory: the first block the sum of its
    // segments, another one its first and, if there is one, its second segment.
    template <class Depth>
    EDDY_DEVICE void bring(const Depth& depth, const float (&total)[T][4], const float (&second)[T][4]) const {
        int all = slots(depth);
        int slot = depth.each == 1 ? blockIdx.z : min((int)blockIdx.z, 1);
        if (depth.count > 0) {
#pragma unroll
            for (int t = 0; t < T; t++) {
                bring_one(t, slot, all, total[t]);
            }
        }
        if (blockIdx.z > 0 && depth.count > 1) {
#pragma unroll
            for (int t = 0; t < T; t++) {
                bring_one(t, slot + 1, all, second[t]);
            }
        }
    }

    EDDY_DEVICE void bring_one(int t, int slot, int all, const float (&d)[4]) const {
        bool two = gridDim.z == 2;
        int block = two ? t & 1 : t & 3;
        float4* to = at(two ? t >> 1 : t >> 2, slot, all);
        float4 v = make_float4(d[0], d[1], d[2], d[3]);
        if (block == (int)blockIdx.z) {
            *to = v;
        } else {
            cluster_push(to, block, v, met);
        }
    }

    // When all has come.
    template <class Depth, class Results>
    EDDY_DEVICE void finish(const Depth& depth, const Results& results) const {
        int all = slots(depth);
        int tile = 0;
#pragma unroll 1
        for (int t = blockIdx.z; t < T; t += gridDim.z) {
            float4 sum = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
#pragma unroll 1
            for (int slot = 0; slot < all; slot++) {
                sum = plus(sum, *at(tile, slot, all));
            }
            float d[1][4] = {{sum.x, sum.y, sum.z, sum.w}};
            results.finish(d, t);
            tile++;
        }
    }
};
