// Matrix state with decay (Mamba-2, linear attention and kin). A thread has a column of a head: K numbers, in registers
// where K has a kernel of its own, else in shared memory; either way they are read and written once an entry. Reference:
// ReferenceMatrixScans.matrix.
//
// Mamba-2 2.7B (64 layers) at 320 sessions, a step on an H200: 38.1 ms as matrix_128_f32 was (483 µs a launch of 1.68 GB, 3.5 TB/s),
// 34.2 as matrix_128_64_f32 is; states are read before the wait for the launch before. Keys without a kernel of their own, second
// writes and bonuses are in shared memory, which is not measured.
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
    const Entry* entry;
    bool there;  // whether the entry has elements
    int head;
    int j;  // past the last column: the thread only helps to stage
    int keys;
    int columns;
    int key;  // of the head's group
};

// thread: of those that have the block's columns.
EDDY_DEVICE MatrixColumn matrix_column(const MatrixParams& p, int thread) {
    MatrixColumn c;
    c.keys = p.k.width / p.groups;
    c.columns = p.v.width / p.heads;
    int blocks = (c.columns + p.columns - 1) / p.columns;
    c.head = blockIdx.x / blocks;
    c.j = thread < p.columns ? blockIdx.x % blocks * p.columns + thread : c.columns;
    c.key = c.head * p.groups / p.heads * c.keys;
    c.entry = p.batch.entries + blockIdx.y;  // there is room for as many as blocks: both loads are under way at once
    c.there = (blockIdx.y < p.batch.counts->entries) & (c.entry->length > 0);
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

// What a thread of the plain case brings of an element: of some keys what all columns read, and what is its column's own. All of it
// is asked for at once.
template <int KEYS>
struct MatrixElement {
    static constexpr int EACH = KEYS / MATRIX_THREADS;
    float q[EACH];
    float k[EACH];
    float decay[EACH];
    float v;

    EDDY_DEVICE MatrixElement(const MatrixParams& p, const MatrixColumn& c, int row) {
        MatrixRow m = matrix_row(p, c, row);
        v = m.v;
#pragma unroll
        for (int i = 0; i < EACH; i++) {
            int key = threadIdx.x + i * MATRIX_THREADS;
            q[i] = m.q[key];
            k[i] = m.k[key];
            decay[i] = m.decay[key * m.decay_step];
        }
    }

    // Into [3, KEYS].
    EDDY_DEVICE void stage(float* to) const {
#pragma unroll
        for (int i = 0; i < EACH; i++) {
            float* at = to + threadIdx.x + i * MATRIX_THREADS;
            at[0] = q[i];
            at[KEYS] = k[i];
            at[2 * KEYS] = decay[i];
        }
    }
};

// One element of KEYS numbers of a column in registers; the read-out, which goes on from y. `own`: the column has one decay.
template <class Keep, int KEYS>
EDDY_DEVICE float matrix_absorb(float (&held)[KEYS], const float* qs, const float* ks, const float* decays, float v, bool own,
                                float decay, float y) {
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 q = *(const float4*)(qs + i);
        float4 k = *(const float4*)(ks + i);
        float4 w = own ? make_float4(decay, decay, decay, decay) : *(const float4*)(decays + i);
        held[i] = Keep::round(fmaf(w.x, held[i], k.x * v));
        held[i + 1] = Keep::round(fmaf(w.y, held[i + 1], k.y * v));
        held[i + 2] = Keep::round(fmaf(w.z, held[i + 2], k.z * v));
        held[i + 3] = Keep::round(fmaf(w.w, held[i + 3], k.w * v));
        y = fmaf(q.w, held[i + 3], fmaf(q.z, held[i + 2], fmaf(q.y, held[i + 1], fmaf(q.x, held[i], y))));
    }
    return y;
}

