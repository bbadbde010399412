// Diagonal recurrences with an input-dependent step (Mamba) or one mode a channel (RG-LRU). A thread has a channel of an
// entry and keeps its modes in registers from the first element to the last. Reference: ReferenceScans.diagonal and
// recurrence.
#include "batch.cuh"
#include "functions.cuh"

struct DiagonalParams {
    Batch batch;
    Rows x;
    Rows dt;
    Rows b;
    Rows c;
    Rows out;
    const float* a;  // [D, N]
    long long h;  // [D, N], bytes from the start of a slot
};

template <class Keep, int MODES>
EDDY_DEVICE void diagonal_in_registers(
        const DiagonalParams& p, const Entry& entry, typename Keep::Stored* state, int d) {
    float h[MODES];
    float a[MODES];
#pragma unroll
    for (int n = 0; n < MODES; n++) {
        h[n] = Keep::load(state + d * MODES + n);
        a[n] = p.a[d * MODES + n];
    }
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        float step = row_of(p.dt, row)[d];
        float input = step * row_of(p.x, row)[d];
        const float* b = row_of(p.b, row);
        const float* c = row_of(p.c, row);
        float y = 0.0f;
#pragma unroll
        for (int n = 0; n < MODES; n++) {
            h[n] = Keep::round(fmaf(eddy_exp(step * a[n]), h[n], input * b[n]));
            y = fmaf(h[n], c[n], y);
        }
        row_of(p.out, row)[d] = y;
    }
#pragma unroll
    for (int n = 0; n < MODES; n++) {
        Keep::store(state + d * MODES + n, h[n]);
    }
}

template <class Keep>
EDDY_DEVICE void diagonal_in_memory(
        const DiagonalParams& p, const Entry& entry, typename Keep::Stored* state, int d) {
    int modes = p.b.width;
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        float step = row_of(p.dt, row)[d];
        float input = step * row_of(p.x, row)[d];
        float y = 0.0f;
        for (int n = 0; n < modes; n++) {
            int i = d * modes + n;
            float next = fmaf(eddy_exp(step * p.a[i]), Keep::load(state + i), input * row_of(p.b, row)[n]);
            Keep::store(state + i, next);
            y = fmaf(Keep::round(next), row_of(p.c, row)[n], y);
        }
        row_of(p.out, row)[d] = y;
    }
}

template <class Keep>
EDDY_DEVICE void diagonal(const DiagonalParams& p) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || d >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h);
    if (p.b.width == 16) {
        diagonal_in_registers<Keep, 16>(p, entry, state, d);
    } else {
        diagonal_in_memory<Keep>(p, entry, state, d);
    }
}

// Grid: x channels, y entries.
EDDY_KERNEL(diagonal_f32, DiagonalParams) { diagonal<KeepF32>(p); }

EDDY_KERNEL(diagonal_bf16, DiagonalParams) { diagonal<KeepBf16>(p); }

struct RecurrenceParams {
    Batch batch;
    Rows a;
    Rows b;
    Rows out;
    long long h;
};

template <class Keep>
EDDY_DEVICE void recurrence(const RecurrenceParams& p) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || c >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h) + c;
    float h = Keep::load(state);
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        h = Keep::round(fmaf(row_of(p.a, row)[c], h, row_of(p.b, row)[c]));
        row_of(p.out, row)[c] = h;
    }
    Keep::store(state, h);
}

// Grid: x channels, y entries.
EDDY_KERNEL(recurrence_f32, RecurrenceParams) { recurrence<KeepF32>(p); }

EDDY_KERNEL(recurrence_bf16, RecurrenceParams) { recurrence<KeepBf16>(p); }
