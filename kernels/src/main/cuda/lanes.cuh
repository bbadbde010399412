// The one reduction along a row (dev.eddy.kernels.numerics.Lanes): sixteen virtual lanes, element i in lane i mod 16,
// ascending, then one fixed tree. Half a warp is the sixteen lanes.
#pragma once
#include "functions.cuh"

#define ALL_LANES 0xffffffffu

EDDY_DEVICE int lane_of_16() { return threadIdx.x & 15; }

// The tree over the sixteen lanes of each half warp; every lane gets the sum.
EDDY_DEVICE float lane_tree(float x) {
    for (int half = 8; half > 0; half >>= 1) {
        x += __shfl_down_sync(ALL_LANES, x, half, 16);
    }
    return __shfl_sync(ALL_LANES, x, 0, 16);
}

// The largest over the sixteen lanes, which no order changes.
EDDY_DEVICE float lane_max(float x) {
    for (int half = 8; half > 0; half >>= 1) {
        x = eddy_max(__shfl_xor_sync(ALL_LANES, x, half, 16), x);
    }
    return x;
}

// The calling lane's share of a sum of count floats.
EDDY_DEVICE float lane_sum(const float* x, int count) {
    float sum = 0.0f;
#pragma unroll 8
    for (int i = lane_of_16(); i < count; i += 16) {
        sum += x[i];
    }
    return sum;
}

// The calling lane's share of a sum of squares of x - shift.
EDDY_DEVICE float lane_squares(const float* x, int count, float shift) {
    float sum = 0.0f;
#pragma unroll 8
    for (int i = lane_of_16(); i < count; i += 16) {
        float d = x[i] - shift;
        sum = fmaf(d, d, sum);
    }
    return sum;
}
