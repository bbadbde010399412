// What the stand-in for cuBLASLt (cublaslt/cublaslt.c) launches: a product of column-major matrices, the first transposed.
#include "functions.cuh"

struct ProductParams {
    const unsigned short* a;  // [k, m] bfloat16
    const unsigned short* b;  // [k, n] bfloat16
    float* d;                 // [m, n]
    int m;
    int n;
    int k;
    int unused;
};

EDDY_KERNEL(transposed_product, ProductParams) {
    int at = blockIdx.x * blockDim.x + threadIdx.x;
    if (at < p.m * p.n) {
        const unsigned short* a = p.a + at % p.m * p.k;
        const unsigned short* b = p.b + at / p.m * p.k;
        float sum = 0.0f;
        for (int i = 0; i < p.k; i++) {
            sum = fmaf(from_bf16(a[i]), from_bf16(b[i]), sum);
        }
        p.d[at] = sum;
    }
}
