// What becomes of a product's sums on the tensor cores, whoever has them: how those of other blocks are added up, the function
// applied last, and a single result's places.
#pragma once
#include "cluster.cuh"
#include "product_params.cuh"
#include "quick_functions.cuh"

// A function, from F on, of four numbers that are on their way at once: it is looked for once for all of them. QUICK ways have
// more code, which pays where a thread has many results.
template <bool QUICK, int F>
EDDY_DEVICE float4 apply_from(int function, float4 x) {
    if constexpr (F < SQRT) {
        if (function != F) {
            return apply_from<QUICK, F + 1>(function, x);
        }
    }
    return QUICK ? quick_four<F>(x) : unary<F>(x);
}

// One piece of code for all of a thread's results.
template <bool QUICK>
static __device__ __noinline__ float4 apply_seldom(int function, float4 x) {
    return apply_from<QUICK, 0>(function, x);
}

template <bool QUICK>
EDDY_DEVICE float4 apply_after(int function, float4 x) {
    if (function < 0) {
        return x;
    }
    if (function == RELU_SQUARED) {
        x = make_float4(eddy_relu(x.x), eddy_relu(x.y), eddy_relu(x.z), eddy_relu(x.w));
        return make_float4(x.x * x.x, x.y * x.y, x.z * x.z, x.w * x.w);
    }
    return apply_seldom<QUICK>(function, x);
}

EDDY_DEVICE float4 plus(float4 a, float4 b) { return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w); }

// The sum of an output's segments when the blocks of a cluster share them, each four at the same place `at` in slots of
// `slot` floats: slot 0 of the first block is where it begins; then come the slots of the other blocks, one or two of each.
template <class Depth>
EDDY_DEVICE float4 sum_apart(const Depth& depth, const float* at, int slot) {
    int more = depth.segments - depth.each;
    bool alone = depth.each == 1;  // another block has one segment, or two
    float4 others[SEGMENTS - 1];
    float4 sum = cluster_read((const float4*)at, 0);
#pragma unroll
    for (int i = 0; i < SEGMENTS - 1; i++) {
        if (i < more) {
            others[i] = cluster_read((const float4*)(at + (alone ? 0 : i) * slot), alone ? i + 1 : 1);
        }
    }
    sum = plus(make_float4(0.0f, 0.0f, 0.0f, 0.0f), sum);
#pragma unroll
    for (int i = 0; i < SEGMENTS - 1; i++) {
        if (i < more) {
            sum = plus(sum, others[i]);
        }
    }
    return sum;
}

// A result alone: to its row, and to the next product's operand with zeros to the end of its last tile.
EDDY_DEVICE void store_one(const ProductBf16& w, int row, int output, float value, int group) {
    if (w.out.at != nullptr && output < w.out.width) {
        w.out.at[(long long)row * w.out.stride + output] = value;
    }
    int k = output - w.fragment_from;
    int tiles = (w.fragment_width + TILE_K - 1) / TILE_K;
    if (w.fragments != nullptr && k >= 0 && k < tiles * TILE_K) {
        w.fragments[fragment_of(row, k, tiles, group)] = k < w.fragment_width ? to_bf16(value) : (unsigned short)0;
    }
}
