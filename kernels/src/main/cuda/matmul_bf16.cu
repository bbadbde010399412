// Matrix products with bfloat16 weights on the tensor cores. Weights are the left operand (M), rows the right one (N) of
// m16n8k16; one accumulator an output, k-tiles ascending, at every row count: a row's bits depend on that row alone.
// Both operands lie in memory as the instruction's fragments: a lane reads its 16 bytes of a 16x16 tile of weights and
// its 8 bytes of a 16x8 tile of rows, coalesced, without shared memory. Reference: the f32 product of both operands
// rounded to bfloat16, to the accuracy of the order of its sums.
#include "batch.cuh"
#include "functions.cuh"

enum { TILE_M = 16, TILE_N = 8, TILE_K = 16, WARPS = 4, MAX_HALF_PRODUCTS = 8 };

struct ProductBf16 {
    const uint4* weights;  // [m-tiles, k-tiles, 32 lanes]
    const uint2* x;  // [n-tiles, k-tiles, 32 lanes]
    const float* bias;  // [N] or null
    Rows out;
    int tiles;  // k-tiles
    int first_block;
};

struct MatMulBf16Params {
    Batch batch;
    int count;
    int selected;
    ProductBf16 products[MAX_HALF_PRODUCTS];
};

// Writes a 16x8 tile of outputs. Lane: two of its rows (columns of the tile), outputs g and g + 8.
EDDY_DEVICE void store_tile(const ProductBf16& w, const float* d, int m_tile, int n_tile, int rows) {
    int lane = threadIdx.x & 31;
    int n = m_tile * TILE_M + lane / 4;
    int row = n_tile * TILE_N + (lane & 3) * 2;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int output = n + (i / 2) * 8;
        int at = row + (i & 1);
        if (output < w.out.width && at < rows) {
            row_of(w.out, at)[output] = w.bias == nullptr ? d[i] : d[i] + w.bias[output];
        }
    }
}

// What a warp holds of both operands at one k-tile.
template <int M, int N>
struct Operands {
    uint32_t a[M][4];
    uint32_t b[N][2];

    EDDY_DEVICE void load(const ProductBf16& w, const uint4* weights, const uint2* x, int tile) {
#pragma unroll
        for (int m = 0; m < M; m++) {
            uint4 held = load_once(weights + ((long long)m * w.tiles + tile) * 32);
            a[m][0] = held.x;
            a[m][1] = held.y;
            a[m][2] = held.z;
            a[m][3] = held.w;
        }
#pragma unroll
        for (int n = 0; n < N; n++) {
            uint2 held = x[((long long)n * w.tiles + tile) * 32];
            b[n][0] = held.x;
            b[n][1] = held.y;
        }
    }

    EDDY_DEVICE void multiply(float (&d)[M][N][4]) const {
#pragma unroll
        for (int m = 0; m < M; m++) {
#pragma unroll
            for (int n = 0; n < N; n++) {
                mma_bf16_16x8x16(d[m][n], a[m], b[n], d[m][n]);
            }
        }
    }
};

// M x N tiles of one warp. The loads of a k-tile are issued AHEAD k-tiles before its products.
template <int M, int N, int AHEAD>
EDDY_DEVICE void product_tiles(const ProductBf16& w, int m_tile, int n_tile, int rows) {
    int lane = threadIdx.x & 31;
    const uint4* weights = w.weights + (long long)m_tile * w.tiles * 32 + lane;
    const uint2* x = w.x + (long long)n_tile * w.tiles * 32 + lane;
    int last = w.tiles - 1;
    float d[M][N][4];
#pragma unroll
    for (int i = 0; i < M * N * 4; i++) {
        d[i / (4 * N)][i / 4 % N][i & 3] = 0.0f;
    }
    Operands<M, N> ring[AHEAD];
#pragma unroll
    for (int k = 0; k < AHEAD; k++) {
        ring[k].load(w, weights, x, k < last ? k : last);
    }
    int from = 0;
    for (; from + AHEAD <= w.tiles; from += AHEAD) {
#pragma unroll
        for (int k = 0; k < AHEAD; k++) {
            ring[k].multiply(d);
            int next = from + AHEAD + k;
            ring[k].load(w, weights, x, next < last ? next : last);
        }
    }
#pragma unroll
    for (int k = 0; k < AHEAD; k++) {
        if (from + k < w.tiles) {
            ring[k].multiply(d);
        }
    }
#pragma unroll
    for (int m = 0; m < M; m++) {
#pragma unroll
        for (int n = 0; n < N; n++) {
            store_tile(w, d[m][n], m_tile + m, n_tile + n, rows);
        }
    }
}

// Grid: x blocks of WARPS x M m-tiles of all products, y groups of N n-tiles. Packed weights end at a whole block.
template <int M, int N, int AHEAD>
EDDY_DEVICE void matmul_bf16(const MatMulBf16Params& p) {
    int index = 0;
    while (index + 1 < p.count && (int)blockIdx.x >= p.products[index + 1].first_block) {
        index++;
    }
    const ProductBf16& w = p.products[index];
    int m_tile = ((blockIdx.x - w.first_block) * WARPS + threadIdx.x / 32) * M;
    int rows = rows_of(p.batch, p.selected);
    if (m_tile * TILE_M >= w.out.width || (int)blockIdx.y * N * TILE_N >= rows) {
        return;
    }
    product_tiles<M, N, AHEAD>(w, m_tile, blockIdx.y * N, rows);
}

EDDY_KERNEL_BOUNDS(matmul_bf16_8, MatMulBf16Params, 32 * WARPS) { matmul_bf16<1, 1, 16>(p); }

EDDY_KERNEL_BOUNDS(matmul_bf16_16, MatMulBf16Params, 32 * WARPS) { matmul_bf16<1, 2, 12>(p); }

EDDY_KERNEL_BOUNDS(matmul_bf16_32, MatMulBf16Params, 32 * WARPS) { matmul_bf16<1, 4, 8>(p); }

EDDY_KERNEL_BOUNDS(matmul_bf16_64, MatMulBf16Params, 32 * WARPS) { matmul_bf16<1, 8, 4>(p); }

EDDY_KERNEL_BOUNDS(matmul_bf16_64x2, MatMulBf16Params, 32 * WARPS) { matmul_bf16<2, 8, 3>(p); }
