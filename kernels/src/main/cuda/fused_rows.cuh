// What launches of operators on rows as kernels of their own (fused_rows.cu) are made of. A block has some columns of a
// row, or all; a thread takes four neighbouring columns at a time through the operators of a phase, in registers. Between
// phases the block's threads meet; what later phases read across columns lies in shared memory. Where a thread has no more
// than four of the block's columns (ONE), it reads all weights and states for them before the kernel waits for the one
// before it. Launches of few blocks rehearse: they go through their code once before that wait, since the multiprocessor has
// to fetch it (2 % of a step of one session of RWKV-7 2.9B). Any other launch goes through rows.cu, with the same bits.
//
// Versions, a layer's rows and delta rule of RWKV-7 2.9B in a step on an H200, µs at 1 / 64 / 320 sessions:
//   lists of operators (rows.cu) and delta.cu              30 / 61 / 181  (another card of the kind)
//   kernels of their own, heads with what is around them   13 / 37 / 144
#pragma once
#include "batch.cuh"
#include "fragments.cuh"
#include "lanes.cuh"
#include "modes.cuh"
#include "norms.cuh"

// Something to read: a value or weight from its row 0 on, or bytes from the start of a slot.
struct FusedRead {
    const float* at;
    int stride;  // 0 for a weight
    int last;  // the first of the last four columns that may be read
};

// Where a value goes that other launches read.
struct FusedResult {
    float* kept;  // row 0
    unsigned short* fragments;
    int stride;
    int unused;
};

// Field by field as FusedStage writes them.
template <int READS, int RESULTS, int STATES, int SCALARS, int NUMBERS>
struct FusedParams {
    Batch batch;
    int selected;
    int span;  // columns of a block
    int rehearses;  // up to how many blocks all do
    int ring;  // floats to where blocks that go from row to row have the next rows' states
    FusedRead reads[READS > 0 ? READS : 1];
    FusedResult results[RESULTS > 0 ? RESULTS : 1];
    long long states[STATES > 0 ? STATES : 1];  // bytes from the start of a slot
    float scalars[SCALARS > 0 ? SCALARS : 1];
    int numbers[NUMBERS > 0 ? NUMBERS : 1];
};

// A norm of a group of `size` columns, a power of two from 8 to 128, of which neighbouring threads have four each.
template <int KIND>
EDDY_DEVICE float4 small_norm(float4 x, int size, float epsilon) {
    int threads = size / 4;
    GroupSum g = group_sum(
        KIND, size, epsilon, [=] { return lane_tree(each_of(x, no_lanes(), [](float v, float none) { return none + v; }), threads); },
        [=](float shift) {
            return lane_tree(each_of(x, x, [=](float v, float) { return (v - shift) * (v - shift); }), threads);
        });
    return normal<KIND == NORM_SUM>(x, g);
}

template <int FUNCTION>
EDDY_DEVICE float4 binary(float4 a, float4 b) {
    return each_of(a, b, [](float x, float y) { return apply_binary(FUNCTION, x, y); });
}

// Two complex modes of each of four columns, an element on: a column's state is the modes' real and imaginary parts, as its poles
// and residues are.
struct TwoModes {
    float4 h[4];
    float4 y;

    EDDY_DEVICE TwoModes(float4 x, const float4 (&held)[4], const float4 (&poles)[4], const float4 (&residues)[4])
        : h{held[0], held[1], held[2], held[3]} {
        y = make_float4(next(h[0], x.x, poles[0], residues[0]), next(h[1], x.y, poles[1], residues[1]),
                        next(h[2], x.z, poles[2], residues[2]), next(h[3], x.w, poles[3], residues[3]));
    }

    static EDDY_DEVICE float next(float4& h, float x, float4 pole, float4 residue) {
        float one = mode<KeepF32>(h.x, h.y, pole.x, pole.y, residue.x, residue.y, x, 0.0f);
        return mode<KeepF32>(h.z, h.w, pole.z, pole.w, residue.z, residue.w, x, one);
    }
};

struct FusedRow {
    float* shared;
    int index;
    int entry;
    int from;
    int until;
    int rows;   // of the launch
    int group;  // of tiles of fragments
    int fragments_high;
    int fragments_low;
    char* slot;  // null where rows are selected ones
    bool absorbs;
    int turn;  // 0: a rehearsal before the wait, which writes nothing: what it brings is the code
    bool real;

