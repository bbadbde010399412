// Four neighbouring columns of a row as one thing.
#pragma once
#include "functions.cuh"

EDDY_DEVICE float4 same_four(float x) { return make_float4(x, x, x, x); }

template <class F>
EDDY_DEVICE float4 each_of(float4 a, float4 b, F f) {
    return make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}

EDDY_DEVICE float4 fma_four(float4 a, float4 b, float4 c) {
    return make_float4(fmaf(a.x, b.x, c.x), fmaf(a.y, b.y, c.y), fmaf(a.z, b.z, c.z), fmaf(a.w, b.w, c.w));
}

EDDY_DEVICE uint2 rounded(float4 v) {
    return make_uint2(to_bf16(v.x) | (unsigned)to_bf16(v.y) << 16, to_bf16(v.z) | (unsigned)to_bf16(v.w) << 16);
}

template <int FUNCTION>
EDDY_DEVICE float4 unary(float4 a) {
    return each_of(a, a, [](float x, float) { return apply_unary(FUNCTION, x); });
}
