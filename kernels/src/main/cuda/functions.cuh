// The transcendental functions of dev.eddy.kernels.numerics.Functions: the same polynomials in the same explicit FMAs, so
// that the card gives the bits of the CPU. Coefficients: Cephes (S. Moshier); erf after N. Juffa.
#pragma once
#include "device.cuh"

EDDY_DEVICE float bits_to_float(int bits) { return __int_as_float(bits); }

EDDY_DEVICE int float_to_bits(float x) { return __float_as_int(x); }

EDDY_DEVICE float negative_infinity() { return bits_to_float((int)0xff800000u); }

EDDY_DEVICE float power_of_two(int exponent) { return bits_to_float((exponent + 127) << 23); }

// e^x is mantissa times two to the power of exponent, for x from -104 to 89.
struct ExpParts {
    float mantissa;  // from 0.7 to 1.5
    int exponent;
};

// Calls f(0), f(1), ..., f(COUNT - 1).
template <int COUNT, class F>
EDDY_DEVICE void for_each(F f) {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
        f(i);
    }
}

// Of COUNT numbers side by side: one after the other, each would wait for itself at every step.
template <int COUNT>
EDDY_DEVICE void exp_parts(const float (&x)[COUNT], ExpParts (&parts)[COUNT]) {
    const float magic = 12582912.0f;
    float t[COUNT];
    float r[COUNT];
    float p[COUNT];
    for_each<COUNT>([&](int i) { t[i] = fmaf(x[i], 1.44269504088896341f, magic); });
    for_each<COUNT>([&](int i) { p[i] = t[i] - magic; });
    for_each<COUNT>([&](int i) { r[i] = fmaf(p[i], -0.693359375f, x[i]); });
    for_each<COUNT>([&](int i) { r[i] = fmaf(p[i], 2.12194440e-4f, r[i]); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(1.9875691500e-4f, r[i], 1.3981999507e-3f); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(p[i], r[i], 8.3334519073e-3f); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(p[i], r[i], 4.1665795894e-2f); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(p[i], r[i], 1.6666665459e-1f); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(p[i], r[i], 5.0000001201e-1f); });
    for_each<COUNT>([&](int i) { p[i] = fmaf(p[i], r[i] * r[i], r[i]); });
    for_each<COUNT>([&](int i) { parts[i] = ExpParts{p[i] + 1.0f, float_to_bits(t[i]) - 0x4b400000}; });
}

EDDY_DEVICE ExpParts exp_parts(float x) {
    float one[1] = {x};
    ExpParts parts[1];
    exp_parts(one, parts);
    return parts[0];
}

// e^x; 0 and infinity beyond the float range, gradual underflow included; NaN stays NaN.
EDDY_DEVICE float eddy_exp(float x) {
    float y = x > 89.0f ? 89.0f : x;
    y = y < -104.0f ? -104.0f : y;
    ExpParts parts = exp_parts(y);
    int half = parts.exponent >> 1;
    return parts.mantissa * power_of_two(half) * power_of_two(parts.exponent - half);
}

// ln(1 + f) + e ln 2 for f between sqrt(1/2) - 1 and sqrt(2) - 1.
EDDY_DEVICE float log_mantissa(float f, float e) {
    float z = f * f;
    float p = fmaf(7.0376836292e-2f, f, -1.1514610310e-1f);
    p = fmaf(p, f, 1.1676998740e-1f);
    p = fmaf(p, f, -1.2420140846e-1f);
    p = fmaf(p, f, 1.4249322787e-1f);
    p = fmaf(p, f, -1.6668057665e-1f);
    p = fmaf(p, f, 2.0000714765e-1f);
    p = fmaf(p, f, -2.4999993993e-1f);
    p = fmaf(p, f, 3.3333331174e-1f);
    p = p * f * z;
    p = fmaf(e, -2.12194440e-4f, p);
    p = fmaf(z, -0.5f, p);
    return fmaf(e, 0.693359375f, f + p);
}

// Natural logarithm; -infinity at 0, NaN below, infinity at infinity.
EDDY_DEVICE float eddy_log(float x) {
    bool tiny = x < 1.17549435e-38f;
    float y = tiny ? x * 8388608.0f : x;
    int bits = float_to_bits(y);
    int e = (bits >> 23) - 126;
    e = tiny ? e - 23 : e;
    float m = bits_to_float((bits & 0x007fffff) | 0x3f000000);
    bool low = m < 0.70710678118654752f;
    float f = low ? m + m - 1.0f : m - 1.0f;
    float result = log_mantissa(f, (float)(low ? e - 1 : e));
    if (x == 0.0f) {
        return negative_infinity();
    }
    if (x < 0.0f) {
        return bits_to_float(0x7fc00000);
    }
    return x < bits_to_float(0x7f800000) ? result : x;
}

EDDY_DEVICE float eddy_sigmoid(float x) { return 1.0f / (1.0f + eddy_exp(-x)); }