    // Before the wait. Whether there is such a row.
    template <class Params>
    EDDY_DEVICE bool begin(const Params& p, float* memory) {
        grid_release();
        shared = memory;
        from = blockIdx.x * p.span;
        until = from + p.span;
        absorbs = false;
        real = false;
        turn = (int)(gridDim.x * gridDim.y) <= p.rehearses ? 0 : 1;
        rows = rows_of(p.batch, p.selected);
        group = group_of(p.batch, p.selected);
        return go_to(p, blockIdx.z * gridDim.y + blockIdx.y);
    }

    // Whether there is such a row; at most one of those that the launch has room for.
    template <class Params>
    EDDY_DEVICE bool go_to(const Params& p, int row) {
        index = row;
        slot = nullptr;
        entry = p.selected ? 0 : p.batch.row_entry[index];
        fragments_high = ::fragments_high(index, group);
        fragments_low = ::fragments_low(index, group);
        if (index < rows && !p.selected) {
            slot = state_of(p.batch, p.batch.entries[entry].slot, 0);
        }
        return index < rows;
    }

    template <class Params>
    EDDY_DEVICE void wait(const Params& p) {
        if (turn == 0) {
            return;
        }
        grid_wait();
        __syncthreads();  // nobody reads what the rehearsal left
        begin_for_real(p);
    }

    // After the wait.
    template <class Params>
    EDDY_DEVICE void begin_for_real(const Params& p) {
        real = true;
        absorbs = !p.selected && p.batch.entries[entry].absorbed > 0;
    }

    // The thread's first columns; far beyond a row's last where it has none of the block's.
    EDDY_DEVICE int own() const { return mine(from); }

    EDDY_DEVICE int mine(int c) const {
        c += (int)threadIdx.x * 4;
        return c < until ? c : 1 << 28;
    }

    EDDY_DEVICE const float* address(const FusedRead& read) const { return read.at + (long long)index * read.stride; }

    // Columns past the last are read from the last ones.
    EDDY_DEVICE float4 far(const FusedRead& read, int c) const { return *(const float4*)(address(read) + min(c, read.last)); }

    // `block` columns share an element; of elements that recur, `width` do.
    EDDY_DEVICE float4 far_block(const FusedRead& read, int c, int block) const {
        return same_four(address(read)[min(c, read.last) / block]);
    }

    EDDY_DEVICE float4 far_tile(const FusedRead& read, int c, int width) const {
        return *(const float4*)(address(read) + min(c, read.last) % width);
    }

    EDDY_DEVICE float4 state(const FusedRead& read, int c) const {
        return *(const float4*)(slot + (long long)read.at + 4 * min(c, read.last));
    }

    EDDY_DEVICE bool has(int c, int width) const { return real && c >= from && c < until && c < width; }

    EDDY_DEVICE void keep(long long state, int c, int width, float4 value) const {
        if (absorbs && has(c, width)) {
            *(float4*)(slot + state + 4LL * c) = value;
        }
    }

