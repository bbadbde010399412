// Matrix state with a diagonal-plus-low-rank transition (RWKV-7, the delta rules). A thread has a column of a head: K
// numbers, in registers where K has a kernel of its own, else in shared memory; either way they are read and written once
// an entry. Reference: ReferenceMatrixScans.delta.
//
// Versions of delta_64_f32, RWKV-7 2.9B (40 heads of 64 x 64), µs a launch at 1 / 64 / 320 sessions:
//   states read after the wait for the launch before    6.4 / - / -       (H100)
//   states read before it                               2.2 / 26 / 116    (H200; at 320 3.6 TB/s)
// and of 512 elements of one session (H200):
//   each element waits for its operands                 585
//   operands come ahead, a warp a block                 211
// Keys without a kernel of their own were in the slot's cached memory before they were in shared memory; neither is measured.
#include "batch.cuh"
#include "lanes.cuh"
#include "shared.cuh"
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

enum { DELTA_THREADS = 64, DELTA_COLUMNS = 32 };  // of a block in shared memory, at most, and in registers

// A block has some columns of a head of an entry.
struct DeltaColumn {
    const Entry* entry;  // null: past the batch
    int head;
    int first;  // the block's first column, among all heads'
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
    int j = blockIdx.x % blocks * p.columns;
    c.first = c.head * c.columns + j;
    c.j = threadIdx.x < p.columns ? j + (int)threadIdx.x : c.columns;
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

// An entry's elements on their way into shared memory: of each q, k, a, b and the decay, side by side, and the warp's columns of v. A
// lane copies four neighbouring numbers at a time: of q, k, a and b in PLAIN slots, of what else there is in the others.
template <int KEYS>
struct DeltaRing {
    enum { K = KEYS, A = 2 * KEYS, B = 3 * KEYS, DECAY = 4 * KEYS, V = 5 * KEYS, WIDTH = V + DELTA_COLUMNS };
    enum { PLACES = 8, FLOATS = PLACES * WIDTH, PLAIN = DECAY / 128, SLOTS = (WIDTH / 4 + 31) / 32 };

    SharedFloats ring;
    const float* from[SLOTS];  // of the next element to ask for
    int stride[SLOTS];
    bool copies[SLOTS];  // whether the lane has something in a slot
    bool wide[SLOTS];  // sixteen bytes of it
    int left;  // elements to ask for

    EDDY_DEVICE DeltaRing(float4* ring, const DeltaParams& p, const DeltaColumn& c)
        : ring(ring), left(c.entry->absorbed) {
        int row = c.entry->offset;
#pragma unroll
        for (int i = 0; i < SLOTS; i++) {
            int at = (threadIdx.x + i * 32) * 4;
            const Rows& rows = at < K ? p.q : at < A ? p.k : at < B ? p.a : at < DECAY ? p.b : at < V ? p.decay : p.v;
            int column = at < V ? c.head * KEYS + at % KEYS : c.first + at - V;
            bool of_head = at >= DECAY && at < V && c.decay_step == 0;
            column = of_head ? c.head : column;
            wide[i] = !of_head;
            copies[i] = of_head ? at == DECAY : at < V || (at < WIDTH && column < (c.head + 1) * c.columns);
            from[i] = row_of(rows, row) + column;
            stride[i] = rows.stride;
        }
    }

    EDDY_DEVICE SharedFloats of(int e) const { return ring + (e & (PLACES - 1)) * WIDTH; }

    // A group of copies, empty past the last element: one element after the other.
    EDDY_DEVICE void ask(int e) {
        if (left > 0) {
            SharedFloats to = of(e) + threadIdx.x * 4;
#pragma unroll
            for (int i = 0; i < SLOTS; i++) {
                if (i < PLAIN || copies[i]) {
                    (to + i * 128).copy_later(from[i], i < PLAIN || wide[i]);
                }
                from[i] += stride[i];
            }
        }
        left--;
        copies_end();
    }
};

// What a column's state gives for `a`.
template <int KEYS>
EDDY_DEVICE float delta_read(const float (&held)[KEYS], SharedFloats a) {
    float read = 0.0f;
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 four = a.four(i);
        read = fmaf(four.w, held[i + 3], fmaf(four.z, held[i + 2], fmaf(four.y, held[i + 1], fmaf(four.x, held[i], read))));
    }
    return read;
}

