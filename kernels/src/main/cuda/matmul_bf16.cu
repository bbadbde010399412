// Matrix products on the tensor cores by mma.sync (m16n8k16), with weights of bfloat16, or of eight bits (integers or E4M3)
// and a scale for each output, which registers widen to bfloat16 (exactly) and the scale multiplies last. The order of an
// output's sum is product.cuh's, at every row count: a row's bits depend on that row alone.
// Both operands lie in memory as tensor cores take them, 512 bytes (or 256) a 16x16 tile of weights and 256 a 16x8
// tile of rows: a block's depth is one run of bytes for each m-tile and one for all of its n-tiles, which the copy engine
// brings into shared memory several stages ahead, and a lane reads its part without conflicts. Reference: the f32 product
// of both operands rounded to bfloat16, to the accuracy of the order of its sums.
//
// Versions, 4096 x 4096, µs at 1 / 16 / 64 / 1,024 rows (reading the weights takes 11 µs on an H100, 8 on an H200):
//   all warps copy by cp.async, then multiply    19.5 / 21.2 / 36.0 / 153   H100
//   one warp copies by the engine                13.3 / 13.7 / 18.8 / 126   H100
//   the same                                     10.2 / -    / 23.9 / -     H200
//   two warps copy, blocks share a depth          9.6 / 12.0 / 15.3 / 80    H200, the last two by matmul_wgmma.cu
#include "byte_weights.cuh"
#include "product.cuh"

// How a tile's weights lie in shared memory; those of eight bits are in byte_weights.cuh. Of a chunk (fragments.cuh) of `deep`
// k-tiles, the calling lane's part of the k-tile `inner`, as the left operand of m16n8k16.
struct HalfWeights {
    static constexpr int TILE_BYTES = 512;

    static EDDY_DEVICE void load(uint32_t (&a)[4], const char* chunk, int inner, int deep) {
        int lane = threadIdx.x & 31;
        const char* row = chunk + (lane >> 3 & 1) * deep * 256 + inner * 256 + (lane >> 4) * 128 + (lane & 7) * 16;
        load_matrices(a, row);
    }
};

// WM x WN x WK warps multiply, each M x N tiles, those along K in turns of a segment; COPYING warps more bring stages of
// CHUNKS chunks, of few rows and weights of eight bits twice as many: a copy takes as long, however few its bytes.
template <class Weights, int WM, int WN, int WK, int M, int N, int CHUNKS, int COPYING>
struct Block {
    static constexpr int TILES_M = WM * M;
    static constexpr int TILES_N = WN * N;
    static constexpr int WARPS = WM * WN * WK;
    static constexpr int COPIERS = COPYING;
    static constexpr int READERS = WM * WN;  // of a stage
    static constexpr bool APART = WK > 1;
    static constexpr int LONGER = TILES_N <= 4 ? 512 / Weights::TILE_BYTES : 1;
    typedef ::Stages<TILES_M, TILES_N, Weights::TILE_BYTES, CHUNKS * LONGER, WK, COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;
    typedef ::Sums<TILES_M, TILES_N> Sums;

    template <class T>
    static EDDY_DEVICE T same_in_warp(T x) {
        return x;
    }

    // One k-tile of a chunk of `deep`. `stride`: from an m-tile to the next. Rows: the lane's words among a tile's first eight
    // columns and the others, `words` each; without `real` the tile has fewer rows than the lane's.
    static EDDY_DEVICE void multiply(float (&d)[M * N][4], const char* chunk, int stride, const uint32_t* first,
                                     const uint32_t* other, int words, bool real, int k, int deep) {
        uint32_t a[M][4];
        uint32_t b[N][2];
#pragma unroll
        for (int n = 0; n < N; n++) {
            b[n][0] = real ? first[k * TILES_N * 2 * words + n * 64] : 0;
            b[n][1] = real ? other[k * TILES_N * 2 * words + n * 64] : 0;
        }
#pragma unroll
        for (int m = 0; m < M; m++) {
            Weights::load(a[m], chunk + m * stride, k, deep);
        }
#pragma unroll
        for (int m = 0; m < M; m++) {
#pragma unroll
            for (int n = 0; n < N; n++) {
                mma_bf16_16x8x16(d[m * N + n], a[m], b[n], d[m * N + n]);
            }
        }
    }

