// Matrix state with a diagonal-plus-low-rank transition (RWKV-7, the delta rules). A thread has a column of a head: K
// numbers, in registers where K has a kernel of its own, else in the slot's cached memory. Reference:
// ReferenceMatrixScans.delta.
#include "batch.cuh"
#include "functions.cuh"

struct DeltaParams {
    Batch batch;
    Rows q;
    Rows k;
    Rows v;
    Rows decay;
    Rows a;
    Rows b;
    Rows out;
    int heads;
    int unused;
    long long s;  // [H, K, V], bytes from the start of a slot
};

template <class Keep, int KEYS>
EDDY_DEVICE void delta_in_registers(
        const DeltaParams& p, const Entry& entry, typename Keep::Stored* s, int head, int j, int columns) {
    int decay_step = p.decay.width == p.heads ? 0 : 1;
    int decay_at = decay_step == 0 ? head : head * KEYS;
    float held[KEYS];
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        held[i] = Keep::load(s + i * columns);
    }
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        const float* q = row_of(p.q, row) + head * KEYS;
        const float* k = row_of(p.k, row) + head * KEYS;
        const float* a = row_of(p.a, row) + head * KEYS;
        const float* b = row_of(p.b, row) + head * KEYS;
        const float* w = row_of(p.decay, row) + decay_at;
        float v = row_of(p.v, row)[head * columns + j];
        float read = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            read = fmaf(a[i], held[i], read);
        }
        float y = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            held[i] = Keep::round(fmaf(w[i * decay_step], held[i], fmaf(b[i], read, k[i] * v)));
            y = fmaf(q[i], held[i], y);
        }
        row_of(p.out, row)[head * columns + j] = y;
    }
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        Keep::store(s + i * columns, held[i]);
    }
}

template <class Keep>
EDDY_DEVICE void delta_in_memory(
        const DeltaParams& p, const Entry& entry, typename Keep::Stored* s, int head, int j, int columns) {
    int keys = p.k.width / p.heads;
    int decay_step = p.decay.width == p.heads ? 0 : 1;
    int decay_at = decay_step == 0 ? head : head * keys;
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        const float* q = row_of(p.q, row) + head * keys;
        const float* k = row_of(p.k, row) + head * keys;
        const float* a = row_of(p.a, row) + head * keys;
        const float* b = row_of(p.b, row) + head * keys;
        const float* w = row_of(p.decay, row) + decay_at;
        float v = row_of(p.v, row)[head * columns + j];
        float read = 0.0f;
#pragma unroll 8
        for (int i = 0; i < keys; i++) {
            read = fmaf(a[i], Keep::load(s + (long long)i * columns), read);
        }
        float y = 0.0f;
#pragma unroll 8
        for (int i = 0; i < keys; i++) {
            typename Keep::Stored* at = s + (long long)i * columns;
            float next = Keep::round(fmaf(w[i * decay_step], Keep::load(at), fmaf(b[i], read, k[i] * v)));
            Keep::store(at, next);
            y = fmaf(q[i], next, y);
        }
        row_of(p.out, row)[head * columns + j] = y;
    }
}

template <class Keep>
EDDY_DEVICE void delta(const DeltaParams& p) {
    int keys = p.k.width / p.heads;
    int columns = p.v.width / p.heads;
    int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || column >= p.v.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    int head = column / columns;
    int j = column % columns;
    typename Keep::Stored* s = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.s)
            + (long long)head * keys * columns + j;
    switch (keys) {
        case 64:
            delta_in_registers<Keep, 64>(p, entry, s, head, j, columns);
            break;
        case 128:
            delta_in_registers<Keep, 128>(p, entry, s, head, j, columns);
            break;
        default:
            delta_in_memory<Keep>(p, entry, s, head, j, columns);
    }
}

// Grid: x columns of all heads, y entries.
EDDY_KERNEL(delta_f32, DeltaParams) { delta<KeepF32>(p); }

EDDY_KERNEL(delta_bf16, DeltaParams) { delta<KeepBf16>(p); }
