// Matrix products with float32 weights: one FMA chain over K, ascending, for each output, so the bits are the
// reference's. A thread has one output column of up to eight rows; weights are stored [K, N], so that a warp reads
// neighbours. Several products over the same rows run in one launch. Reference: ReferenceInterpreter.matmul.
#include "batch.cuh"

enum { F32_ROWS = 8, F32_DEPTH = 256, F32_COLUMNS = 128, MAX_PRODUCTS = 8 };

struct ProductF32 {
    const float* weights;  // [K, N]
    const float* bias;  // [N] or null
    Rows x;
    Rows out;
    int first_block;
    int unused;
};

struct MatMulF32Params {
    Batch batch;
    int count;
    int selected;
    ProductF32 products[MAX_PRODUCTS];
};

template <int ROWS>
EDDY_DEVICE void product_of_rows(const ProductF32& w, int first, int rows, int n, float* xs) {
    float sums[ROWS];
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
        sums[r] = 0.0f;
    }
    int depth = w.x.width;
    int width = w.out.width;
    for (int from = 0; from < depth; from += F32_DEPTH) {
        int count = depth - from < F32_DEPTH ? depth - from : F32_DEPTH;
        __syncthreads();
        for (int i = threadIdx.x; i < ROWS * F32_DEPTH; i += blockDim.x) {
            int r = i / F32_DEPTH;
            int k = i % F32_DEPTH;
            if (k < count && r < rows) {
                xs[i] = row_of(w.x, first + r)[from + k];
            } else {
                xs[i] = 0.0f;
            }
        }
        __syncthreads();
        if (n < width) {
            const float* weights = w.weights + (long long)from * width + n;
#pragma unroll 16
            for (int k = 0; k < count; k++) {
                float weight = weights[(long long)k * width];
#pragma unroll
                for (int r = 0; r < ROWS; r++) {
                    sums[r] = fmaf(xs[r * F32_DEPTH + k], weight, sums[r]);
                }
            }
        }
    }
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
        if (n < width && r < rows) {
            row_of(w.out, first + r)[n] = w.bias == nullptr ? sums[r] : sums[r] + w.bias[n];
        }
    }
}

// Grid: x blocks of columns of all products, y blocks of rows. Block: F32_COLUMNS threads.
EDDY_KERNEL(matmul_f32, MatMulF32Params) {
    EDDY_SHARED(float, xs, F32_ROWS * F32_DEPTH);
    int index = 0;
    while (index + 1 < p.count && (int)blockIdx.x >= p.products[index + 1].first_block) {
        index++;
    }
    const ProductF32& w = p.products[index];
    int n = (blockIdx.x - w.first_block) * F32_COLUMNS + threadIdx.x;
    int all = rows_of(p.batch, p.selected);
    for (int first = blockIdx.y * F32_ROWS; first < all; first += gridDim.y * F32_ROWS) {
        int rows = all - first < F32_ROWS ? all - first : F32_ROWS;
        if (rows == 1) {
            product_of_rows<1>(w, first, rows, n, xs);
        } else {
            product_of_rows<F32_ROWS>(w, first, rows, n, xs);
        }
    }
}
