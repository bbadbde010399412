// The recurrences with a few numbers a channel: RWKV-4's weighted average, the log-maximum of exponential gates, a
// running phase, the value of the element before. A thread has a channel of an entry. Reference: ReferenceScans.
#include "batch.cuh"
#include "functions.cuh"

// The calling thread's entry, or null: past the batch, past the width, or masked.
EDDY_DEVICE const Entry* entry_of_channel(const Batch& batch, int channel, int width) {
    if (blockIdx.y >= batch.counts->entries || channel >= width || batch.entries[blockIdx.y].absorbed == 0) {
        return nullptr;
    }
    return batch.entries + blockIdx.y;
}

struct WkvParams {
    Batch batch;
    Rows k;
    Rows v;
    Rows out;
    const float* decay;
    const float* bonus;
    long long state;  // [3, D]
};

template <class Keep>
EDDY_DEVICE void wkv(const WkvParams& p) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, c, p.out.width);
    if (entry == nullptr) {
        return;
    }
    int width = p.out.width;
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry->slot, p.state) + c;
    float a = Keep::load(state);
    float b = Keep::load(state + width);
    float held = Keep::load(state + 2 * width);
    float w = p.decay[c];
    float u = p.bonus[c];
    for (int row = entry->offset; row < entry->offset + entry->absorbed; row++) {
        float largest = b == 0.0f ? negative_infinity() : held;
        float key = row_of(p.k, row)[c];
        float value = row_of(p.v, row)[c];
        float top = eddy_max(largest, u + key);
        float past = eddy_exp(largest - top);
        float now = eddy_exp(u + key - top);
        row_of(p.out, row)[c] = fmaf(past, a, now * value) / fmaf(past, b, now);
        float next = eddy_max(largest + w, key);
        past = eddy_exp(largest + w - next);
        now = eddy_exp(key - next);
        a = Keep::round(fmaf(past, a, now * value));
        b = Keep::round(fmaf(past, b, now));
        held = Keep::round(next);
    }
    Keep::store(state, a);
    Keep::store(state + width, b);
    Keep::store(state + 2 * width, held);
}

// Grid of all kernels here: x channels, y entries.
EDDY_KERNEL(wkv_f32, WkvParams) { wkv<KeepF32>(p); }

EDDY_KERNEL(wkv_bf16, WkvParams) { wkv<KeepBf16>(p); }

struct LogMaxParams {
    Batch batch;
    Rows f;
    Rows i;
    Rows out;
    long long m;  // [H]
};

template <class Keep>
EDDY_DEVICE void log_max(const LogMaxParams& p) {
    int heads = p.f.width;
    int h = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, h, heads);
    if (entry == nullptr) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry->slot, p.m) + h;
    float m = Keep::load(state);
    for (int row = entry->offset; row < entry->offset + entry->absorbed; row++) {
        float kept = row_of(p.f, row)[h] + m;
        float input = row_of(p.i, row)[h];
        m = Keep::round(eddy_max(kept, input));
        float* out = row_of(p.out, row) + h;
        out[0] = eddy_exp(kept - m);
        out[heads] = eddy_exp(input - m);
        out[2 * heads] = m;
    }
    Keep::store(state, m);
}

EDDY_KERNEL(log_max_f32, LogMaxParams) { log_max<KeepF32>(p); }

EDDY_KERNEL(log_max_bf16, LogMaxParams) { log_max<KeepBf16>(p); }

struct PhaseParams {
    Batch batch;
    Rows x;
    Rows out;
    long long phase;  // [W], float32 whatever the state dtype
};

EDDY_KERNEL(phase, PhaseParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, c, p.x.width);
    if (entry == nullptr) {
        return;
    }
    float* state = (float*)state_of(p.batch, entry->slot, p.phase) + c;
    float held = *state;
    for (int row = entry->offset; row < entry->offset + entry->absorbed; row++) {
        float moved = held + row_of(p.x, row)[c];
        held = moved - eddy_rint(moved);
        row_of(p.out, row)[c] = eddy_cos_turns(held);
        row_of(p.out, row)[p.x.width + c] = eddy_sin_turns(held);
    }
    *state = held;
}

struct DelayParams {
    Batch batch;
    Rows x;
    Rows out;
    long long last;  // [W]
};

EDDY_KERNEL(delay, DelayParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, c, p.x.width);
    if (entry == nullptr) {
        return;
    }
    float* state = (float*)state_of(p.batch, entry->slot, p.last) + c;
    float held = *state;
    for (int row = entry->offset; row < entry->offset + entry->absorbed; row++) {
        float next = row_of(p.x, row)[c];
        row_of(p.out, row)[c] = held;
        held = next;
    }
    *state = held;
}
