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

enum { DELTA_THREADS = 64 };

// A block has some columns of a head of an entry.
struct DeltaColumn {
    const Entry* entry;  // null: past the batch
    int head;
    int j;  // past the last column: the thread only helps to stage
    int keys;
    int columns;
    int decay_step;  // from one key channel to the next
};

EDDY_DEVICE DeltaColumn delta_column(const DeltaParams& p) {
    DeltaColumn c;
    c.keys = p.k.width / p.heads;
    c.columns = p.v.width / p.heads;
    int blocks = (c.columns + blockDim.x - 1) / blockDim.x;
    c.head = blockIdx.x / blocks;
    c.j = blockIdx.x % blocks * blockDim.x + threadIdx.x;
    c.decay_step = p.decay.width == p.heads ? 0 : 1;
    bool held = blockIdx.y < p.batch.counts->entries;
    c.entry = held ? p.batch.entries + blockIdx.y : nullptr;
    return c;
}

template <class Keep>
EDDY_DEVICE typename Keep::Stored* delta_state(const DeltaParams& p, const DeltaColumn& c) {
    return (typename Keep::Stored*)state_of(p.batch, c.entry->slot, p.s)
            + (long long)c.head * c.keys * c.columns + c.j;
}

// What all columns of a head read of an element: q, k, a, b and the decay, side by side.
template <int KEYS>
EDDY_DEVICE void stage_delta(const DeltaParams& p, const DeltaColumn& c, int row, float* staged) {
    __syncthreads();
    for (int i = threadIdx.x; i < KEYS; i += blockDim.x) {
        int at = c.head * KEYS + i;
        staged[i] = row_of(p.q, row)[at];
        staged[KEYS + i] = row_of(p.k, row)[at];
        staged[2 * KEYS + i] = row_of(p.a, row)[at];
        staged[3 * KEYS + i] = row_of(p.b, row)[at];
        staged[4 * KEYS + i] = row_of(p.decay, row)[c.decay_step ? at : c.head];
    }
    __syncthreads();
}

template <class Keep, int KEYS>
EDDY_DEVICE void delta_in_registers(const DeltaParams& p) {
    EDDY_SHARED(float, staged, 5 * KEYS);
    grid_release();
    DeltaColumn c = delta_column(p);
    if (c.entry == nullptr) {
        return;
    }
    typename Keep::Stored* s = delta_state<Keep>(p, c);
    bool mine = c.j < c.columns;
    float held[KEYS];
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        held[i] = mine ? Keep::load(s + (long long)i * c.columns) : 0.0f;
    }
    grid_wait();
    if (c.entry->absorbed == 0) {
        return;
    }
    for (int row = c.entry->offset; row < c.entry->offset + c.entry->absorbed; row++) {
        float v = mine ? row_of(p.v, row)[c.head * c.columns + c.j] : 0.0f;
        stage_delta<KEYS>(p, c, row, staged);
        float read = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            read = fmaf(staged[2 * KEYS + i], held[i], read);
        }
        float y = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            float write = fmaf(staged[3 * KEYS + i], read, staged[KEYS + i] * v);
            held[i] = Keep::round(fmaf(staged[4 * KEYS + i], held[i], write));
            y = fmaf(staged[i], held[i], y);
        }
        if (mine) {
            row_of(p.out, row)[c.head * c.columns + c.j] = y;
        }
    }
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        if (mine) {
            Keep::store(s + (long long)i * c.columns, held[i]);
        }
    }
}

template <class Keep>
EDDY_DEVICE void delta_in_memory(const DeltaParams& p) {
    grid_release();
    DeltaColumn c = delta_column(p);
    grid_wait();
    if (c.entry == nullptr || c.entry->absorbed == 0 || c.j >= c.columns) {
        return;
    }
    typename Keep::Stored* s = delta_state<Keep>(p, c);
    int key = c.head * c.keys;
    for (int row = c.entry->offset; row < c.entry->offset + c.entry->absorbed; row++) {
        const float* q = row_of(p.q, row) + key;
        const float* k = row_of(p.k, row) + key;
        const float* a = row_of(p.a, row) + key;
        const float* b = row_of(p.b, row) + key;
        const float* w = row_of(p.decay, row) + (c.decay_step ? key : c.head);
        float v = row_of(p.v, row)[c.head * c.columns + c.j];
        float read = 0.0f;
#pragma unroll 8
        for (int i = 0; i < c.keys; i++) {
            read = fmaf(a[i], Keep::load(s + (long long)i * c.columns), read);
        }
        float y = 0.0f;
#pragma unroll 8
        for (int i = 0; i < c.keys; i++) {
            typename Keep::Stored* at = s + (long long)i * c.columns;
            float write = fmaf(b[i], read, k[i] * v);
            float next = Keep::round(fmaf(w[i * c.decay_step], Keep::load(at), write));
            Keep::store(at, next);
            y = fmaf(q[i], next, y);
        }
        row_of(p.out, row)[c.head * c.columns + c.j] = y;
    }
}

// Grid: x blocks of columns of each head in turn, y entries. A kernel for each K that has registers, and one for the rest.
EDDY_KERNEL_AHEAD(delta_64_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepF32, 64>(p); }

EDDY_KERNEL_AHEAD(delta_64_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepBf16, 64>(p); }

EDDY_KERNEL_AHEAD(delta_128_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepF32, 128>(p); }

EDDY_KERNEL_AHEAD(delta_128_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepBf16, 128>(p); }

EDDY_KERNEL_AHEAD(delta_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_memory<KeepF32>(p); }

EDDY_KERNEL_AHEAD(delta_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_memory<KeepBf16>(p); }
