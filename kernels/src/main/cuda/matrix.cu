// Matrix state with decay (Mamba-2, linear attention and kin). A thread has a column of a head: K numbers, in registers
// where K has a kernel of its own, else in shared memory; either way they are read and written once an entry. Reference:
// ReferenceMatrixScans.matrix.
//
// matrix_128_f32, Mamba-2 2.7B (64 layers), µs a launch at 320 sessions: 590 on an H100, 479 on an H200 (1.68 GB, 3.5 TB/s); states
// are read before the wait for the launch before. Keys without a kernel of their own, second writes and bonuses were in the slot's
// cached memory before they were in shared memory; neither is measured.
#include "batch.cuh"
#include "functions.cuh"
#include "tile.cuh"

// Op.MatrixScan.DecayAxis, by ordinal.
enum DecayAxis { DECAY_HEAD, DECAY_KEY, DECAY_VALUE };

struct MatrixParams {
    Batch batch;
    Rows q;
    Rows k;
    Rows v;
    Rows decay;
    Rows k2;  // at null: no second write
    Rows v2;
    Rows out;
    const float* bonus;  // [H, K] or null
    int axis;
    int heads;
    int groups;
    int columns;  // that a block has of a head
    long long s;  // [H, K, V], bytes from the start of a slot
};

enum { MATRIX_THREADS = 64 };

// A block has some columns of a head of an entry.
struct MatrixColumn {
    const Entry* entry;  // null: past the batch
    int head;
    int j;  // past the last column: the thread only helps to stage
    int keys;
    int columns;
    int key;  // of the head's group
};

EDDY_DEVICE MatrixColumn matrix_column(const MatrixParams& p) {
    MatrixColumn c;
    c.keys = p.k.width / p.groups;
    c.columns = p.v.width / p.heads;
    int blocks = (c.columns + p.columns - 1) / p.columns;
    c.head = blockIdx.x / blocks;
    c.j = threadIdx.x < p.columns ? blockIdx.x % blocks * p.columns + (int)threadIdx.x : c.columns;
    c.key = c.head * p.groups / p.heads * c.keys;
    bool held = blockIdx.y < p.batch.counts->entries;
    c.entry = held ? p.batch.entries + blockIdx.y : nullptr;
    return c;
}

template <class Keep>
EDDY_DEVICE typename Keep::Stored* matrix_state(const MatrixParams& p, const MatrixColumn& c) {
    return (typename Keep::Stored*)state_of(p.batch, c.entry->slot, p.s)
            + (long long)c.head * c.keys * c.columns + c.j;
}

// What a column needs of an element: pointers to what its head reads, its own values.
struct MatrixRow {
    const float* q;
    const float* k;
    const float* k2;  // null: no second write
    const float* decay;
    int decay_step;  // from one key channel to the next
    float v;
    float v2;
};

EDDY_DEVICE MatrixRow matrix_row(const MatrixParams& p, const MatrixColumn& c, int row) {
    int column = c.head * c.columns + (c.j < c.columns ? c.j : 0);
    MatrixRow m;
    m.q = row_of(p.q, row) + c.key;
    m.k = row_of(p.k, row) + c.key;
    m.v = row_of(p.v, row)[column];
    m.k2 = p.k2.at == nullptr ? nullptr : row_of(p.k2, row) + c.key;
    m.v2 = p.k2.at == nullptr ? 0.0f : row_of(p.v2, row)[column];
    int at = p.axis == DECAY_HEAD ? c.head : p.axis == DECAY_KEY ? c.head * c.keys : column;
    m.decay = row_of(p.decay, row) + at;
    m.decay_step = p.axis == DECAY_KEY ? 1 : 0;
    return m;
}