// One element of a column in registers; the read-out. read: what the state gave for the element's a, then what the new
// state gives for the a of the `next` one: both sums go on while the state is made.
template <class Keep, int KEYS, bool BY_HEAD>
EDDY_DEVICE float delta_absorb(float (&held)[KEYS], SharedFloats x, float v, SharedFloats next, float& read) {
    typedef DeltaRing<KEYS> Ring;
    float decay = BY_HEAD ? x.one(Ring::DECAY) : 0.0f;
    float y = 0.0f;
    float ahead = 0.0f;
#pragma unroll
    for (int i = 0; i < KEYS; i += 4) {
        float4 q = x.four(i);
        float4 k = x.four(Ring::K + i);
        float4 b = x.four(Ring::B + i);
        float4 w = BY_HEAD ? same_four(decay) : x.four(Ring::DECAY + i);
        float4 a = next.four(Ring::A + i);
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

template <class Keep, int KEYS, bool BY_HEAD>
EDDY_DEVICE void delta_elements(const DeltaParams& p, const DeltaColumn& c, DeltaRing<KEYS>& x, float (&held)[KEYS]) {
    typedef DeltaRing<KEYS> Ring;
    int elements = x.left;
    int lane = afresh((int)threadIdx.x);
#pragma unroll
    for (int e = 0; e < Ring::PLACES - 1; e++) {
        x.ask(e);
    }
    copies_wait_but<Ring::PLACES - 2>();
    __syncwarp();
    float read = delta_read<KEYS>(held, x.of(0) + Ring::A);
    float* out = row_of(p.out, c.entry->offset) + c.first + lane;
    bool mine = c.j < c.columns;
    for (int e = 0; e < elements; e++) {
        copies_wait_but<Ring::PLACES - 3>();
        __syncwarp();  // all have the element and the next one, and nobody reads the one before any longer
        x.ask(e + Ring::PLACES - 1);
        SharedFloats at = x.of(e);
        float y = delta_absorb<Keep, KEYS, BY_HEAD>(held, at, at.one(Ring::V + lane), x.of(e + 1), read);
        if (mine) {
            *out = y;
        }
        out += p.out.stride;
    }
}

// K numbers of a column in registers; rows are read sixteen bytes at a time. A warp has DELTA_COLUMNS columns of a head, and its
// multiprocessor, where there are few, for itself: what they all read comes from shared memory, sixteen bytes in four clocks.
template <class Keep, int KEYS>
EDDY_DEVICE void delta_in_registers(const DeltaParams& p) {
    typedef DeltaRing<KEYS> Ring;
    EDDY_SHARED(float4, ring, Ring::FLOATS / 4);
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
    Ring x(ring, p, c);
    if (c.decay_step == 0) {
        delta_elements<Keep, KEYS, true>(p, c, x, held);
    } else {
        delta_elements<Keep, KEYS, false>(p, c, x, held);
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
EDDY_KERNEL_AHEAD(delta_64_f32, DeltaParams, __launch_bounds__(DELTA_COLUMNS)) { delta_in_registers<KeepF32, 64>(p); }

EDDY_KERNEL_AHEAD(delta_64_bf16, DeltaParams, __launch_bounds__(DELTA_COLUMNS)) { delta_in_registers<KeepBf16, 64>(p); }

EDDY_KERNEL_AHEAD(delta_128_f32, DeltaParams, __launch_bounds__(DELTA_COLUMNS)) { delta_in_registers<KeepF32, 128>(p); }

EDDY_KERNEL_AHEAD(delta_128_bf16, DeltaParams, __launch_bounds__(DELTA_COLUMNS)) { delta_in_registers<KeepBf16, 128>(p); }

EDDY_KERNEL_AHEAD(delta_f32, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_shared<KeepF32>(p); }

EDDY_KERNEL_AHEAD(delta_bf16, DeltaParams, __launch_bounds__(DELTA_THREADS)) { delta_in_shared<KeepBf16>(p); }
