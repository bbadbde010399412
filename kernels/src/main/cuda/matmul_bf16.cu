// Matrix products on the tensor cores with weights of bfloat16, or of eight bits (integers or E4M3) and a scale for each
// output, which registers widen to bfloat16 (exactly) and the scale multiplies last. Weights are the left operand (M), rows
// the right one (N) of m16n8k16. An output is the sum, in ascending order, of its depth's segments of 256; a segment runs from zero through
// one accumulator, k-tiles ascending. That order holds at every row count: a row's bits depend on that row alone.
// Both operands lie in memory as the instruction's fragments, 512 bytes (or 256) a 16x16 tile of weights and 256 a 16x8
// tile of rows: a block's depth is one run of bytes for each m-tile and one for all of its n-tiles, which the copy engine brings into
// shared memory several stages ahead, and a lane reads its part without conflicts. The first stages' weights are on their way before the kernel waits for the
// one before it. Reference: the f32 product of both operands rounded to bfloat16, to the accuracy of the order of its
// sums.
//
// Versions, 4096 x 4096 on an H100, µs at 1 / 16 / 64 / 1,024 rows (11 µs is the time of reading the weights):
//   all warps copy by cp.async, then multiply    19.5 / 21.2 / 36.0 / 153
//   one warp copies by the engine                13.3 / 13.7 / 18.8 / 126
#include "batch.cuh"
#include "fragments.cuh"
#include "functions.cuh"
#include "pipeline.cuh"

enum { TILE_M = 16, TILE_N = 8, TILE_K = 16, SEGMENT = 16, MAX_HALF_PRODUCTS = 8, MAX_STAGES = 16 };

struct ProductBf16 {
    const void* weights;  // [m-tiles, k-tiles, 32 lanes, 8]
    const uint2* x;  // fragments.cuh
    const float* bias;  // [N] or null
    Rows out;  // at null: only fragments are wanted
    int tiles;  // k-tiles
    int first_block;
    unsigned short* fragments;  // of some columns of the result, for the next product; or null
    int fragment_from;
    int fragment_width;
    int function;  // Unary, applied last; -1: none
    int unused;
    const float* scale;  // [N], of the sums; or null
};

struct MatMulBf16Params {
    Batch batch;
    int count;
    int selected;
    int stages;
    int unused;
    ProductBf16 products[MAX_HALF_PRODUCTS];
};

// One piece of code for all of a thread's results.
static __device__ __noinline__ float apply_after(int function, float x) { return apply_unary(function, x); }

// Rounds a result to bfloat16 into its place among the fragments of the next product's rows.
EDDY_DEVICE void store_fragment(const ProductBf16& w, float value, int output, int row, int group) {
    int k = output - w.fragment_from;
    int tiles = (w.fragment_width + TILE_K - 1) / TILE_K;
    if (k >= 0 && k < tiles * TILE_K) {
        w.fragments[fragment_of(row, k, tiles, group)] = k < w.fragment_width ? to_bf16(value) : (unsigned short)0;
    }
}

// Writes a 16x8 tile of outputs. Lane: two of its rows (columns of the tile), outputs g and g + 8.
EDDY_DEVICE void store_tile(const ProductBf16& w, const float* d, int m_tile, int n_tile, int rows) {
    int lane = threadIdx.x & 31;
    int n = m_tile * TILE_M + lane / 4;
    int row = n_tile * TILE_N + (lane & 3) * 2;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int output = n + (i / 2) * 8;
        int at = row + (i & 1);
        if (at >= rows) {
            continue;
        }
        bool real = output < w.out.width;
        float value = real && w.scale != nullptr ? d[i] * w.scale[output] : d[i];
        value = real && w.bias != nullptr ? value + w.bias[output] : value;
        value = w.function < 0 ? value : apply_after(w.function, value);
        if (real && w.out.at != nullptr) {
            row_of(w.out, at)[output] = value;
        }
        if (w.fragments != nullptr) {
            store_fragment(w, value, output, at, fragment_group(rows));
        }
    }
}

// How a lane's eight weights of a tile lie in memory.
struct HalfWeights {
    typedef uint4 Lane;
    static EDDY_DEVICE void widen(uint32_t (&a)[4], const uint4& held) {
        a[0] = held.x;
        a[1] = held.y;
        a[2] = held.z;
        a[3] = held.w;
    }
};