EDDY_DEVICE float eddy_silu(float x) { return x / (1.0f + eddy_exp(-x)); }

// ln(1 + e^x), accurate in relative terms for very negative x too; u is e^-|x|.
EDDY_DEVICE float softplus_of(float x, float u) {
    bool high = u > 0.41421356237309505f;
    float log1p = log_mantissa(high ? (u - 1.0f) * 0.5f : u, high ? 1.0f : 0.0f);
    return (x > 0.0f ? x : 0.0f) + log1p;
}

EDDY_DEVICE float eddy_softplus(float x) { return softplus_of(x, eddy_exp(-fabsf(x))); }

// `rest` is 2 / (e^2|x| + 1).
EDDY_DEVICE float tanh_of(float x, float rest) {
    float z = x * x;
    float p = fmaf(-5.70498872745e-3f, z, 2.06390887954e-2f);
    p = fmaf(p, z, -5.37397155531e-2f);
    p = fmaf(p, z, 1.33314422036e-1f);
    p = fmaf(p, z, -3.33332819422e-1f);
    float small = fmaf(p * z, x, x);
    return fabsf(x) < 0.625f ? small : copysignf(1.0f - rest, x);
}

EDDY_DEVICE float eddy_tanh(float x) {
    float a = fabsf(x);
    return tanh_of(x, 2.0f / (eddy_exp(a + a) + 1.0f));
}

EDDY_DEVICE float eddy_erf(float x) {
    float t = fabsf(x);
    float s = x * x;
    float high = fmaf(-1.72853470e-5f, t, 3.83197126e-4f);
    high = fmaf(high, s, fmaf(-3.88396438e-3f, t, 2.42546219e-2f));
    high = fmaf(high, t, -1.06777877e-1f);
    high = fmaf(high, t, -6.34846687e-1f);
    high = fmaf(high, t, -1.28717512e-1f);
    high = fmaf(high, t, -t);
    float low = fmaf(-5.96761703e-4f, s, 4.99119423e-3f);
    low = fmaf(low, s, -2.67681349e-2f);
    low = fmaf(low, s, 1.12819925e-1f);
    low = fmaf(low, s, -3.76125336e-1f);
    low = fmaf(low, s, 1.28379166e-1f);
    low = fmaf(low, x, x);
    return t > 0.927734375f ? copysignf(1.0f - eddy_exp(high), x) : low;
}

EDDY_DEVICE float eddy_gelu(float x) { return 0.5f * x * (1.0f + eddy_erf(x * 0.70710678118654752f)); }

EDDY_DEVICE float eddy_gelu_tanh(float x) {
    float inner = 0.7978845608f * fmaf(0.044715f * x * x, x, x);
    return 0.5f * x * (1.0f + eddy_tanh(inner));
}

EDDY_DEVICE float eddy_relu(float x) { return x > 0.0f ? x : 0.0f; }

// The larger argument; the second where they do not compare.
EDDY_DEVICE float eddy_max(float a, float b) { return a > b ? a : b; }

EDDY_DEVICE float eddy_min(float a, float b) { return a < b ? a : b; }

// The nearest whole number, ties to even, of |x| below 2^22.
EDDY_DEVICE float eddy_rint(float x) { return x + 12582912.0f - 12582912.0f; }

EDDY_DEVICE float eddy_turned(float x, int quarters) {
    const float magic = 12582912.0f;
    float t = fmaf(x, 4.0f, magic);
    int quarter = float_to_bits(t) - 0x4b400000 + quarters;
    float a = fmaf(t - magic, -0.25f, x) * 6.28318530717958648f;
    float z = a * a;
    float p = fmaf(-1.9515295891e-4f, z, 8.3321608736e-3f);
    float sine = fmaf(fmaf(p, z, -1.6666654611e-1f) * z, a, a);
    float q = fmaf(2.443315711809948e-5f, z, -1.388731625493765e-3f);
    float cosine = fmaf(fmaf(q, z, 4.166664568298827e-2f), z * z, fmaf(z, -0.5f, 1.0f));
    float y = (quarter & 1) == 0 ? sine : cosine;
    return (quarter & 2) == 0 ? y : -y;
}

// cos and sin of 2 pi x, |x| below 2^20.
EDDY_DEVICE float eddy_cos_turns(float x) { return eddy_turned(x, 1); }

EDDY_DEVICE float eddy_sin_turns(float x) { return eddy_turned(x, 0); }

// dev.eddy.kernels.program.UnaryFunction, by ordinal.
enum Unary {
    EXP,
    SIGMOID,
    SILU,
    SOFTPLUS,
    TANH,
    RELU,
    RELU_SQUARED,
    GELU,
    GELU_TANH,
    LOG_SIGMOID,
    ELU_PLUS_ONE,
    SQRT
};

