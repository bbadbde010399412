// The recurrences with a few numbers a channel: RWKV-4's weighted average, the log-maximum of exponential gates, a
// running phase, the value of the element before. A thread has a channel of an entry. Reference: ReferenceScans.
#include "ahead.cuh"
#include "element_groups.cuh"
#include "functions.cuh"

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
    ColumnsAhead<2> x;
    x.read(0, p.k, entry->offset, c);
    x.read(1, p.v, entry->offset, c);
    x.each(entry->absorbed, [&](int t, const float* element) {
        float largest = b == 0.0f ? negative_infinity() : held;
        float key = element[0];
        float value = element[1];
        float top = eddy_max(largest, u + key);
        float past = eddy_exp(largest - top);
        float now = eddy_exp(u + key - top);
        row_of(p.out, entry->offset + t)[c] = fmaf(past, a, now * value) / fmaf(past, b, now);
        float next = eddy_max(largest + w, key);
        past = eddy_exp(largest + w - next);
        now = eddy_exp(key - next);
        a = Keep::round(fmaf(past, a, now * value));
        b = Keep::round(fmaf(past, b, now));
        held = Keep::round(next);
    });
    Keep::store(state, a);
    Keep::store(state + width, b);
    Keep::store(state + 2 * width, held);
}

// Grid of all kernels here but delay: x channels, y entries.
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
    ColumnsAhead<2> x;
    x.read(0, p.f, entry->offset, h);
    x.read(1, p.i, entry->offset, h);
    x.each(entry->absorbed, [&](int t, const float* element) {
        float kept = element[0] + m;
        float input = element[1];
        m = Keep::round(eddy_max(kept, input));
        float* out = row_of(p.out, entry->offset + t) + h;
        out[0] = eddy_exp(kept - m);
        out[heads] = eddy_exp(input - m);
        out[2 * heads] = m;
    });
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
    ColumnsAhead<1> x;
    x.read(0, p.x, entry->offset, c);
    x.each(entry->absorbed, [&](int t, const float* element) {
        float moved = held + element[0];
        held = moved - eddy_rint(moved);
        float* out = row_of(p.out, entry->offset + t) + c;
        out[0] = eddy_cos_turns(held);
        out[p.x.width] = eddy_sin_turns(held);
    });
    *state = held;
}

struct DelayParams {
    Batch batch;
    Rows x;
    Rows out;
    long long last;  // [W]
};

// Grid: x channels, y rows. The first group of an entry keeps its last value.
EDDY_KERNEL(delay, DelayParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= p.x.width) {
        return;
    }
    each_group<GROUP_ELEMENTS>(p.batch, [&](const Entry& entry, int from) {
        float* state = (float*)state_of(p.batch, entry.slot, p.last) + c;
        float held[GROUP_ELEMENTS];
#pragma unroll
        for (int i = 0; i < GROUP_ELEMENTS; i++) {
            int before = from + i - 1;
            held[i] = before < 0                 ? *state
                      : before < entry.absorbed ? row_of(p.x, entry.offset + before)[c]
                                                : 0.0f;
        }
#pragma unroll
        for (int i = 0; i < GROUP_ELEMENTS; i++) {
            if (from + i < entry.absorbed) {
                row_of(p.out, entry.offset + from + i)[c] = held[i];
            }
        }
        if (from == 0) {
            *state = row_of(p.x, entry.offset + entry.absorbed - 1)[c];
        }
    });
}