    // A segment of the calling warp's tiles.
    static EDDY_DEVICE void multiply_segment(float (&d)[M * N][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        int warp = threadIdx.x / 32;
        int lane = threadIdx.x & 31;
        int words = TILES_N > 1 ? 32 : s.row_bytes / 8;
        bool real = TILES_N > 1 || lane < words;
        int swapped = lane / 16 * 4;
        int own = lane / 4 * 8 + (lane & 3);
#pragma unroll
        for (int i = 0; i < M * N * 4; i++) {
            d[i / 4][i & 3] = 0.0f;
        }
        each_stage(s, c, full, empty, [&](const char* stage, int deep) {
            int stride = deep * Weights::TILE_BYTES;
            const char* weights = stage + warp % WM * M * stride;
            const uint32_t* x = (const uint32_t*)(stage + Stages::WEIGHTS) + warp / WM % WN * N * 64 + own;
            const uint32_t* first = x + swapped;
            const uint32_t* other = x + (swapped ^ 4);
#pragma unroll 1
            for (int left = deep; left > 0; left -= CHUNK) {
                if (left >= CHUNK) {
#pragma unroll
                    for (int k = 0; k < CHUNK; k++) {
                        multiply(d, weights, stride, first, other, words, real, k, CHUNK);
                    }
                } else {
#pragma unroll 1
                    for (int k = 0; k < left; k++) {
                        multiply(d, weights, stride, first, other, words, real, k, left);
                    }
                }
                weights += CHUNK * Weights::TILE_BYTES;
                first += CHUNK * TILES_N * 2 * words;
                other += CHUNK * TILES_N * 2 * words;
            }
            __syncwarp();
        });
    }

    static EDDY_DEVICE void put(const Sums& sums, const float (&d)[M * N][4], int slot) {
        int warp = threadIdx.x / 32;
#pragma unroll
        for (int t = 0; t < M * N; t++) {
            sums.put(d[t], slot, warp % WM * M + t / N, warp / WM % WN * N + t % N);
        }
    }

    // The block's segments of the warp's tiles. Warps along K leave each its segment in a slot of its own.
    static EDDY_DEVICE void multiply_all(const Stages& s, const ProductPart&, Barrier* full, Barrier* empty, const Sums& sums) {
        float d[M * N][4];
        if (APART) {
            Cursor c(threadIdx.x / (32 * WM * WN));
            if (c.of < s.depth.count) {
                multiply_segment(d, s, c, full, empty);
                put(sums, d, c.of);
            }
            return;
        }
        float total[M * N][4];
        sum_segments<Block>(s, full, empty, total, d);
        put_segments<Block>(s.depth, sums, total, d);
    }

    static EDDY_DEVICE void finish(const Stages& s, const ProductPart& part, const Sums& sums) {
        team_sync();
        sums.template store<APART>(part, s.depth);
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductChoice and ProductBlock have the same numbers. Six
// blocks of up to eight rows (four of _four) have registers for all: the next launch's then find room beside them, and have
// weights when they are called.
#define PRODUCT(name, Weights, WM, WN, WK, M, N, CHUNKS, COPIERS)                                                    \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(32 * ((WM) * (WN) * (WK) + (COPIERS)),               \
                                                                (M) * (N) > 4 ? 1 : (WK) > 1 && (N) == 1 ? ((M) > 2 ? 4 : 6) : 2)) { \
        run_product<Block<Weights, WM, WN, WK, M, N, CHUNKS, COPIERS>>(p);                                                  \
    }

// The narrow ones are for few outputs: more blocks, each with less. _two, _four and _wide have 32, 64 and 32 outputs: fewer
// blocks, of which some find room beside the launch before, with more of their weights there when they are called. A warp of
// _wide has all of its outputs, but half where it has to widen them.
#define PRODUCTS(name, Weights)                                                                                      \
    PRODUCT(name##_8, Weights, 1, 1, 4, 1, 1, 2, 2)                                                                 \
    PRODUCT(name##_8_two, Weights, 1, 1, 4, 2, 1, 1, 2)                                                              \
    PRODUCT(name##_8_four, Weights, 1, 1, 4, 4, 1, 1, 2)                                                             \
    PRODUCT(name##_8_wide, Weights, 512 / Weights::TILE_BYTES, 1, 1, Weights::TILE_BYTES / 256, 1, 1, 2)            \
    PRODUCT(name##_16, Weights, 1, 1, 4, 1, 2, 2, 2)                                                                \
    PRODUCT(name##_32, Weights, 1, 1, 4, 1, 4, 1, 2)                                                                \
    PRODUCT(name##_64_narrow, Weights, 2, 4, 1, 1, 2, 1, 3)                                                         \
    PRODUCT(name##_64, Weights, 2, 4, 1, 2, 2, 1, 5)                                                                \
    PRODUCT(name##_128_narrow, Weights, 2, 4, 1, 2, 4, 1, 5)                                                        \
    PRODUCT(name##_128, Weights, 4, 4, 1, 2, 4, 1, 2)

PRODUCTS(matmul_bf16, HalfWeights)

PRODUCT(matmul_bf16_8_narrow, HalfWeights, 1, 1, 1, 1, 1, 2, 2)

PRODUCTS(matmul_int8, ByteWeights)

PRODUCTS(matmul_fp8, EightWeights)
