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

// A batch of a lane's elements: sixteen floats apart.
struct LaneBatch {
    static constexpr int SIZE = 16;
    static constexpr int FLOATS = 16 * SIZE;
    float held[SIZE];

    EDDY_DEVICE void take(const float* at) {
#pragma unroll
        for (int i = 0; i < SIZE; i++) {
            held[i] = at[16 * i];
        }
    }

    template <class F>
    EDDY_DEVICE float fold(float sum, F fold) const {
#pragma unroll
        for (int i = 0; i < SIZE; i++) {
            sum = fold(sum, held[i]);
        }
        return sum;
    }
};

// Folds the calling lane's elements into a sum, in order. Two batches take turns, so that one is read while the other is
// folded and none is copied: a copy would wait for what is read.
template <class F>
EDDY_DEVICE float lane_fold(const float* x, int count, F fold) {
    constexpr int BATCH = LaneBatch::SIZE;
    constexpr int FLOATS = LaneBatch::FLOATS;
    float sum = 0.0f;
    int left = (count - lane_of_16() + 15) / 16;
    const float* at = x + lane_of_16();
    if (left >= BATCH) {
        LaneBatch even;
        LaneBatch odd;
        even.take(at);
#pragma unroll 1
        for (; left >= 3 * BATCH; left -= 2 * BATCH, at += 2 * FLOATS) {
            odd.take(at + FLOATS);
            sum = even.fold(sum, fold);
            even.take(at + 2 * FLOATS);
            sum = odd.fold(sum, fold);
        }
        if (left >= 2 * BATCH) {
            odd.take(at + FLOATS);
            sum = even.fold(sum, fold);
            even = odd;
            at += FLOATS;
            left -= BATCH;
        }
        sum = even.fold(sum, fold);
        at += FLOATS;
        left -= BATCH;
    }
#pragma unroll 4
    for (; left > 0; left--, at += 16) {
        sum = fold(sum, *at);
    }
    return sum;
}

// The calling lane's share of a sum of count floats.
EDDY_DEVICE float lane_sum(const float* x, int count) {
    return lane_fold(x, count, [](float sum, float v) { return sum + v; });
}

// The calling lane's share of a sum of squares of x - shift.
EDDY_DEVICE float lane_squares(const float* x, int count, float shift) {
    return lane_fold(x, count, [=](float sum, float v) {
        float d = v - shift;
        return fmaf(d, d, sum);
    });
}
