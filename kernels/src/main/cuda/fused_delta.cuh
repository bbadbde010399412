// One element of a matrix state with a diagonal-plus-low-rank transition (delta.cu) in fused_rows.cu: a block has a head, a
// thread a column of its state in registers from before the wait on.
#pragma once
#include "fused_rows.cuh"

// As many threads as a head has keys and columns.
template <class Keep>
struct FusedDelta {
    static constexpr int KEYS = 64;

    float held[KEYS];

    typedef typename Keep::Stored Stored;

    static EDDY_DEVICE Stored* lies(const FusedRow& row, long long state) {
        return (Stored*)(row.slot + state) + ((long long)blockIdx.x * KEYS * KEYS + threadIdx.x);
    }

    EDDY_DEVICE void load(const FusedRow& row, long long state) {
        const Stored* s = lies(row, state);
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            held[i] = Keep::load(s + i * KEYS);
        }
    }

    // All of them where the block's own columns are in shared memory; out [KEYS], too.
    EDDY_DEVICE void run(const FusedRow& row, long long state, int q, int k, int v, int decay, int a, int b, int out) {
        float value = row.held_one(v, threadIdx.x);
        float read = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i += 4) {
            float4 x = row.held(a, i);
            read = fmaf(x.w, held[i + 3], fmaf(x.z, held[i + 2], fmaf(x.y, held[i + 1], fmaf(x.x, held[i], read))));
        }
        float y = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i += 4) {
            float4 keys = row.held(k, i);
            float4 write = row.held(b, i);
            float4 keeps = row.held(decay, i);
            float4 asks = row.held(q, i);
            y = step(i, asks.x, keys.x, keeps.x, write.x, read, value, y);
            y = step(i + 1, asks.y, keys.y, keeps.y, write.y, read, value, y);
            y = step(i + 2, asks.z, keys.z, keeps.z, write.z, read, value, y);
            y = step(i + 3, asks.w, keys.w, keeps.w, write.w, read, value, y);
        }
        row.shared[out + threadIdx.x] = y;
        if (!row.absorbs) {
            return;
        }
        Stored* s = lies(row, state);
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            Keep::store(s + i * KEYS, held[i]);
        }
    }

    EDDY_DEVICE float step(int i, float q, float k, float decay, float b, float read, float v, float y) {
        held[i] = Keep::round(fmaf(decay, held[i], fmaf(b, read, k * v)));
        return fmaf(q, held[i], y);
    }
};
