// What becomes of a product's sums where rows were the left operand: from registers straight to memory. A tile has eight
// outputs of a warp's sixteen rows; a lane has two outputs, side by side, of its row and of the one eight further. So a warp
// writes whole sectors of 32 bytes, or a whole core matrix of the next product's operand, at a time.
#pragma once
#include "product_finish.cuh"

// Results that are not told tile by tile: one piece of code for all of a thread's.
static __device__ __noinline__ void store_seldom(const ProductBf16& w, int row, int output, float value, int group) {
    store_one(w, row, output, value, group);
}

// The calling lane's rows and outputs. GROUP: fragment_group of the launch's rows.
template <int GROUP>
struct RowResults {
    const ProductBf16& w;
    int row;
    int n;  // the lane's first output
    int rows;
    bool by_tiles;  // a tile's outputs have one fate, as they have at widths that are multiples of eight and the like
    float* out;
    unsigned short* fragments;

    EDDY_DEVICE RowResults(const ProductBf16& product, int first_row, int first_output, int all)
        : w(product), row(first_row + (threadIdx.x & 31) / 4), n(first_output + (threadIdx.x & 3) * 2), rows(all) {
        by_tiles = ((w.out.width | w.fragment_from) & 7) == 0 && (w.fragment_width & 15) == 0 && (w.out.stride & 1) == 0 &&
                   ((unsigned long long)w.out.at & 7) == 0;
        out = w.out.at + (long long)row * w.out.stride + n;
        int high = fragments_high(row, GROUP) * (w.fragment_width / TILE_K);
        fragments = w.fragments + (high << (GROUP + 4)) + fragments_low(row, GROUP) + (threadIdx.x & 3) * 2;
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
            store(d[i], t + i);
        }
    }

    EDDY_DEVICE void store(const float (&d)[4], int t) const {
        if (!by_tiles) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                if (row + i / 2 * 8 < rows) {
                    store_seldom(w, row + i / 2 * 8, n + t * 8 + (i & 1), d[i], GROUP);
                }
            }
            return;
        }
        int first = (n & ~7) + t * 8;  // of the tile
        if (w.out.at != nullptr && first < w.out.width) {
            if (row < rows) {
                *(float2*)(out + t * 8) = make_float2(d[0], d[1]);
            }
            if (row + 8 < rows) {
                *(float2*)(out + 8 * w.out.stride + t * 8) = make_float2(d[2], d[3]);
            }
        }
        int k = first - w.fragment_from;
        if (w.fragments != nullptr && (unsigned)k < (unsigned)w.fragment_width) {
            unsigned short* to = fragments + (k / TILE_K << (GROUP + 4)) + ((k & 8) << 3);
            if (row < rows) {
                *(unsigned*)to = two_to_bf16(d[0], d[1]);
            }
            if (row + 8 < rows) {
                *(unsigned*)(to + 128) = two_to_bf16(d[2], d[3]);
            }
        }
    }
};

// A warp's sums of T tiles, when the blocks of a cluster share a depth: a lane of one block has the outputs of the same lane
// of the others. They lie in shared memory as [slot][tile][thread]; each block finishes every one of its tiles' turn.
template <int T, int THREADS>
struct SharedTiles {
    static constexpr int SLOT = T * THREADS * 4;  // floats
    float* held;

    EDDY_DEVICE void put(const float (&d)[T][4], int slot) const {
#pragma unroll
        for (int t = 0; t < T; t++) {
            *(float4*)(held + slot * SLOT + (t * THREADS + threadIdx.x) * 4) = make_float4(d[t][0], d[t][1], d[t][2], d[t][3]);
        }
    }

    // Other blocks' memory is far: all that is wanted of it for some tiles is on its way at once, and the others are told as
    // soon as the last has been read.
    template <class Depth, class Results>
    EDDY_DEVICE void finish(const Depth& depth, const Results& results) const {
        constexpr int BATCH = T < 8 ? 2 : 4;
        int blocks = gridDim.z;
#pragma unroll 1
        for (int from = blockIdx.z; from < T; from += BATCH * blocks) {
            float4 sum[BATCH];
#pragma unroll
            for (int i = 0; i < BATCH; i++) {
                int t = min(from + i * blocks, T - 1);
                sum[i] = sum_apart(depth, held + (t * THREADS + threadIdx.x) * 4, SLOT);
            }
            if (from + BATCH * blocks >= T) {
                cluster_arrive();
            }
#pragma unroll 1
            for (int t = from; t < min((int)T, from + BATCH * blocks); t += blocks) {
                float d[1][4] = {{sum[0].x, sum[0].y, sum[0].z, sum[0].w}};
                results.finish(d, t);
#pragma unroll
                for (int i = 0; i + 1 < BATCH; i++) {
                    sum[i] = sum[i + 1];
                }
            }
        }
    }
};
