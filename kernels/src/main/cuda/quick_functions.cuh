// The functions of functions.cuh of four numbers at once: the same bits by half of the instructions where all four are of a
// usual size, as they nearly always are; else one by one.
#pragma once
#include "quads.cuh"

// A larger number's power of e, or a smaller one's, may not be a normal number.
EDDY_DEVICE bool usual(float x) { return fabsf(x) <= 86.0f; }

EDDY_DEVICE bool usual(float4 x) { return usual(x.x) && usual(x.y) && usual(x.z) && usual(x.w); }

// eddy_exp of usual numbers: nothing to clamp, and the power of two goes into the exponent.
template <int COUNT>
EDDY_DEVICE void quick_exp(const float (&x)[COUNT], float (&y)[COUNT]) {
    ExpParts parts[COUNT];
    exp_parts(x, parts);
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        y[i] = bits_to_float(float_to_bits(parts[i].mantissa) + (parts[i].exponent << 23));
    }
}

EDDY_DEVICE float quick_exp(float x) {
    float one[1] = {x};
    float y[1];
    quick_exp(one, y);
    return y[0];
}

// 1 / x to the nearest, for x from 1 to 2^125: a step of Newton's from what the unit for it gives, as a division has it, but
// with no jump for other numbers (src/test/gpu/quick_functions.cu looks at all).
EDDY_DEVICE float quick_reciprocal(float x) {
#ifdef EDDY_EMULATED
    return 1.0f / x;
#else
    float near;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(near) : "f"(x));
    return fmaf(near, fmaf(-x, near, 1.0f), near);
#endif
}

EDDY_DEVICE float quick_sigmoid(float x) { return quick_reciprocal(1.0f + quick_exp(-x)); }

EDDY_DEVICE float quick_softplus(float x) { return softplus_of(x, quick_exp(-fabsf(x))); }

EDDY_DEVICE float quick_tanh(float x) {
    float a = fabsf(x);
    return tanh_of(x, 2.0f * quick_reciprocal(quick_exp(a + a) + 1.0f));
}

template <int FUNCTION>
EDDY_DEVICE float quick_unary(float x) {
    return FUNCTION == EXP        ? quick_exp(x)
           : FUNCTION == SIGMOID  ? quick_sigmoid(x)
           : FUNCTION == SOFTPLUS ? quick_softplus(x)
                                  : quick_tanh(x);
}

template <int FUNCTION>
EDDY_DEVICE float4 quick_four(float4 x) {
    if constexpr (FUNCTION == EXP || FUNCTION == SIGMOID || FUNCTION == SOFTPLUS || FUNCTION == TANH) {
        if (FUNCTION == TANH ? usual(make_float4(x.x + x.x, x.y + x.y, x.z + x.z, x.w + x.w)) : usual(x)) {
            return each_of(x, x, [](float one, float) { return quick_unary<FUNCTION>(one); });
        }
    }
    return unary<FUNCTION>(x);
}