EDDY_DEVICE float apply_unary(int function, float x) {
    switch (function) {
        case EXP:
            return eddy_exp(x);
        case SIGMOID:
            return eddy_sigmoid(x);
        case SILU:
            return eddy_silu(x);
        case SOFTPLUS:
            return eddy_softplus(x);
        case TANH:
            return eddy_tanh(x);
        case RELU:
            return eddy_relu(x);
        case RELU_SQUARED:
            return eddy_relu(x) * eddy_relu(x);
        case GELU:
            return eddy_gelu(x);
        case GELU_TANH:
            return eddy_gelu_tanh(x);
        case LOG_SIGMOID:
            return -eddy_softplus(-x);
        case ELU_PLUS_ONE:
            return x > 0.0f ? x + 1.0f : eddy_exp(x);
        default:
            return sqrtf(x);
    }
}

// dev.eddy.kernels.program.BinaryFunction, by ordinal.
enum Binary { ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN };

EDDY_DEVICE float apply_binary(int function, float a, float b) {
    switch (function) {
        case ADD:
            return a + b;
        case SUBTRACT:
            return a - b;
        case MULTIPLY:
            return a * b;
        case DIVIDE:
            return a / b;
        case MAX:
            return eddy_max(a, b);
        default:
            return eddy_min(a, b);
    }
}

// bfloat16 as its bits: to nearest, ties to even; every NaN stays a NaN.
EDDY_DEVICE float from_bf16(unsigned short bits) { return bits_to_float((int)bits << 16); }

EDDY_DEVICE unsigned short to_bf16(float value) {
    unsigned bits = (unsigned)float_to_bits(value);
    if ((bits & 0x7fffffffu) > 0x7f800000u) {
        return (unsigned short)((bits >> 16) | 0x40u);
    }
    return (unsigned short)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// Two numbers, the first in the lower half; a NaN may come out as another.
EDDY_DEVICE unsigned two_to_bf16(float low, float high) {
#ifdef EDDY_EMULATED
    return to_bf16(low) | (unsigned)to_bf16(high) << 16;
#else
    unsigned both;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(both) : "f"(high), "f"(low));
    return both;
#endif
}

// The float that an IEEE binary16 bit pattern denotes.
EDDY_DEVICE float from_f16(unsigned short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 31;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
        return copysignf((float)mantissa * 5.9604644775390625e-8f, bits_to_float(sign | 0x3f800000));
    }
    return bits_to_float(sign | (exponent == 31 ? 0xff : exponent + 112) << 23 | mantissa << 13);
}

// How an accumulator is kept: each type loads as a float, rounds and stores.
struct KeepF32 {
    typedef float Stored;
    static EDDY_DEVICE float load(const float* at) { return *at; }
    static EDDY_DEVICE float round(float value) { return value; }
    static EDDY_DEVICE void store(float* at, float value) { *at = value; }

    // COUNT numbers, a multiple of 4, sixteen bytes at a time.
    template <int COUNT>
    static EDDY_DEVICE void load_all(float* to, const float* at) {
#pragma unroll
        for (int i = 0; i < COUNT; i += 4) {
            float4 held = *(const float4*)(at + i);
            to[i] = held.x;
            to[i + 1] = held.y;
            to[i + 2] = held.z;
            to[i + 3] = held.w;
        }
    }

    template <int COUNT>
    static EDDY_DEVICE void store_all(float* at, const float* from) {
#pragma unroll
        for (int i = 0; i < COUNT; i += 4) {
            *(float4*)(at + i) = make_float4(from[i], from[i + 1], from[i + 2], from[i + 3]);
        }
    }
};

struct KeepBf16 {
    typedef unsigned short Stored;
    static EDDY_DEVICE float load(const unsigned short* at) { return from_bf16(*at); }
    static EDDY_DEVICE float round(float value) { return from_bf16(to_bf16(value)); }
    static EDDY_DEVICE void store(unsigned short* at, float value) { *at = to_bf16(value); }

    template <int COUNT>
    static EDDY_DEVICE void load_all(float* to, const unsigned short* at) {
#pragma unroll
        for (int i = 0; i < COUNT; i += 4) {
            uint2 held = *(const uint2*)(at + i);
            to[i] = from_bf16((unsigned short)held.x);
            to[i + 1] = from_bf16((unsigned short)(held.x >> 16));
            to[i + 2] = from_bf16((unsigned short)held.y);
            to[i + 3] = from_bf16((unsigned short)(held.y >> 16));
        }
    }

    template <int COUNT>
    static EDDY_DEVICE void store_all(unsigned short* at, const float* from) {
#pragma unroll
        for (int i = 0; i < COUNT; i += 4) {
            *(uint2*)(at + i) = make_uint2(to_bf16(from[i]) | (unsigned)to_bf16(from[i + 1]) << 16,
                                           to_bf16(from[i + 2]) | (unsigned)to_bf16(from[i + 3]) << 16);
        }
    }
};
