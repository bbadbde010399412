// Matrix state with decay (Mamba-2, linear attention and kin). A thread has a column of a head: K numbers, in registers
// where K has a kernel of its own, else in shared memory; where entries have many elements it has a part of the keys of four columns
// instead (_many). All are read and written once an entry. Reference: ReferenceMatrixScans.matrix.
//
// Mamba-2 2.7B (64 layers) at 320 sessions, a step on an H200: 38.1 ms as matrix_128_f32 was (483 µs a launch of 1.68 GB, 3.5 TB/s),
// 34.2 as matrix_128_64_f32 is; states are read before the wait for the launch before. 512 elements of one session, a launch: 438 µs as
// matrix_128_64_f32, 175 as matrix_128_many_f32. Keys without a kernel of their own, second writes and bonuses are in shared memory,
// which is not measured.
#include "batch.cuh"
#include "lanes.cuh"
#include "shared.cuh"
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

// One element of a column in registers; the read-out.
template <class Keep, int KEYS>
EDDY_DEVICE float matrix_absorb(float (&held)[KEYS], const float* staged, float v, bool own, float decay) {
    float y = 0.0f;
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 q = *(const float4*)(staged + i);
        float4 k = *(const float4*)(staged + KEYS + i);
        float4 w = own ? make_float4(decay, decay, decay, decay) : *(const float4*)(staged + 2 * KEYS + i);
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
        float y = matrix_absorb<Keep, KEYS>(held, staged, v, p.axis != DECAY_KEY, decay);
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

// An entry's elements on their way into shared memory, two at a time: of each q, k, the block's columns of v, and what decays. What PARTS
// lanes read at once, the same of each MATRIX_KEYS keys, lies in different banks. A thread copies four neighbouring numbers of
// an element.
enum { MATRIX_KEYS = 16, MATRIX_PADDED = MATRIX_KEYS + 4 };

template <int KEYS>
struct MatrixRing {
    enum { PARTS = KEYS / MATRIX_KEYS, COLUMNS = 4, THREADS = MATRIX_THREADS / COLUMNS * PARTS };
    enum { VECTOR = PARTS * MATRIX_PADDED, K = VECTOR, V = 2 * VECTOR, DECAY = V + MATRIX_THREADS, WIDTH = DECAY + VECTOR };
    enum { FOURS = KEYS / 4, FOURS_OF_V = MATRIX_THREADS / 4 };
    enum { STEP = 2, PLACES = 16, AHEAD = PLACES - PARTS - STEP, FLOATS = PLACES * WIDTH };
    static_assert(THREADS == KEYS && 3 * FOURS + FOURS_OF_V <= THREADS && AHEAD % STEP == 0, "");

    SharedFloats ring;
    const float* from;  // the calling thread's of the next element to ask for
    int stride;
    int to;  // of an element
    bool wide;
    int left;  // elements to ask for

    EDDY_DEVICE MatrixRing(float4* ring, const MatrixParams& p, const MatrixColumn& c)
        : ring(ring), wide(true), left(c.entry->absorbed) {
        int row = c.entry->offset;
        int four = threadIdx.x;
        int values = c.head * c.columns + c.j - four % MATRIX_THREADS;  // the block's first
        if (four < 2 * FOURS) {
            const Rows& rows = four < FOURS ? p.q : p.k;
            take(rows, row, c.key + four % FOURS * 4, (four < FOURS ? 0 : (int)K) + place(four % FOURS * 4));
            return;
        }
        four -= 2 * FOURS;
        if (four < FOURS_OF_V) {
            take(p.v, row, values + four * 4, V + four * 4);
            return;
        }
        four -= FOURS_OF_V;
        if (p.axis == DECAY_KEY) {
            take(p.decay, row, c.head * KEYS + four * 4, DECAY + place(four * 4));
        } else if (p.axis == DECAY_VALUE) {
            take(p.decay, row, values + four * 4, DECAY + four * 4);
        } else {
            take(p.decay, row, c.head, DECAY);
            wide = false;
        }
        if (four >= (p.axis == DECAY_KEY ? FOURS : p.axis == DECAY_VALUE ? FOURS_OF_V : 1)) {
            left = 0;
        }
    }

    EDDY_DEVICE void take(const Rows& rows, int row, int column, int place) {
        from = row_of(rows, row) + column;
        stride = rows.stride;
        to = place;
    }

    EDDY_DEVICE static int place(int key) { return key / MATRIX_KEYS * MATRIX_PADDED + key % MATRIX_KEYS; }

    EDDY_DEVICE SharedFloats of(int e) const { return ring + (e & (PLACES - 1)) * WIDTH; }

    // A group of copies of STEP elements, empty past the last one: one group after the other.
    EDDY_DEVICE void ask(int first) {
#pragma unroll
        for (int i = 0; i < STEP; i++) {
            if (left > i) {
                (of(first + i) + to).copy_later(from + i * stride, wide);
            }
        }
        left -= STEP;
        from += STEP * stride;
        copies_end();
    }
};

// MATRIX_KEYS numbers of four neighbouring columns.
template <class Keep>
struct MatrixQuad {
    float held[MATRIX_KEYS][4];

    EDDY_DEVICE void load(const typename Keep::Stored* s, int columns) {
#pragma unroll
        for (int i = 0; i < MATRIX_KEYS; i++) {
            Keep::template load_all<4>(held[i], s + i * columns);
        }
    }

    EDDY_DEVICE void store(typename Keep::Stored* s, int columns) const {
#pragma unroll
        for (int i = 0; i < MATRIX_KEYS; i++) {
            Keep::template store_all<4>(s + i * columns, held[i]);
        }
    }

    // Key i of one element: v and decays of the four columns, read-outs that go on from y.
    EDDY_DEVICE void absorb(int i, float q, float k, float4 decay, float4 v, float4& y) {
        float vs[4] = {v.x, v.y, v.z, v.w};
        float ws[4] = {decay.x, decay.y, decay.z, decay.w};
#pragma unroll
        for (int j = 0; j < 4; j++) {
            held[i][j] = Keep::round(fmaf(ws[j], held[i][j], k * vs[j]));
        }
        y = make_float4(fmaf(q, held[i][0], y.x), fmaf(q, held[i][1], y.y), fmaf(q, held[i][2], y.z), fmaf(q, held[i][3], y.w));
    }
};

EDDY_DEVICE float4 handed_on(float4 y, int part, int parts) {
    float4 up = make_float4(__shfl_up_sync(ALL_LANES, y.x, 1, parts), __shfl_up_sync(ALL_LANES, y.y, 1, parts),
                            __shfl_up_sync(ALL_LANES, y.z, 1, parts), __shfl_up_sync(ALL_LANES, y.w, 1, parts));
    return part == 0 ? same_four(0.0f) : up;
}

// All of an entry's elements. Each of a warp's parts of the keys is an element behind the one before it, which hands on its part of
// the read-outs.
template <class Keep, int KEYS, int AXIS>
EDDY_DEVICE void matrix_elements(const MatrixParams& p, int elements, MatrixRing<KEYS>& x, MatrixQuad<Keep>& state, int part,
                                 int column, float* out) {
    typedef MatrixRing<KEYS> Ring;
#pragma unroll
    for (int first = 0; first < Ring::AHEAD; first += Ring::STEP) {
        x.ask(first);
    }
    float4 y = same_four(0.0f);
    for (int first = 0; first < elements + Ring::PARTS - 1; first += Ring::STEP) {
        copies_wait_but<Ring::AHEAD / Ring::STEP - 1>();
        __syncthreads();  // all have the elements, and nobody reads what is overwritten next any longer
        x.ask(first + Ring::AHEAD);
#pragma unroll
        for (int i = 0; i < Ring::STEP; i++) {
            int e = first + i - part;
            SharedFloats at = x.of(e);
            SharedFloats own = at + part * MATRIX_PADDED;
            float4 v = at.four(Ring::V + column);
            float4 decay = AXIS == DECAY_VALUE ? at.four(Ring::DECAY + column)
                           : AXIS == DECAY_HEAD ? same_four(at.one(Ring::DECAY))
                                                : same_four(0.0f);
            float4 k[MATRIX_KEYS / 4];
            float4 q[MATRIX_KEYS / 4];
#pragma unroll
            for (int n = 0; n < MATRIX_KEYS / 4; n++) {
                k[n] = own.four(Ring::K + 4 * n);
                q[n] = own.four(4 * n);
            }
            y = handed_on(y, part, Ring::PARTS);
            if (e >= 0 && e < elements) {
#pragma unroll
                for (int n = 0; n < MATRIX_KEYS / 4; n++) {
                    float4 w = AXIS == DECAY_KEY ? own.four(Ring::DECAY + 4 * n) : same_four(0.0f);
                    bool by_key = AXIS == DECAY_KEY;
                    state.absorb(4 * n, q[n].x, k[n].x, by_key ? same_four(w.x) : decay, v, y);
                    state.absorb(4 * n + 1, q[n].y, k[n].y, by_key ? same_four(w.y) : decay, v, y);
                    state.absorb(4 * n + 2, q[n].z, k[n].z, by_key ? same_four(w.z) : decay, v, y);
                    state.absorb(4 * n + 3, q[n].w, k[n].w, by_key ? same_four(w.w) : decay, v, y);
                }
                if (part == Ring::PARTS - 1) {
                    *(float4*)out = y;
                }
            }
            out += p.out.stride;
        }
    }
}

// The plain case where entries may have many elements, whose rows are read and written sixteen bytes at a time: a thread has MATRIX_KEYS
// numbers of four columns, so that what these all read comes from shared memory once for four of them.
template <class Keep, int KEYS>
EDDY_DEVICE void matrix_of_many(const MatrixParams& p) {
    typedef MatrixRing<KEYS> Ring;
    EDDY_SHARED(float4, ring, Ring::FLOATS / 4);
    grid_release();
    MatrixColumn c = matrix_column(p, threadIdx.x % MATRIX_THREADS);
    if (!c.there) {
        return;
    }
    int part = afresh((int)threadIdx.x % Ring::PARTS);
    int column = afresh((int)threadIdx.x / Ring::PARTS * Ring::COLUMNS);
    int first = c.j - (int)threadIdx.x % MATRIX_THREADS + column;
    typename Keep::Stored* s = (typename Keep::Stored*)state_of(p.batch, c.entry->slot, p.s)
            + ((long long)c.head * KEYS + part * MATRIX_KEYS) * c.columns + first;
    MatrixQuad<Keep> state;
    state.load(s, c.columns);
    grid_wait();
    int elements = c.entry->absorbed;
    if (elements == 0) {
        return;
    }
    Ring x(ring, p, c);
    float* out = row_of(p.out, c.entry->offset) + c.head * c.columns + first - (long long)part * p.out.stride;
    if (p.axis == DECAY_KEY) {
        matrix_elements<Keep, KEYS, DECAY_KEY>(p, elements, x, state, part, column, out);
    } else if (p.axis == DECAY_HEAD) {
        matrix_elements<Keep, KEYS, DECAY_HEAD>(p, elements, x, state, part, column, out);
    } else {
        matrix_elements<Keep, KEYS, DECAY_VALUE>(p, elements, x, state, part, column, out);
    }
    state.store(afresh(s), c.columns);
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