struct ByteWeights {
    typedef uint2 Lane;

    // Byte i of a word that holds them plus 128, as a float: exact, and its lower half is zero.
    static EDDY_DEVICE uint32_t whole(uint32_t word, int i) {
        return (uint32_t)float_to_bits(bits_to_float((int)(0x4b000000u | (word >> 8 * i & 0xffu))) - 8388736.0f);
    }

    static EDDY_DEVICE uint32_t two(uint32_t word, int i) {
        return whole(word, i) >> 16 | (whole(word, i + 1) & 0xffff0000u);
    }

    static EDDY_DEVICE void widen(uint32_t (&a)[4], const uint2& held) {
        a[0] = two(held.x, 0);
        a[1] = two(held.x, 2);
        a[2] = two(held.y, 0);
        a[3] = two(held.y, 2);
    }
};

// E4M3 (dev.eddy.kernels.numerics.E4m3); no weight is NaN.
struct EightWeights {
    typedef uint2 Lane;

    // Bytes i and i + 1 as bfloat16. A code's exponent and mantissa, moved to where bfloat16 has them, are 2^-120 of its
    // number, subnormal ones too.
    static EDDY_DEVICE uint32_t two(uint32_t word, int i) {
        uint32_t high = __byte_perm(word, 0, i == 0 ? 0x1404 : 0x3424);
        return multiply_bf16x2((high & 0x80008000u) | (high >> 4 & 0x07f007f0u), 0x7b807b80u);
    }

    static EDDY_DEVICE void widen(uint32_t (&a)[4], const uint2& held) {
        a[0] = two(held.x, 0);
        a[1] = two(held.x, 2);
        a[2] = two(held.y, 0);
        a[3] = two(held.y, 2);
    }
};

// WM x WN x WK warps multiply, each M x N tiles, those along K in turns of a segment; a stage in shared memory has DEPTH
// k-tiles, and always belongs to the same of these. One warp more copies.
template <class Weights, int WM, int WN, int WK, int M, int N, int DEPTH>
struct Block {
    typedef typename Weights::Lane Lane;
    static constexpr int TILE_BYTES = 32 * sizeof(Lane);
    static constexpr int TILES_M = WM * M;
    static constexpr int TILES_N = WN * N;
    static constexpr int WARPS = WM * WN * WK;
    static constexpr int WEIGHTS = TILES_M * DEPTH * TILE_BYTES / 16;  // of 16 bytes
    static constexpr int STAGE = WEIGHTS + TILES_N * DEPTH * 16;

    // What the copying warp knows.
    struct Copies {
        const ProductBf16& w;
        const char* weights;
        const uint2* x;
        int ms;
        uint4* ring;

        EDDY_DEVICE int deep(int step) const { return min(DEPTH, w.tiles - step * DEPTH); }

        EDDY_DEVICE void begin(int step, Barrier* full) const { copy_begin(full, deep(step) * (ms * TILE_BYTES + TILES_N * 256)); }

        EDDY_DEVICE void copy_weights(int step, int at, Barrier* full) const {
            for (int m = 0; m < ms; m++) {
                copy_ahead((char*)(ring + at * STAGE) + m * DEPTH * TILE_BYTES,
                           weights + ((long long)m * w.tiles + step * DEPTH) * TILE_BYTES, deep(step) * TILE_BYTES, full);
            }
        }

        EDDY_DEVICE void copy_rows(int step, int at, Barrier* full) const {
            copy_ahead(ring + at * STAGE + WEIGHTS, x + (long long)step * DEPTH * TILES_N * 32, deep(step) * TILES_N * 256,
                       full);
            copy_end(full);
        }
    };

    static EDDY_DEVICE void copy(const Copies& c, int stages, Barrier* full, Barrier* empty) {
        int steps = (c.w.tiles + DEPTH - 1) / DEPTH;
        int ahead = EDDY_COPY_ENGINE ? min(stages, steps) : 0;
        for (int step = 0; step < ahead; step++) {
            c.begin(step, full + step);
            c.copy_weights(step, step, full + step);
        }
        grid_wait();
        for (int step = 0; step < ahead; step++) {
            c.copy_rows(step, step, full + step);
        }
        for (int step = ahead; step < steps; step++) {
            int at = step % stages;
            if (step >= stages) {
                barrier_wait(empty + at, (step / stages - 1) & 1);
            }
            c.begin(step, full + at);
            c.copy_weights(step, at, full + at);
            c.copy_rows(step, at, full + at);
        }
    }

