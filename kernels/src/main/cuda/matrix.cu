// Matrix state with decay (Mamba-2, linear attention and kin). A thread has a column of a head: K numbers, in registers
// where K has a kernel of its own, else in the slot's cached memory. Reference: ReferenceMatrixScans.matrix.
#include "batch.cuh"
#include "functions.cuh"

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
    int unused;
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
    int blocks = (c.columns + blockDim.x - 1) / blockDim.x;
    c.head = blockIdx.x / blocks;
    c.j = blockIdx.x % blocks * blockDim.x + threadIdx.x;
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

// One number of the state through one element; adds to the read-out.
template <class Keep>
EDDY_DEVICE float matrix_write(const MatrixRow& m, const float* bonus, int i, float old, float* y) {
    float next = fmaf(m.decay[i * m.decay_step], old, m.k[i] * m.v);
    next = m.k2 == nullptr ? next : fmaf(m.k2[i], m.v2, next);
    next = Keep::round(next);
    float read = bonus == nullptr ? next : fmaf(bonus[i] * m.k[i], m.v, old);
    *y = fmaf(m.q[i], read, *y);
    return next;
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

template <class Keep>
EDDY_DEVICE void matrix_in_memory(const MatrixParams& p) {
    grid_release();
    MatrixColumn c = matrix_column(p);
    grid_wait();
    if (c.entry == nullptr || c.entry->absorbed == 0 || c.j >= c.columns) {
        return;
    }
    typename Keep::Stored* s = matrix_state<Keep>(p, c);
    const float* bonus = p.bonus == nullptr ? nullptr : p.bonus + c.head * c.keys;
    for (int row = c.entry->offset; row < c.entry->offset + c.entry->absorbed; row++) {
        MatrixRow m = matrix_row(p, c, row);
        float y = 0.0f;
#pragma unroll 8
        for (int i = 0; i < c.keys; i++) {
            typename Keep::Stored* at = s + (long long)i * c.columns;
            Keep::store(at, matrix_write<Keep>(m, bonus, i, Keep::load(at), &y));
        }
        row_of(p.out, row)[c.head * c.columns + c.j] = y;
    }
}

// Grid: x blocks of columns of each head in turn, y entries. A kernel for each K that has registers, and one for the rest.
EDDY_KERNEL_AHEAD(matrix_64_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepF32, 64>(p); }

EDDY_KERNEL_AHEAD(matrix_64_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepBf16, 64>(p); }

EDDY_KERNEL_AHEAD(matrix_128_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepF32, 128>(p); }

EDDY_KERNEL_AHEAD(matrix_128_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_registers<KeepBf16, 128>(p); }

EDDY_KERNEL_AHEAD(matrix_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_memory<KeepF32>(p); }

EDDY_KERNEL_AHEAD(matrix_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_memory<KeepBf16>(p); }
