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

// An entry's elements on their way into shared memory: what stage_delta lays out, then the block's columns of v.
template <int KEYS>
struct DeltaRing {
    enum { PLACES = 8, VALUES = 5 * KEYS, WIDTH = VALUES + DELTA_THREADS };

    float* ring;
    int row;  // the next one to ask for
    int end;

    EDDY_DEVICE const float* element(int e) const { return ring + e % PLACES * WIDTH; }

    // A group of copies, empty past the last element.
    EDDY_DEVICE void ask(const DeltaParams& p, const DeltaColumn& c, int e) {
        if (row < end) {
            float* to = ring + e % PLACES * WIDTH + threadIdx.x;
#pragma unroll
            for (int i = 0; i < KEYS; i += DELTA_THREADS) {
                int at = c.head * KEYS + i + threadIdx.x;
                copy_later(to + i, row_of(p.q, row) + at, false);
                copy_later(to + KEYS + i, row_of(p.k, row) + at, false);
                copy_later(to + 2 * KEYS + i, row_of(p.a, row) + at, false);
                copy_later(to + 3 * KEYS + i, row_of(p.b, row) + at, false);
                copy_later(to + 4 * KEYS + i, row_of(p.decay, row) + (c.decay_step ? at : c.head), false);
            }
            if (c.j < c.columns) {
                copy_later(to + VALUES, row_of(p.v, row) + c.head * c.columns + c.j, false);
            }
        }
        row++;
        copies_end();
    }
};

// What a column's state gives for `a`.
template <int KEYS>
EDDY_DEVICE float delta_read(const float (&held)[KEYS], const float* a) {
    float read = 0.0f;
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 four = *(const float4*)(a + i);
        read = fmaf(four.x, held[i], read);
        read = fmaf(four.y, held[i + 1], read);
        read = fmaf(four.z, held[i + 2], read);
        read = fmaf(four.w, held[i + 3], read);
    }
    return read;
}

// One element of a column in registers; the read-out. read: what the state gave for the element's a, then what the new
// state gives for `next`, the a of the element after it: one sum goes on while the other waits.
template <class Keep, int KEYS>
EDDY_DEVICE float delta_absorb(float (&held)[KEYS], const float* x, float v, const float* next, float& read) {
    float y = 0.0f;
    float ahead = 0.0f;
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 q = *(const float4*)(x + i);
        float4 k = *(const float4*)(x + KEYS + i);
        float4 b = *(const float4*)(x + 3 * KEYS + i);
        float4 w = *(const float4*)(x + 4 * KEYS + i);
        float4 a = *(const float4*)(next + i);
        held[i] = Keep::round(fmaf(w.x, held[i], fmaf(b.x, read, k.x * v)));
        held[i + 1] = Keep::round(fmaf(w.y, held[i + 1], fmaf(b.y, read, k.y * v)));
        held[i + 2] = Keep::round(fmaf(w.z, held[i + 2], fmaf(b.z, read, k.z * v)));
        held[i + 3] = Keep::round(fmaf(w.w, held[i + 3], fmaf(b.w, read, k.w * v)));
        y = fmaf(q.w, held[i + 3], fmaf(q.z, held[i + 2], fmaf(q.y, held[i + 1], fmaf(q.x, held[i], y))));
        ahead = fmaf(a.w, held[i + 3], fmaf(a.z, held[i + 2], fmaf(a.y, held[i + 1], fmaf(a.x, held[i], ahead))));
    }
    read = ahead;
    return y;
}

template <class Keep, int KEYS>
EDDY_DEVICE void delta_in_registers(const DeltaParams& p) {
    typedef DeltaRing<KEYS> Ring;
    EDDY_SHARED(float4, ring, Ring::PLACES * Ring::WIDTH / 4);
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
    int elements = c.entry->absorbed;
    if (elements == 0) {
        return;
    }
    int first = c.entry->offset;
    Ring x{(float*)ring, first, first + elements};
#pragma unroll
    for (int e = 0; e < Ring::PLACES - 1; e++) {
        x.ask(p, c, e);
    }
    copies_wait_but<Ring::PLACES - 2>();
    __syncthreads();
    float read = delta_read<KEYS>(held, x.element(0) + 2 * KEYS);
    for (int e = 0; e < elements; e++) {
        copies_wait_but<Ring::PLACES - 3>();
        __syncthreads();  // all have the element and the next one, and nobody reads the one before any longer
        x.ask(p, c, e + Ring::PLACES - 1);
        const float* at = x.element(e);
        float v = at[Ring::VALUES + threadIdx.x];
        float y = delta_absorb<Keep, KEYS>(held, at, v, x.element(e + 1) + 2 * KEYS, read);
        if (mine) {
            row_of(p.out, first + e)[c.head * c.columns + c.j] = y;
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
