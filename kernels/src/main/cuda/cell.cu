// Gated non-linear cells (LSTM, GRU). A block has an entry and walks its elements: one recurrent product each, a thread an
// output at a time, then the gates. Reference: ReferenceCells.
#include "batch.cuh"
#include "functions.cuh"

enum CellKind { CELL_LSTM, CELL_GRU };

struct CellParams {
    Batch batch;
    Rows x;  // [R, G H]
    Rows out;  // [R, H]
    const void* recurrent;  // [H, G H]: transposed
    const float* bias;
    float* products;  // [entries, G H]
    int kind;
    int half;  // 1: recurrent is bfloat16
    long long state;  // [2, H] or [1, H]
};

EDDY_DEVICE float recurrent_weight(const CellParams& p, long long at) {
    return p.half ? from_bf16(((const unsigned short*)p.recurrent)[at]) : ((const float*)p.recurrent)[at];
}

template <class Keep>
EDDY_DEVICE void lstm(const float* x, const float* r, typename Keep::Stored* state, int c, int hidden) {
    float i = eddy_sigmoid(x[c] + r[c]);
    float f = eddy_sigmoid(x[c + hidden] + r[hidden + c]);
    float g = eddy_tanh(x[c + 2 * hidden] + r[2 * hidden + c]);
    float o = eddy_sigmoid(x[c + 3 * hidden] + r[3 * hidden + c]);
    float cell = Keep::round(fmaf(f, Keep::load(state + hidden + c), i * g));
    Keep::store(state + hidden + c, cell);
    Keep::store(state + c, o * eddy_tanh(cell));
}

template <class Keep>
EDDY_DEVICE void gru(const float* x, const float* r, typename Keep::Stored* state, int c, int hidden) {
    float reset = eddy_sigmoid(x[c] + r[c]);
    float z = eddy_sigmoid(x[c + hidden] + r[hidden + c]);
    float n = eddy_tanh(fmaf(reset, r[2 * hidden + c], x[c + 2 * hidden]));
    Keep::store(state + c, fmaf(z, Keep::load(state + c) - n, n));
}

template <class Keep>
EDDY_DEVICE void cell(const CellParams& p) {
    int e = blockIdx.x;
    if (e >= p.batch.counts->entries) {
        return;
    }
    const Entry& entry = p.batch.entries[e];
    int hidden = p.out.width;
    int gates = p.x.width;
    float* products = p.products + (long long)e * gates;
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.state);
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        for (int n = threadIdx.x; n < gates; n += blockDim.x) {
            float sum = 0.0f;
#pragma unroll 8
            for (int k = 0; k < hidden; k++) {
                sum = fmaf(Keep::load(state + k), recurrent_weight(p, (long long)k * gates + n), sum);
            }
            products[n] = p.bias == nullptr ? sum : sum + p.bias[n];
        }
        __syncthreads();
        for (int c = threadIdx.x; c < hidden; c += blockDim.x) {
            if (p.kind == CELL_LSTM) {
                lstm<Keep>(row_of(p.x, row), products, state, c, hidden);
            } else {
                gru<Keep>(row_of(p.x, row), products, state, c, hidden);
            }
            row_of(p.out, row)[c] = Keep::load(state + c);
        }
        __syncthreads();
    }
}

// Grid: x entries.
EDDY_KERNEL(cell_f32, CellParams) { cell<KeepF32>(p); }

EDDY_KERNEL(cell_bf16, CellParams) { cell<KeepBf16>(p); }