// The plain case, K numbers in registers: decay by head, key or value, no second write, no bonus.
template <class Keep, int KEYS>
EDDY_DEVICE void matrix_in_registers(const MatrixParams& p) {
    EDDY_SHARED(float, staged, 3 * KEYS);
    grid_release();
    MatrixColumn c = matrix_column(p);
    if (c.entry == nullptr) {
        return;
    }
    typename Keep::Stored* s = matrix_state<Keep>(p, c);
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
        MatrixRow m = matrix_row(p, c, row);
        float decay = m.decay[0];
        __syncthreads();
        for (int i = threadIdx.x; i < KEYS; i += blockDim.x) {
            staged[i] = m.q[i];
            staged[KEYS + i] = m.k[i];
            staged[2 * KEYS + i] = m.decay[i * m.decay_step];
        }
        __syncthreads();
        float y = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            float w = p.axis == DECAY_VALUE ? decay : staged[2 * KEYS + i];
            held[i] = Keep::round(fmaf(w, held[i], staged[KEYS + i] * m.v));
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

// What all columns of a head read of an element, side by side.
struct MatrixVectors {
    float* q;
    float* k;
    float* decay;
    float* k2;
    float* bonus;  // the same for every element

    EDDY_DEVICE MatrixVectors(float* at, int keys)
        : q(at), k(at + keys), decay(at + 2 * keys), k2(at + 3 * keys), bonus(at + 4 * keys) {}

    EDDY_DEVICE void stage(const MatrixRow& m, int keys) {
        for (int i = threadIdx.x; i < keys; i += blockDim.x) {
            q[i] = m.q[i];
            k[i] = m.k[i];
            decay[i] = m.decay[i * m.decay_step];
            if (m.k2 != nullptr) {
                k2[i] = m.k2[i];
            }
        }
    }
};

// One element of a column in shared memory; the read-out.
template <class Keep>
EDDY_DEVICE float matrix_step(const MatrixParams& p, const MatrixVectors& x, const MatrixRow& m, float decay,
                              typename Keep::Stored* tile, int keys) {
    float y = 0.0f;
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        float old = Keep::load(tile + i * p.columns);
        float w = p.axis == DECAY_VALUE ? decay : x.decay[i];
        float next = fmaf(w, old, x.k[i] * m.v);
        next = m.k2 == nullptr ? next : fmaf(x.k2[i], m.v2, next);
        next = Keep::round(next);
        Keep::store(tile + i * p.columns, next);
        float read = p.bonus == nullptr ? next : fmaf(x.bonus[i] * x.k[i], m.v, old);
        y = fmaf(x.q[i], read, y);
    }
    return y;
}

// Any number of keys, with or without second write and bonus.
template <class Keep>
EDDY_DEVICE void matrix_in_shared(const MatrixParams& p) {
    EDDY_DYNAMIC_SHARED(float, vectors);
    grid_release();
    MatrixColumn c = matrix_column(p);
    if (c.entry == nullptr) {
        return;
    }
    typename Keep::Stored* s = matrix_state<Keep>(p, c);
    typename Keep::Stored* tile = tile_column<typename Keep::Stored>(vectors, c.keys);
    MatrixVectors x(vectors, c.keys);
    bool mine = c.j < c.columns;
    if (mine) {
        tile_load(tile, p.columns, s, c.columns, c.keys);
    }
    for (int i = threadIdx.x; p.bonus != nullptr && i < c.keys; i += blockDim.x) {
        x.bonus[i] = p.bonus[c.head * c.keys + i];
    }
    grid_wait();
    tile_wait();
    if (c.entry->absorbed == 0) {
        return;
    }
    for (int row = c.entry->offset; row < c.entry->offset + c.entry->absorbed; row++) {
        MatrixRow m = matrix_row(p, c, row);
        float decay = m.decay[0];
        __syncthreads();
        x.stage(m, c.keys);
        __syncthreads();
        if (mine) {
            row_of(p.out, row)[c.head * c.columns + c.j] = matrix_step<Keep>(p, x, m, decay, tile, c.keys);
        }
    }
    if (mine) {
        tile_store(tile, p.columns, s, c.columns, c.keys);
    }
}

// Grid: x blocks of columns of each head in turn, y entries. A kernel for each K that has registers, and one for the rest.
EDDY_KERNEL_AHEAD(matrix_64_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepF32, 64>(p); }

EDDY_KERNEL_AHEAD(matrix_64_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepBf16, 64>(p); }

EDDY_KERNEL_AHEAD(matrix_128_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepF32, 128>(p); }

EDDY_KERNEL_AHEAD(matrix_128_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepBf16, 128>(p); }

EDDY_KERNEL_AHEAD(matrix_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_shared<KeepF32>(p); }

EDDY_KERNEL_AHEAD(matrix_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_shared<KeepBf16>(p); }
