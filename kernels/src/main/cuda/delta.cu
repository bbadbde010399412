// Matrix state with a diagonal-plus-low-rank transition (RWKV-7, the delta rules). A thread has a column of a head: K
// numbers, in registers where K has a kernel of its own, else in shared memory; either way they are read and written once
// an entry. Reference: ReferenceMatrixScans.delta.
//
// Versions of delta_64_f32, RWKV-7 2.9B (40 heads of 64 x 64), µs a launch at 1 / 64 / 320 sessions:
//   states read after the wait for the launch before    6.4 / - / -       (H100)
//   states read before it                               2.2 / 26 / 116    (H200; at 320 3.6 TB/s)
// Keys without a kernel of their own were in the slot's cached memory before they were in shared memory; neither is measured.
#include "batch.cuh"
#include "functions.cuh"
#include "tile.cuh"

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
    int columns;  // that a block has of a head
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
    int blocks = (c.columns + p.columns - 1) / p.columns;
    c.head = blockIdx.x / blocks;
    c.j = threadIdx.x < p.columns ? blockIdx.x % blocks * p.columns + (int)threadIdx.x : c.columns;
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
EDDY_DEVICE void stage_delta(const DeltaParams& p, const DeltaColumn& c, int row, int keys, float* staged) {
    __syncthreads();
    for (int i = threadIdx.x; i < keys; i += blockDim.x) {
        int at = c.head * keys + i;
        staged[i] = row_of(p.q, row)[at];
        staged[keys + i] = row_of(p.k, row)[at];
        staged[2 * keys + i] = row_of(p.a, row)[at];
        staged[3 * keys + i] = row_of(p.b, row)[at];
        staged[4 * keys + i] = row_of(p.decay, row)[c.decay_step ? at : c.head];
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
        stage_delta(p, c, row, KEYS, staged);
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

// One element of a column in shared memory; the read-out. x: what stage_delta laid out.
template <class Keep>
EDDY_DEVICE float delta_step(const float* x, float v, typename Keep::Stored* tile, int columns, int keys) {
    float read = 0.0f;
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        read = fmaf(x[2 * keys + i], Keep::load(tile + i * columns), read);
    }
    float y = 0.0f;
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        float write = fmaf(x[3 * keys + i], read, x[keys + i] * v);
        float next = Keep::round(fmaf(x[4 * keys + i], Keep::load(tile + i * columns), write));
        Keep::store(tile + i * columns, next);
        y = fmaf(x[i], next, y);
    }
    return y;
}

// Any number of keys.
template <class Keep>
EDDY_DEVICE void delta_in_shared(const DeltaParams& p) {
    EDDY_DYNAMIC_SHARED(float, vectors);
    grid_release();
    DeltaColumn c = delta_column(p);
    if (c.entry == nullptr) {
        return;
    }
    typename Keep::Stored* s = delta_state<Keep>(p, c);
    typename Keep::Stored* tile = tile_column<typename Keep::Stored>(vectors, c.keys);
    bool mine = c.j < c.columns;
    if (mine) {
        tile_load(tile, p.columns, s, c.columns, c.keys);
    }
    grid_wait();
    tile_wait();
    if (c.entry->absorbed == 0) {
        return;
    }
    for (int row = c.entry->offset; row < c.entry->offset + c.entry->absorbed; row++) {
        float v = mine ? row_of(p.v, row)[c.head * c.columns + c.j] : 0.0f;
        stage_delta(p, c, row, c.keys, vectors);
        if (mine) {
            row_of(p.out, row)[c.head * c.columns + c.j] = delta_step<Keep>(vectors, v, tile, p.columns, c.keys);
        }
    }
    if (mine) {
        tile_store(tile, p.columns, s, c.columns, c.keys);
    }
}

// Grid: x blocks of columns of each head in turn, y entries. A kernel for each K that has registers, and one for the rest.
EDDY_KERNEL_AHEAD(delta_64_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepF32, 64>(p); }

EDDY_KERNEL_AHEAD(delta_64_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepBf16, 64>(p); }

EDDY_KERNEL_AHEAD(delta_128_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepF32, 128>(p); }

EDDY_KERNEL_AHEAD(delta_128_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_registers<KeepBf16, 128>(p); }

EDDY_KERNEL_AHEAD(delta_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_shared<KeepF32>(p); }

EDDY_KERNEL_AHEAD(delta_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_shared<KeepBf16>(p); }
