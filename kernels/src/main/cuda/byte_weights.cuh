// Weights of eight bits, which registers widen to bfloat16: exactly, whichever product then takes them.
#pragma once
#include "device.cuh"

// Tiles whose lanes have eight bytes each; Bytes makes two of them bfloat16.
template <class Bytes>
struct EightBits {
    static constexpr int TILE_BYTES = 256;

    static EDDY_DEVICE void load(uint32_t (&a)[4], const char* chunk, int inner, int) { widen(a, held(chunk, inner)); }

    // The calling lane's part of a k-tile.
    static EDDY_DEVICE uint2 held(const char* chunk, int inner) {
        return ((const uint2*)chunk)[inner * 32 + (threadIdx.x & 31)];
    }

    static EDDY_DEVICE void widen(uint32_t (&a)[4], uint2 held) {
        a[0] = Bytes::two(held.x, 0);
        a[1] = Bytes::two(held.x, 2);
        a[2] = Bytes::two(held.y, 0);
        a[3] = Bytes::two(held.y, 2);
    }
};

// Integers plus 128 (WeightPlan.Form.BYTES).
struct ByteWeights : EightBits<ByteWeights> {
    // Bytes i and i + 1 as bfloat16. A byte's lower seven bits plus 128, less 128 or, where its highest bit is not set, 256:
    // all of them, and what remains, are bfloat16.
    static EDDY_DEVICE uint32_t two(uint32_t word, int i) {
        uint32_t low = __byte_perm(word, 0, i == 0 ? 0x4140 : 0x4342);
        return subtract_bf16x2((low & 0x007f007fu) | 0x43004300u, (~low & 0x00800080u) | 0x43004300u);
    }
};

// E4M3 (dev.eddy.kernels.numerics.E4m3); no weight is NaN.
struct EightWeights : EightBits<EightWeights> {
    // Bytes i and i + 1 as bfloat16. A code's exponent and mantissa, moved to where bfloat16 has them, are 2^-120 of its
    // number, subnormal ones too.
    static EDDY_DEVICE uint32_t two(uint32_t word, int i) {
        uint32_t high = __byte_perm(word, 0, i == 0 ? 0x1404 : 0x3424);
        return multiply_bf16x2((high & 0x80008000u) | (high >> 4 & 0x07f007f0u), 0x7b807b80u);
    }
};