    static EDDY_DEVICE void multiply(float (&d)[M][N][4], const Lane* weights, const uint32_t* x, int k) {
        uint32_t a[M][4];
        uint32_t b[N][2];
#pragma unroll
        for (int n = 0; n < N; n++) {
            b[n][0] = x[(k * TILES_N + n) * 64];
            b[n][1] = x[(k * TILES_N + n) * 64 + 32];
        }
#pragma unroll
        for (int m = 0; m < M; m++) {
            Weights::widen(a[m], weights[(m * DEPTH + k) * 32]);
        }
#pragma unroll
        for (int m = 0; m < M; m++) {
#pragma unroll
            for (int n = 0; n < N; n++) {
                mma_bf16_16x8x16(d[m][n], a[m], b[n], d[m][n]);
            }
        }
    }

    // One segment of the calling warp's tiles.
    static EDDY_DEVICE void multiply_segment(float (&d)[M][N][4], const Lane* weights, const uint32_t* x, int tiles,
                                             int segment, int stages, Barrier* full, Barrier* empty) {
#pragma unroll
        for (int i = 0; i < M * N * 4; i++) {
            d[i / (4 * N)][i / 4 % N][i & 3] = 0.0f;
        }
        for (int step = segment * (SEGMENT / DEPTH); step < (segment + 1) * (SEGMENT / DEPTH); step++) {
            int left = tiles - step * DEPTH;
            if (left <= 0) {
                return;
            }
            int at = step % stages;
            barrier_wait(full + at, step / stages & 1);
            if (left >= DEPTH) {
#pragma unroll
                for (int k = 0; k < DEPTH; k++) {
                    multiply(d, weights + at * (STAGE * 16 / (int)sizeof(Lane)), x + at * STAGE * 4, k);
                }
            } else {
                for (int k = 0; k < left; k++) {
                    multiply(d, weights + at * (STAGE * 16 / (int)sizeof(Lane)), x + at * STAGE * 4, k);
                }
            }
            __syncwarp();
            if ((threadIdx.x & 31) == 0) {
                barrier_arrive(empty + at);
            }
        }
    }

    static EDDY_DEVICE void add(float (&total)[M][N][4], const float (&d)[M][N][4]) {
#pragma unroll
        for (int i = 0; i < M * N * 4; i++) {
            total[i / (4 * N)][i / 4 % N][i & 3] += d[i / (4 * N)][i / 4 % N][i & 3];
        }
    }

    // The sums of all segments of the warp's tiles; where several warps share them, the first of these has them.
    static EDDY_DEVICE void sum_segments(float (&total)[M][N][4], const Lane* weights, const uint32_t* x, int tiles,
                                         int stages, Barrier* full, Barrier* empty, float* partial) {
        int segments = (tiles + SEGMENT - 1) / SEGMENT;
        int warp = threadIdx.x / 32;
        float d[M][N][4];
        for (int segment = warp / (WM * WN); segment < segments; segment += WK) {
            multiply_segment(d, weights, x, tiles, segment, stages, full, empty);
            if (WK == 1) {
                add(total, d);
            } else {
#pragma unroll
                for (int i = 0; i < M * N * 4; i++) {
                    partial[((segment * WM * WN + warp % (WM * WN)) * M * N * 4 + i) * 32 + (threadIdx.x & 31)] =
                            d[i / (4 * N)][i / 4 % N][i & 3];
                }
            }
        }
    }

    static EDDY_DEVICE void add_partials(float (&total)[M][N][4], int tiles, const float* partial) {
        for (int segment = 0; segment * SEGMENT < tiles; segment++) {
#pragma unroll
            for (int i = 0; i < M * N * 4; i++) {
                total[i / (4 * N)][i / 4 % N][i & 3] +=
                        partial[((segment * WM * WN + threadIdx.x / 32) * M * N * 4 + i) * 32 + (threadIdx.x & 31)];
            }
        }
    }

