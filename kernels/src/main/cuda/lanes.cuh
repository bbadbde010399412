// The one reduction along a row (dev.eddy.kernels.numerics.Lanes): 128 virtual lanes, element i in lane i mod 128,
// ascending, then one fixed tree. A team has them, four neighbouring lanes a thread: a warp, or 2, 4, 8 or 16 threads where
// there are at most four times as many elements, as a lane without any changes no bit of the sum. All threads of a warp
// call, and all of a team get what it made.
#pragma once
#include "quads.cuh"

#define ALL_LANES 0xffffffffu

enum { WARP_TEAM = 32, HALF_TEAM = 16, LANES_OF_HALF_TEAM = 64, FLOATS_OF_LANES = 128 };

EDDY_DEVICE int thread_of_team(int threads) { return threadIdx.x & (threads - 1); }

// Whole teams among some threads: no division by what only the device learns.
EDDY_DEVICE int teams_of(int all, int threads) { return threads == WARP_TEAM ? all / WARP_TEAM : all / HALF_TEAM; }

// The tree. At the first distance the lower half of a team takes over the first two lanes of each thread, the upper half
// the others, so that every distance takes two shuffles instead of four; at distance two the halves meet again.
EDDY_DEVICE float lane_tree(float4 lanes, int threads = WARP_TEAM) {
    int half = threads / 2;
    bool upper = (threadIdx.x & half) != 0;
    float a = upper ? lanes.z : lanes.x;
    float b = upper ? lanes.w : lanes.y;
    a += __shfl_xor_sync(ALL_LANES, upper ? lanes.x : lanes.z, half);
    b += __shfl_xor_sync(ALL_LANES, upper ? lanes.y : lanes.w, half);
#pragma unroll
    for (int distance = WARP_TEAM / 4; distance > 0; distance >>= 1) {
        if (distance < half) {
            a += __shfl_xor_sync(ALL_LANES, a, distance);
            b += __shfl_xor_sync(ALL_LANES, b, distance);
        }
    }
    a += __shfl_xor_sync(ALL_LANES, a, half);
    b += __shfl_xor_sync(ALL_LANES, b, half);
    return a + b;
}

// The largest of what a team's threads have, which no order changes.
EDDY_DEVICE float lane_max(float x, int threads) {
    for (int half = threads / 2; half > 0; half >>= 1) {
        x = eddy_max(__shfl_xor_sync(ALL_LANES, x, half), x);
    }
    return x;
}

// SIZE of a thread's quads of elements.
template <int SIZE>
struct LaneBatch {
    float4 held[SIZE];

    EDDY_DEVICE void take(const float* at) {
#pragma unroll
        for (int i = 0; i < SIZE; i++) {
            held[i] = *(const float4*)(at + i * FLOATS_OF_LANES);
        }
    }

    template <class F>
    EDDY_DEVICE float4 fold(float4 sum, F fold) const {
#pragma unroll
        for (int i = 0; i < SIZE; i++) {
            sum = each_of(sum, held[i], fold);
        }
        return sum;
    }
};

// Folds a thread's quads into sums, in order. Two batches take turns, so that one is read while the other is folded and
// none is copied: a copy would wait for what is read.
template <class F>
EDDY_DEVICE float4 fold_quads(const float* at, int quads, float4 sum, F fold) {
    constexpr int BATCH = 4;
    constexpr int FLOATS = BATCH * FLOATS_OF_LANES;
    if (quads >= BATCH) {
        LaneBatch<BATCH> even;
        LaneBatch<BATCH> odd;
        even.take(at);
#pragma unroll 1
        for (; quads >= 3 * BATCH; quads -= 2 * BATCH, at += 2 * FLOATS) {
            odd.take(at + FLOATS);
            sum = even.fold(sum, fold);
            even.take(at + 2 * FLOATS);
            sum = odd.fold(sum, fold);
        }
        if (quads >= 2 * BATCH) {
            odd.take(at + FLOATS);
            sum = even.fold(sum, fold);
            even = odd;
            at += FLOATS;
            quads -= BATCH;
        }
        sum = even.fold(sum, fold);
        at += FLOATS;
        quads -= BATCH;
    }
    if (quads >= 2) {
        LaneBatch<2> two;
        two.take(at);
        sum = two.fold(sum, fold);
        at += 2 * FLOATS_OF_LANES;
        quads -= 2;
    }
    return quads > 0 ? each_of(sum, *(const float4*)at, fold) : sum;
}

// Folds count floats into the calling thread's four lanes. Quads at no multiple of sixteen bytes are read one by one.
template <class F>
EDDY_DEVICE float4 lane_fold(const float* x, int count, int threads, float4 sum, F fold) {
    const float* at = x + 4 * thread_of_team(threads);
    int left = count - 4 * thread_of_team(threads);
    int quads = (left + FLOATS_OF_LANES - 4) / FLOATS_OF_LANES;  // whole ones
    if (((unsigned long long)x & 15) == 0) {
        sum = fold_quads(at, quads, sum, fold);
    } else {
#pragma unroll 1
        for (int i = 0; i < quads; i++) {
            const float* of = at + i * FLOATS_OF_LANES;
            sum = each_of(sum, make_float4(of[0], of[1], of[2], of[3]), fold);
        }
    }
    at += quads * FLOATS_OF_LANES;
    left -= quads * FLOATS_OF_LANES;
    sum.x = left > 0 ? fold(sum.x, at[0]) : sum.x;
    sum.y = left > 1 ? fold(sum.y, at[1]) : sum.y;
    sum.z = left > 2 ? fold(sum.z, at[2]) : sum.z;
    return sum;
}

// Adds count floats to the calling thread's four lanes; before a multiple of 128 of them more may follow.
EDDY_DEVICE float4 lane_add(float4 sum, const float* x, int count, int threads = WARP_TEAM) {
    return lane_fold(x, count, threads, sum, [](float sum, float v) { return sum + v; });
}

EDDY_DEVICE float4 no_lanes() { return make_float4(0.0f, 0.0f, 0.0f, 0.0f); }

// The sum of count floats.
EDDY_DEVICE float lane_sum(const float* x, int count, int threads = WARP_TEAM) {
    return lane_tree(lane_add(no_lanes(), x, count, threads), threads);
}

// The sum of squares of x - shift.
EDDY_DEVICE float lane_squares(const float* x, int count, float shift, int threads = WARP_TEAM) {
    float4 squares = lane_fold(x, count, threads, no_lanes(), [=](float sum, float v) {
        float d = v - shift;
        return fmaf(d, d, sum);
    });
    return lane_tree(squares, threads);
}
