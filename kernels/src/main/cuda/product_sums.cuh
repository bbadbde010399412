// What becomes of a product's sums of segments on the tensor cores: they meet in shared memory, are added up in order,
// finished and stored.
#pragma once
#include "product_finish.cuh"

// What becomes of the sums of a row's outputs n to n + 3, which lie in one half of a tile. What depends on the outputs alone
// is found once for all rows.
struct Quad {
    const ProductBf16& w;
    int n;
    int group;  // fragments.cuh
    bool whole;  // all four are written at once
    float* out;  // of row 0, or null
    int k;  // among the columns of the next product's operand
    int tiles;  // of that
    bool next;  // all four are among these

    EDDY_DEVICE Quad(const ProductBf16& product, int output, int fragments_of)
        : w(product),
          n(output),
          group(fragments_of),
          out(product.out.at + output),
          k(output - product.fragment_from),
          tiles((product.fragment_width + TILE_K - 1) / TILE_K) {
        bool outside = w.fragments == nullptr || k + 4 <= 0 || k >= tiles * TILE_K;
        next = !outside && (k & 3) == 0 && k >= 0 && k + 4 <= w.fragment_width;
        whole = n + 4 <= w.out.width && (outside || next) &&
                (w.out.at == nullptr || (((unsigned long long)out & 15) == 0 && (w.out.stride & 3) == 0));
    }

    // Of the outputs' scales or biases: read for each row, as most products have none and registers are few.
    EDDY_DEVICE float4 four_of(const float* of, float none) const {
        float v[4];
#pragma unroll
        for (int i = 0; i < 4; i++) {
            v[i] = of != nullptr && n + i < w.out.width ? of[n + i] : none;
        }
        return make_float4(v[0], v[1], v[2], v[3]);
    }

    template <bool QUICK>
    EDDY_DEVICE void store(int row, float4 v) const {
        if (w.scale != nullptr || w.bias != nullptr) {
            float4 scale = four_of(w.scale, 1.0f);  // what changes no bit
            float4 bias = four_of(w.bias, -0.0f);
            v = make_float4(v.x * scale.x + bias.x, v.y * scale.y + bias.y, v.z * scale.z + bias.z, v.w * scale.w + bias.w);
        }
        v = apply_after<QUICK>(w.function, v);
        if (!whole) {
            store_some(row, v);
            return;
        }
        if (w.out.at != nullptr) {
            *(float4*)(out + (long long)row * w.out.stride) = v;
        }
        if (next) {
            *(uint2*)(w.fragments + fragment_of(row, k, tiles, group)) = make_uint2(two_to_bf16(v.x, v.y), two_to_bf16(v.z, v.w));
        }
    }

    // Those of the four that are there, one by one.
    EDDY_DEVICE void store_some(int row, float4 v) const {
#pragma unroll 1
        for (int i = 0; i < 4; i++) {
            store_one(w, row, n + i, v.x, group);
            v = make_float4(v.y, v.z, v.w, v.x);
        }
    }
};

// Where a block's sums lie in shared memory before they are stored: `slots` of [rows][outputs, and four more against
// conflicts of banks].
template <int TILES_M, int TILES_N>
struct Sums {
    static constexpr int WIDTH = TILES_M * TILE_M + 4;
    static constexpr int SLOT = TILES_N * TILE_N * WIDTH;  // floats
    static constexpr bool MANY = TILES_N > 16;             // results of a thread
    float* held;

    EDDY_DEVICE Sums(float* at, Barrier*) : held(at) {}

    // A lane's part of a tile.
    EDDY_DEVICE void put(const float (&d)[4], int slot, int m_tile, int n_tile) const {
        int lane = threadIdx.x & 31;
        float* at = held + slot * SLOT + (n_tile * TILE_N + (lane & 3) * 2) * WIDTH + m_tile * TILE_M + lane / 4;
        at[0] = d[0];
        at[WIDTH] = d[1];
        at[8] = d[2];
        at[WIDTH + 8] = d[3];
    }

    // By all threads of the blocks of a cluster, when all have put theirs: adds up each output's segments and stores it. Slot 0
    // of the first block is where it begins; then come the other slots of that block, if segments are all HERE, or those of
    // the other blocks. A thread has the same outputs of all its rows.
    template <bool HERE, class Depth>
    EDDY_DEVICE void store(const ProductPart& part, const Depth& depth) const {
        constexpr int QUADS = TILES_M * 4;
        int first = part.n0 * TILE_N;
        int count = min(TILES_N * TILE_N, part.rows - first);
        int row = (blockIdx.z * blockDim.x + threadIdx.x) / QUADS;
        int step = gridDim.z * blockDim.x / QUADS;
        const float* mine = held + threadIdx.x % QUADS * 4;
        Quad quad(part.w, part.m0 * TILE_M + threadIdx.x % QUADS * 4, part.group);
        if (!HERE && gridDim.z > 1) {
            store_apart(quad, depth, mine, first, row, step, count);
            return;
        }
#pragma unroll 1
        for (; row < count; row += step) {
            quad.store<MANY>(first + row, sum_here(mine + row * WIDTH, HERE ? depth.segments : 1));
        }
    }

    // Other blocks' memory is far: a thread asks for all that it wants of it for some rows at once, and tells the others as
    // soon as it has read the last.
    template <class Depth>
    static EDDY_DEVICE void store_apart(const Quad& quad, const Depth& depth, const float* mine, int first, int row, int step,
                                        int count) {
        constexpr int BATCH = TILES_N < 8 ? 1 : 3;
#pragma unroll 1
        for (int from = 0; from < count; from += BATCH * step) {
            float4 sum[BATCH];
#pragma unroll
            for (int i = 0; i < BATCH; i++) {
                int next = row + from + i * step;
                if (next < count) {
                    sum[i] = sum_apart(depth, mine + next * WIDTH, SLOT);
                }
            }
            if (from + BATCH * step >= count) {
                cluster_arrive();
            }
#pragma unroll 1
            for (int next = row + from; next < min(count, row + from + BATCH * step); next += step) {
                quad.store<MANY>(first + next, sum[0]);
#pragma unroll
                for (int i = 0; i + 1 < BATCH; i++) {
                    sum[i] = sum[i + 1];
                }
            }
        }
        cluster_wait();
    }

    static EDDY_DEVICE float4 sum_here(const float* at, int slots) {
        float4 sum = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
#pragma unroll 1
        for (int i = 0; i < slots; i++) {
            sum = plus(sum, *(const float4*)(at + i * SLOT));
        }
        return sum;
    }
};