    EDDY_DEVICE void keep_modes(long long state, int c, int width, const float4 (&h)[4]) const {
        if (absorbs && has(c, width)) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                *(float4*)(slot + state + 16LL * (c + i)) = h[i];
            }
        }
    }

    EDDY_DEVICE void put(const FusedResult& result, int c, int width, float4 value) const {
        if (has(c, width)) {
            *(float4*)(result.kept + (long long)index * result.stride + c) = value;
        }
    }

    EDDY_DEVICE void put_fragments(const FusedResult& result, int c, int width, float4 value) const {
        if (has(c, width)) {
            int at = fragment_at(fragments_high, fragments_low, c, width / 16, group);
            *(uint2*)(result.fragments + at) = rounded(value);
        }
    }

    // What is in shared memory begins with column 0, or with the block's first.
    EDDY_DEVICE void hold_all(int at, int c, int width, float4 value) const {
        if (c < width) {
            *(float4*)(shared + at + c) = value;
        }
    }

    EDDY_DEVICE void hold_own(int at, int c, int width, float4 value) const {
        if (c < until && c < width) {
            *(float4*)(shared + at + c - from) = value;
        }
    }

    EDDY_DEVICE float4 held(int at, int c) const { return *(const float4*)(shared + at + c); }

    EDDY_DEVICE float held_one(int at, int c) const { return shared[at + c]; }

    EDDY_DEVICE float4 held_own(int at, int c, int width) const {
        return *(const float4*)(shared + at + max(0, min(c, min(width, until) - 4) - from));
    }

    EDDY_DEVICE GroupSum sum_of(int at, int g) const {
        float2 held = *(const float2*)(shared + at + 2 * g);
        return GroupSum{held.x, held.y};
    }

    // Sums of whole groups, a warp a group.
    template <int KIND>
    EDDY_DEVICE void sums(int at, int to, int size, int groups, float epsilon) const {
#pragma unroll 1
        for (int g = threadIdx.x / 32; g < groups; g += blockDim.x / 32) {
            const float* x = shared + at + g * size;
            GroupSum sum = group_sum(
                KIND, size, epsilon, [=] { return lane_sum(x, size); },
                [=](float shift) { return lane_squares(x, size, shift); });
            if (threadIdx.x % 32 == 0) {
                *(float2*)(shared + to + 2 * g) = make_float2(sum.shift, sum.factor);
            }
        }
    }

    // All columns of a row: what several quads need is asked for before any of it is used.
    template <class Load, class Run>
    EDDY_DEVICE void over_all(int width, Load load, Run run) const {
        constexpr int BATCH = 4;
#pragma unroll 1
        for (int c = threadIdx.x * 4; c - (int)threadIdx.x * 4 < width; c += BATCH * 4 * blockDim.x) {
            decltype(load(0)) loads[BATCH];
#pragma unroll
            for (int i = 0; i < BATCH; i++) {
                loads[i] = load(c + i * 4 * (int)blockDim.x);
            }
#pragma unroll
            for (int i = 0; i < BATCH; i++) {
                if (i == 0 || c - (int)threadIdx.x * 4 + i * 4 * (int)blockDim.x < width) {
                    run(c + i * 4 * (int)blockDim.x, loads[i]);
                }
            }
        }
    }

    // The block's columns; all of a warp's threads go along.
    template <bool ONE, class Run>
    EDDY_DEVICE void over_own(int width, Run run) const {
        if (ONE) {
            run(own());
            return;
        }
        int end = min(until, width);
#pragma unroll 1
        for (int c = from; c < end; c += 4 * blockDim.x) {
            run(mine(c));
        }
    }
};

template <class Rows, bool ONE>
EDDY_DEVICE void run_fused(const typename Rows::Params& p, float* shared) {
    FusedRow row;
    if (row.begin(p, shared)) {
        Rows::template run<ONE>(p, row);
    }
}

#define FUSED_KERNEL(rows, few)                                                                                      \
    typedef rows::Params rows##_params;                                                                              \
    EDDY_KERNEL_AHEAD(rows##_one, rows##_params, few) {                                                              \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        run_fused<rows, true>(p, shared);                                                                            \
    }

#define FUSED_KERNELS(rows, few, many)                                                                               \
    FUSED_KERNEL(rows, few)                                                                                          \
    EDDY_KERNEL_AHEAD(rows##_all, rows##_params, many) {                                                             \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        run_fused<rows, false>(p, shared);                                                                           \
    }

// Grid of all: x blocks of `span` columns, y rows (and z, of more rows than y can have), so that blocks that run at the same time
// have neighbouring states, which memory gives faster. Here of 512 columns, 128 threads: a row is always split.
#define FUSED_COLUMNS(rows) FUSED_KERNEL(rows, __launch_bounds__(320, 2))

// The same with modes, whose poles, residues and states are 48 numbers a thread: they and what filters read find room in registers.
#define FUSED_MODES(rows) FUSED_KERNEL(rows, __launch_bounds__(128, 2))

// _one: a thread has at most four of the block's columns, or a column in four, and 80 registers, by which all of 64 rows' blocks
// of Mamba-2's filter find room at the same time; _all: a block may have a row. Dynamic shared memory: what phases leave there.
#define FUSED_ROWS(rows) FUSED_KERNELS(rows, __launch_bounds__(384, 2), __launch_bounds__(320, 2))

// With a recurrence by column, 128 threads. _all: a block has a row. _rows: where there are many rows, a block has some columns of
// some of them, one after the other, and the next ones' states are on their way meanwhile.
#define FUSED_SCANS(rows)                                                                                            \
    FUSED_KERNELS(rows, __launch_bounds__(128, 2), __launch_bounds__(128, 7))                                        \
    EDDY_KERNEL_AHEAD(rows##_rows, rows##_params, __launch_bounds__(128, 7)) {                                       \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        FusedRow row;                                                                                                \
        if (row.begin(p, shared)) {                                                                                  \
            rows::run_rows(p, row);                                                                                  \
        }                                                                                                            \
    }

// Blocks have a head of 64 columns each, with as many threads. _all: as above.
#define FUSED_HEADS(rows) FUSED_KERNELS(rows, __launch_bounds__(64), __launch_bounds__(64, 8))
