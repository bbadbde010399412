// Recurrences by channel as rows.cu makes them, of one element an entry.
#pragma once
#include "lanes.cuh"
#include "row_columns.cuh"

// Columns of what a state held before: of all its rows in shared memory, or where it lies.
template <class K>
EDDY_DEVICE float4 take_held(const RowOp& op, const Part& part, int c, int count) {
    return op.y >= 0 ? take<K>(part.near(op.y, c), count) : take<K>(part.state(op) + c, count);
}

// The value of the element before; see channels.cu.
template <class K>
EDDY_DEVICE void delay(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 now = take<K>(part, op.x, op.far_x, c, count);
        out.put(part, c, take_held<K>(op, part, c, count), count);
        if (part.absorbs && c >= part.from && c < part.until) {
            give<K>(part.state(op) + c, now, count);
        }
    });
}

// A filter with a ring; see fir.cu.
template <class K>
EDDY_DEVICE void fir(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    float* state = part.state(op);
    bool biased = op.bias >= 0 || op.far_bias.at != nullptr;
    int width = op.width;
    int order = op.at;
    over_columns(op, part, part.last(op), [&](int c, int count) {
        bool keeps = part.absorbs && c >= part.from && c < part.until;
        float4 sum = biased ? take<K>(part, op.bias, op.far_bias, c, count) : same_four(0.0f);
        float4 now = take<K>(part, op.x, op.far_x, c, count);
        float4 held = take_held<K>(op, part, c, count);
#pragma unroll 1
        for (int j = 0; j < order - 1; j++) {
            float4 next = j + 1 < order - 1 ? take_held<K>(op, part, (j + 1) * op.y_width + c, count) : now;
            sum = fma_four(take<K>(part, op.scale, op.far_scale, j * op.x_width + c, count), held, sum);
            if (keeps) {
                give<K>(state + j * width + c, next, count);
            }
            held = next;
        }
        out.put(part, c, fma_four(take<K>(part, op.scale, op.far_scale, (order - 1) * op.x_width + c, count), now, sum), count);
    });
}

// One element of Mamba's recurrence; see diagonal.cu. Four lanes share a column: each has four modes, and the sum over
// all goes through them in order.
template <class K, class Keep>
EDDY_DEVICE void diagonal(const RowOp& op, const Part& part) {
    constexpr int LANES = 4;
    constexpr int MODES = DIAGONAL_MODES / LANES;
    constexpr int BATCH = 4;  // columns of a thread whose states are on their way at a time
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    const float* dt = part.source(op.y, op.far_y);
    const float* b = part.source(op.scale, op.far_scale);
    const float* c = part.source(op.bias, op.far_bias);
    if (!part.absorbs) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)part.state(op);
    int until = part.last(op);
    int first = threadIdx.x % LANES * MODES;
    int columns = blockDim.x / LANES;
#pragma unroll 1
    for (int from = part.from; from < until; from += BATCH * columns) {  // shuffles need whole warps
        float h[BATCH][MODES];
        float a[BATCH][MODES];
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = min(from + i * columns + (int)threadIdx.x / LANES, until - 1);
            Keep::template load_all<MODES>(h[i], state + (long long)d * DIAGONAL_MODES + first);
            KeepF32::load_all<MODES>(a[i], op.far_z.at + (long long)d * DIAGONAL_MODES + first);
        }
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = from + i * columns + threadIdx.x / LANES;
            bool held = d < until;
            d = held ? d : until - 1;
            float step = dt[d];
            float input = step * x[d];
#pragma unroll
            for (int n = 0; n < MODES; n++) {
                h[i][n] = Keep::round(fmaf(eddy_exp(step * a[i][n]), h[i][n], input * b[first + n]));
            }
            float y = 0.0f;
#pragma unroll
            for (int turn = 0; turn < LANES; turn++) {
                float sum = y;
#pragma unroll
                for (int n = 0; n < MODES; n++) {
                    sum = fmaf(h[i][n], c[first + n], sum);
                }
                y = __shfl_sync(ALL_LANES, sum, turn, LANES);
            }
            if (held) {
                Keep::template store_all<MODES>(state + (long long)d * DIAGONAL_MODES + first, h[i]);
                if (first == 0) {
                    out.put(part, d, y);
                }
            }
        }
    }
}

// Brings the states that an operator will read where it lies nearer.
EDDY_DEVICE void fetch_states(const RowOp& op, const Part& part) {
    int bytes = DIAGONAL_MODES * (op.at ? 2 : 4);
    int until = part.last(op);
    const char* state = (const char*)part.state(op);
    for (long long at = (long long)part.from * bytes + threadIdx.x * 128; at < (long long)until * bytes;
         at += blockDim.x * 128) {
        prefetch(state + at);
    }
}