    // Grid: x groups of TILES_N n-tiles, which run together so that weights come from memory once, y blocks of TILES_M
    // m-tiles of all products. Shared memory: the ring, and with WK > 1 a number for each output of each segment.
    static EDDY_DEVICE void run(const MatMulBf16Params& p) {
        EDDY_DYNAMIC_SHARED(uint4, ring);
        EDDY_SHARED(Barrier, full, MAX_STAGES);
        EDDY_SHARED(Barrier, empty, MAX_STAGES);
        grid_release();
        int index = 0;
        while (index + 1 < p.count && (int)blockIdx.y >= p.products[index + 1].first_block) {
            index++;
        }
        const ProductBf16& w = p.products[index];
        int m0 = (blockIdx.y - w.first_block) * TILES_M;
        int n0 = blockIdx.x * TILES_N;
        int rows = rows_of(p.batch, p.selected);
        if (n0 * TILE_N >= rows) {
            return;
        }
        if (threadIdx.x == 0) {
            for (int s = 0; s < p.stages; s++) {
                barrier_init_for_copies(full + s);
                barrier_init(empty + s, WM * WN);
            }
            barriers_ready();
        }
        __syncthreads();
        int warp = threadIdx.x / 32;
        int m1 = warp % WM * M;
        int n1 = warp / WM % WN * N;
        float* partial = (float*)(ring + p.stages * STAGE);
        float total[M][N][4];
#pragma unroll
        for (int i = 0; i < M * N * 4; i++) {
            total[i / (4 * N)][i / 4 % N][i & 3] = 0.0f;
        }
        if (warp == WARPS) {
            Copies copies = {w,
                             (const char*)w.weights + (long long)m0 * w.tiles * TILE_BYTES,
                             w.x + (long long)n0 * w.tiles * 32,
                             min(TILES_M, (w.out.width + TILE_M - 1) / TILE_M - m0),
                             ring};
            if (copies_here()) {
                copy(copies, p.stages, full, empty);
            }
        } else {
            int lane = threadIdx.x & 31;
            sum_segments(total, (const Lane*)ring + m1 * DEPTH * 32 + lane, (const uint32_t*)(ring + WEIGHTS) + n1 * 64 + lane,
                         w.tiles, p.stages, full, empty, partial);
        }
        if (WK > 1) {
            __syncthreads();
            if (warp < WM * WN) {
                add_partials(total, w.tiles, partial);
            }
        }
        if (warp < WM * WN) {
#pragma unroll
            for (int m = 0; m < M; m++) {
#pragma unroll
                for (int n = 0; n < N; n++) {
                    store_tile(w, total[m][n], m0 + m1 + m, n0 + n1 + n, rows);
                }
            }
        }
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.Products has the same numbers.
#define PRODUCT(name, Weights, WM, WN, WK, M, N, DEPTH)                                                              \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(32 * (WM) * (WN) * (WK) + 32,                        \
                                                                (WM) * (WN) * (WK) > 4 ? 1 : 2)) {                  \
        Block<Weights, WM, WN, WK, M, N, DEPTH>::run(p);                                                            \
    }

// The narrow ones are for few outputs, of which they give each block fewer.
#define PRODUCTS(name, Weights)                                                                                      \
    PRODUCT(name##_8, Weights, 1, 1, 4, 1, 1, 16)                                                                   \
    PRODUCT(name##_16, Weights, 1, 1, 4, 1, 2, 16)                                                                  \
    PRODUCT(name##_32, Weights, 1, 2, 1, 1, 2, 16)                                                                  \
    PRODUCT(name##_64_narrow, Weights, 2, 4, 1, 1, 2, 8)                                                            \
    PRODUCT(name##_64, Weights, 2, 4, 1, 2, 2, 8)                                                                   \
    PRODUCT(name##_128_narrow, Weights, 2, 4, 1, 2, 4, 8)                                                           \
    PRODUCT(name##_128, Weights, 4, 4, 1, 2, 4, 8)

PRODUCTS(matmul_bf16, HalfWeights)

PRODUCTS(matmul_int8, ByteWeights)

PRODUCTS(matmul_fp8, EightWeights)
