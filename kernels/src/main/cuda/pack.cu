// Weights on their way into device memory: a part of a stored matrix [N, K] becomes [K, N] in float32 or bfloat16, or
// what tensor cores take as their left operand, in bfloat16 (fragments.cuh) or as bytes. The f32 form is ReferenceWeights.matrix.
#include "fragments.cuh"
#include "functions.cuh"

enum { PACK_STORED_F32, PACK_STORED_BF16, PACK_STORED_F16, PACK_STORED_BYTES };

enum { PACK_F32, PACK_BF16, PACK_FRAGMENTS, PACK_BYTES };

struct PackParams {
    const void* source;  // rows first .. first + rows - 1 of [N, K]
    void* target;
    int stored;
    int form;
    int first;
    int rows;
    int width;  // N
    int depth;  // K
};

EDDY_DEVICE float stored_at(const PackParams& p, long long at) {
    switch (p.stored) {
        case PACK_STORED_F32:
            return ((const float*)p.source)[at];
        case PACK_STORED_BYTES:
            return (float)((const unsigned char*)p.source)[at];
        case PACK_STORED_BF16:
            return from_bf16(((const unsigned short*)p.source)[at]);
        default:
            return from_f16(((const unsigned short*)p.source)[at]);
    }
}

// Where element [n, k] of a matrix of bytes lies, in elements: tiles of 16 x 16, of which each lane has eight.
EDDY_DEVICE long long byte_at(int n, int k, int depth) {
    int tiles = (depth + 15) / 16;
    int lane = (n & 7) * 4 + (k & 7) / 2;
    int half = (k & 15) / 8 * 4 + (n & 15) / 8 * 2 + (k & 1);
    return (((long long)(n / 16) * tiles + k / 16) * 32 + lane) * 8 + half;
}

// Grid: any; a thread takes elements at the grid's stride.
EDDY_KERNEL(pack, PackParams) {
    long long count = (long long)p.rows * p.depth;
    long long stride = (long long)gridDim.x * blockDim.x;
    for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < count; i += stride) {
        // Neighbouring threads take neighbours of what is written.
        int n = p.form >= PACK_FRAGMENTS ? (int)(i / p.depth) : (int)(i % p.rows);
        int k = p.form >= PACK_FRAGMENTS ? (int)(i % p.depth) : (int)(i / p.rows);
        float value = stored_at(p, (long long)n * p.depth + k);
        long long across = (long long)k * p.width + p.first + n;
        if (p.form == PACK_F32) {
            ((float*)p.target)[across] = value;
        } else if (p.form == PACK_BF16) {
            ((unsigned short*)p.target)[across] = to_bf16(value);
        } else if (p.form == PACK_BYTES) {
            ((unsigned char*)p.target)[byte_at(p.first + n, k, p.depth)] = (unsigned char)value;
        } else {
            ((unsigned short*)p.target)[weight_of(p.first + n, k, (p.depth + 15) / 16)] = to_bf16(value);
        }
    }
}
