// One element of Mamba's recurrence (diagonal.cu) in fused_rows.cu. Four lanes share a column: each has four modes, and the
// sum over all goes through them in order.
#pragma once
#include "fused_rows.cuh"

// The states and decays of as many columns as a block of T threads takes at a time: T.
template <class Keep>
struct FusedScan {
    static constexpr int MODES = 16;
    static constexpr int LANES = 4;
    static constexpr int MINE = MODES / LANES;
    static constexpr int BATCH = 4;  // columns of a thread

    float h[BATCH][MINE];
    float a[BATCH][MINE];

    typedef typename Keep::Stored Stored;

    EDDY_DEVICE static int column(int from, int i) { return from + (i * (int)blockDim.x + (int)threadIdx.x) / LANES; }

    EDDY_DEVICE static int first() { return threadIdx.x % LANES * MINE; }

    EDDY_DEVICE static Stored* lies(const FusedRow& row, long long state, int d) {
        return (Stored*)(row.slot + state) + (long long)d * MODES + first();
    }

    // States [D, 16] from bytes `state` of the slot on, decays [D, 16]; columns past the last are read from the last one.
    EDDY_DEVICE void load(const FusedRow& row, long long state, const float* decays, int from, int width) {
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = min(column(from, i), width - 1);
            Keep::template load_all<MINE>(h[i], lies(row, state, d));
            KeepF32::load_all<MINE>(a[i], decays + (long long)d * MODES + first());
        }
    }

    // x, dt by column, b and c by mode. Results go to the block's own place in shared memory.
    EDDY_DEVICE void step(const FusedRow& row, long long state, int at, int from, int width, const float* x, const float* dt,
                          const float* b, const float* c) {
        float4 into = *(const float4*)(b + first());
        float4 out_of = *(const float4*)(c + first());
        float writes[MINE] = {into.x, into.y, into.z, into.w};
        float reads[MINE] = {out_of.x, out_of.y, out_of.z, out_of.w};
        float steps[BATCH];
        float inputs[BATCH];
#pragma unroll
        for (int i = 0; i < BATCH; i++) {  // before any state is stored, which might be the same memory for all the compiler knows
            int d = min(column(from, i), width - 1);
            steps[i] = dt[d];
            inputs[i] = x[d];
        }
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = column(from, i);
            bool held = d < width && d < row.until;
            d = min(d, width - 1);
            float step = steps[i];
            float input = step * inputs[i];
#pragma unroll
            for (int n = 0; n < MINE; n++) {
                h[i][n] = Keep::round(fmaf(eddy_exp(step * a[i][n]), h[i][n], input * writes[n]));
            }
            float y = 0.0f;
#pragma unroll
            for (int turn = 0; turn < LANES; turn++) {
                float sum = y;
#pragma unroll
                for (int n = 0; n < MINE; n++) {
                    sum = fmaf(h[i][n], reads[n], sum);
                }
                y = __shfl_sync(ALL_LANES, sum, turn, LANES);
            }
            if (held && row.absorbs) {
                Keep::template store_all<MINE>(lies(row, state, d), h[i]);
            }
            if (held && first() == 0) {
                row.shared[at + d - row.from] = y;
            }
        }
    }

    template <bool ONE>
    EDDY_DEVICE void run(const FusedRow& row, long long state, const float* decays, int at, int width, const float* x,
                         const float* dt, const float* b, const float* c) {
        int end = min(row.until, width);
#pragma unroll 1
        for (int from = row.from; from < end; from += blockDim.x) {
            if (!ONE) {
                load(row, state, decays, from, width);
            }
            step(row, state, at, from, width, x, dt, b, c);
            if (ONE) {
                return;
            }
        }
    }
};