// The plain case, K numbers in registers: decay by head, key or value, no second write, no bonus, each thread of a block with a
// column. With WHOLE these are a head's, which leaves registers for two blocks more on a multiprocessor. A block waits for memory
// three times: for its entry, for the state, for what it reads of its first element.
template <class Keep, int KEYS, bool WHOLE>
EDDY_DEVICE void matrix_in_registers(const MatrixParams& p) {
    EDDY_SHARED(float4, staged4, 3 * KEYS / 4);
    float* staged = (float*)staged4;
    grid_release();
    MatrixColumn c = matrix_column(p, threadIdx.x);
    int row = c.entry->offset;
    if (!c.there) {
        return;
    }
    typename Keep::Stored* s = matrix_state<Keep>(p, c);
    int step = WHOLE ? MATRIX_THREADS : c.columns;
    float held[KEYS];
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        held[i] = Keep::load(s + i * step);
    }
    grid_wait();
    int end = row + c.entry->absorbed;
    MatrixElement<KEYS> x(p, c, row);
    if (row == end) {
        return;
    }
    while (true) {
        __syncthreads();
        x.stage(staged);
        float v = x.v;
        float decay = x.decay[0];
        __syncthreads();
        float y = matrix_absorb<Keep, KEYS>(held, staged, staged + KEYS, staged + 2 * KEYS, v, p.axis != DECAY_KEY, decay, 0.0f);
        row_of(p.out, row)[c.head * c.columns + c.j] = y;
        if (++row == end) {
            break;
        }
        x = MatrixElement<KEYS>(p, c, row);
    }
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        Keep::store(s + i * step, held[i]);
    }
}

// An entry's elements on their way into shared memory: of each q, k, what decays, and the block's columns of v.
template <int KEYS>
struct MatrixRing {
    enum { PARTS = KEYS / MATRIX_THREADS, PLACES = 8 };
    enum { K = KEYS, DECAY = 2 * KEYS, V = 3 * KEYS, WIDTH = V + MATRIX_THREADS };

    float* ring;
    const float* q;  // the calling thread's of the next element to ask for
    const float* k;
    const float* decay;
    const float* v;
    bool decays;  // whether the thread has one of the element's decays
    int left;  // elements to ask for

    EDDY_DEVICE MatrixRing(float* ring, const MatrixParams& p, const MatrixColumn& c)
        : ring(ring), left(c.entry->absorbed) {
        int t = threadIdx.x;
        int row = c.entry->offset;
        MatrixRow m = matrix_row(p, c, row);
        q = m.q + t;
        k = m.k + t;
        v = row_of(p.v, row) + c.head * c.columns + c.j;
        decay = m.decay + (p.axis == DECAY_KEY ? t : 0);
        decays = p.axis == DECAY_KEY || (p.axis == DECAY_VALUE ? t < MATRIX_THREADS : t == 0);
    }

    EDDY_DEVICE const float* element(int e) const { return ring + e % PLACES * WIDTH; }

    // A group of copies, empty past the last element.
    EDDY_DEVICE void ask(const MatrixParams& p, int e) {
        if (left > 0) {
            float* to = ring + e % PLACES * WIDTH + threadIdx.x;
            copy_later(to, q, false);
            copy_later(to + K, k, false);
            if (decays) {
                copy_later(to + DECAY, decay, false);
            }
            if (threadIdx.x < MATRIX_THREADS) {
                copy_later(to + V, v, false);
            }
        }
        left--;
        q += p.q.stride;
        k += p.k.stride;
        decay += p.decay.stride;
        v += p.v.stride;
        copies_end();
    }
};

