// How operators on rows (rows.cu) take columns, four neighbours at a time, and where they put them.
#pragma once
#include "fragments.cuh"
#include "quads.cuh"
#include "row_lists.cuh"

// Up to four neighbouring columns. Those that are not all there, or do not lie at a multiple of sixteen bytes, go one by
// one.
static __device__ __noinline__ float4 take_some(const float* at, int count) {
    float4 v = make_float4(at[0], 0.0f, 0.0f, 0.0f);
    v.y = count > 1 ? at[1] : 0.0f;
    v.z = count > 2 ? at[2] : 0.0f;
    v.w = count > 3 ? at[3] : 0.0f;
    return v;
}

static __device__ __noinline__ void give_some(float* at, float4 v, int count) {
    at[0] = v.x;
    if (count > 1) {
        at[1] = v.y;
    }
    if (count > 2) {
        at[2] = v.z;
    }
    if (count > 3) {
        at[3] = v.w;
    }
}

EDDY_DEVICE bool is_wide(const float* at, int count) { return count == 4 && ((unsigned long long)at & 15) == 0; }

template <class K>
EDDY_DEVICE float4 take(const float* at, int count) {
    return K::is_quads() || is_wide(at, count) ? *(const float4*)at : take_some(at, count);
}

template <class K>
EDDY_DEVICE void give(float* at, float4 v, int count) {
    if (K::is_quads() || is_wide(at, count)) {
        *(float4*)at = v;
    } else {
        give_some(at, v, count);
    }
}

// Columns of something to read. What is in shared memory is read by instructions for it alone.
template <class K>
EDDY_DEVICE float4 take(const Part& part, int place, const Far& far, int c, int count) {
    return place >= 0 ? take<K>(part.near(place, c), count) : take<K>(part.far(far, c), count);
}

// Where an operator's result goes.
template <class K>
struct Result {
    int place;
    int tiles;
    float* kept;  // or null
    unsigned short* fragments;  // or null

    EDDY_DEVICE Result(const RowOp& op, const Part& part)
        : place(op.out), tiles((op.width + 15) / 16), kept(op.kept), fragments(op.fragments) {
        if (kept != nullptr) {
            kept += (long long)part.row * op.kept_stride;
        }
    }

    EDDY_DEVICE void put(const Part& part, int c, float value) const {
        if (place >= 0) {
            *part.near(place, c) = value;
        }
        if (kept != nullptr && c >= part.from && c < part.until) {
            kept[c] = value;
        }
    }

    // Columns from c on, four of them where the result has fragments; blocks part at multiples of four.
    EDDY_DEVICE void put(const Part& part, int c, float4 value, int count) const {
        if (place >= 0) {
            give<K>(part.near(place, c), value, count);
        }
        if (c < part.from || c >= part.until) {
            return;
        }
        if (kept != nullptr) {
            give<K>(kept + c, value, count);
        }
        if (fragments != nullptr) {
            give_fragments(part, c, value);
        }
    }

    EDDY_DEVICE void give_fragments(const Part& part, int c, float4 value) const {
        int at = fragment_at(part.fragments_high, part.fragments_low, c, tiles, part.group);
        *(uint2*)(fragments + at) = rounded(value);
    }
};

// Goes over an operator's columns four at a time. A thread has the same columns in every operator, whether that goes over
// the block's or over all: those whose quads have its number modulo the threads, of which a block with some columns has a
// power of two.
template <class Each>
EDDY_DEVICE void over_columns(const RowOp& op, const Part& part, int until, Each each) {
#pragma unroll 1
    for (int c = op.whole ? threadIdx.x * 4 : part.own; c < until; c += blockDim.x * 4) {
        each(c, until - c < 4 ? until - c : 4);
    }
}