// The plain case where entries may have many elements. MATRIX_THREADS threads have a part of the columns' keys each, and each part
// is an element behind the one before it, which hands on its part of the read-outs.
template <class Keep, int KEYS>
EDDY_DEVICE void matrix_of_many(const MatrixParams& p) {
    typedef MatrixRing<KEYS> Ring;
    EDDY_SHARED(float4, ring, Ring::PLACES * Ring::WIDTH / 4);
    EDDY_SHARED(float, handed, 2 * MATRIX_THREADS);
    grid_release();
    int own = threadIdx.x % MATRIX_THREADS;
    int part = threadIdx.x / MATRIX_THREADS;
    MatrixColumn c = matrix_column(p, own);
    if (!c.there) {
        return;
    }
    typename Keep::Stored* s = matrix_state<Keep>(p, c) + (long long)part * MATRIX_THREADS * c.columns;
    float held[MATRIX_THREADS];
#pragma unroll
    for (int i = 0; i < MATRIX_THREADS; i++) {
        held[i] = Keep::load(s + i * c.columns);
    }
    grid_wait();
    int elements = c.entry->absorbed;
    if (elements == 0) {
        return;
    }
    Ring x((float*)ring, p, c);
#pragma unroll
    for (int e = 0; e < Ring::PLACES - Ring::PARTS; e++) {
        x.ask(p, e);
    }
    for (int turn = 0; turn < elements + Ring::PARTS - 1; turn++) {
        copies_wait_but<Ring::PLACES - Ring::PARTS - 1>();
        __syncthreads();  // all have the element, what was handed on, and nobody reads the last part's last one any longer
        x.ask(p, turn + Ring::PLACES - Ring::PARTS);
        int e = turn - part;
        if (e < 0 || e >= elements) {
            continue;
        }
        const float* at = x.element(e);
        const float* mine = at + part * MATRIX_THREADS;
        float decay = at[Ring::DECAY + (p.axis == DECAY_VALUE ? own : 0)];
        float* hand = handed + e % 2 * MATRIX_THREADS + own;
        float y = matrix_absorb<Keep, MATRIX_THREADS>(held, mine, mine + Ring::K, mine + Ring::DECAY, at[Ring::V + own],
                                                      p.axis != DECAY_KEY, decay, part == 0 ? 0.0f : *hand);
        if (part == Ring::PARTS - 1) {
            row_of(p.out, c.entry->offset + e)[c.head * c.columns + c.j] = y;
        } else {
            *hand = y;
        }
    }
    s = afresh(s);
#pragma unroll
    for (int i = 0; i < MATRIX_THREADS; i++) {
        Keep::store(s + i * c.columns, held[i]);
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
    MatrixColumn c = matrix_column(p, threadIdx.x);
    if (!c.there) {
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

// Grid: x blocks of columns of each head in turn, y entries. Kernels for each K that has registers, with heads of 64 columns, of
// more in whole blocks and, for entries of many elements, K threads, and one for the rest.
#define MATRIX_KERNELS(keys, type, Keep, most)                                                                       \
    EDDY_KERNEL_AHEAD(matrix_##keys##_##type, MatrixParams, __launch_bounds__(MATRIX_THREADS)) {                     \
        matrix_in_registers<Keep, keys, false>(p);                                                                   \
    }                                                                                                                \
    EDDY_KERNEL_AHEAD(matrix_##keys##_64_##type, MatrixParams, __launch_bounds__(MATRIX_THREADS, most)) {            \
        matrix_in_registers<Keep, keys, true>(p);                                                                    \
    }                                                                                                                \
    EDDY_KERNEL_AHEAD(matrix_##keys##_many_##type, MatrixParams, __launch_bounds__(keys, 512 / keys)) {              \
        matrix_of_many<Keep, keys>(p);                                                                               \
    }

MATRIX_KERNELS(64, f32, KeepF32, 8)
MATRIX_KERNELS(64, bf16, KeepBf16, 8)
MATRIX_KERNELS(128, f32, KeepF32, 6)
MATRIX_KERNELS(128, bf16, KeepBf16, 6)

EDDY_KERNEL_AHEAD(matrix_f32, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_shared<KeepF32>(p); }

EDDY_KERNEL_AHEAD(matrix_bf16, MatrixParams, __launch_bounds__(MATRIX_THREADS)) { matrix_in_shared<KeepBf16>(p); }
