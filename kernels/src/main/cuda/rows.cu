// Operators that treat every row by itself (norms, gates, residuals, softmax, rearrangements), many in one launch, and, in
// steps of one element an entry, recurrences by channel. A block has some columns of a row and takes them through a list
// of operators: everything they read comes into shared memory at once, what they make stays there for those that follow,
// and only what other launches read goes back to device memory. A thread takes four neighbouring columns at a time.
// Weights and states come before the kernel waits for the one before it. Where an operator needs a whole row (a norm),
// each of the row's blocks makes it, or, if there are many rows, a block has a whole row. Reference:
// ReferenceInterpreter.unary and binary, ReferenceNorms, ReferenceRows, ReferenceScans.
//
// Lists of well-known models have kernels of their own instead (fused_rows.cu), with the same bits.
//
// Versions, RWKV-7 2.9B in a step on an H200, µs a launch at 1 / 64 / 320 sessions:
//   one kernel, a row over blocks of 512 columns            9.5 / 12.3 / 41.8
//   four kernels, packed fields, many rows a block each     5.8 / 11.3 / 17.0
#include "row_maps.cuh"
#include "row_scans.cuh"
#include "row_wholes.cuh"

template <class K>
EDDY_DEVICE void run_row(const RowOp& op, const Part& part, float* shifts, float* factors) {
    if (K::has(ROW_NORM) && op.code == ROW_NORM) {
        normalise<K>(op, part, shifts, factors);
    } else if (K::has(ROW_DELAY) && op.code == ROW_DELAY) {
        delay<K>(op, part);
    } else if (K::has(ROW_FIR) && op.code == ROW_FIR) {
        fir<K>(op, part);
    } else if (K::has(ROW_FRAGMENTS) && op.code == ROW_FRAGMENTS) {
        to_fragments<K>(op, part);
    } else if (K::has(ROW_SOFTMAX) && op.code == ROW_SOFTMAX) {
        softmax<K>(op, part);
    } else if (K::has(ROW_CONCAT) && op.code == ROW_CONCAT) {
        concat<K>(op, part);
    } else if (K::has(ROW_OUTER) && op.code == ROW_OUTER) {
        outer<K>(op, part);
    } else if (K::has(ROW_DIAGONAL)) {
        if (op.at) {
            diagonal<K, KeepBf16>(op, part);
        } else {
            diagonal<K, KeepF32>(op, part);
        }
    }
}

// Begins to bring what a load describes, four columns a copy where addresses and width allow it; one warp does it.
template <class K>
EDDY_DEVICE void load_row(const RowLoad& load, const Part& part) {
    int from = load.place & 1 ? part.from : 0;
    int until = load.place & 1 && part.until < load.width ? part.until : load.width;
    float* to = part.near(load.place, 0);
    const float* at = load.kind == LOAD_STATE ? (const float*)(part.slot + (long long)load.at)
                                              : load.at + (long long)part.row * load.stride;
    bool wide = K::is_quads() || (((unsigned long long)at | load.width * 4) & 15) == 0;
    int step = wide ? 4 : 1;
#pragma unroll 1
    for (int c = from + threadIdx.x % 32 * step; c < until; c += 32 * step) {
        copy_later(to + c, at + c, wide);
    }
}

// The loads from one to another, each by one of the block's warps.
template <class K>
EDDY_DEVICE void load_rows(const RowLoad* loads, int from, int until, const Part& part) {
#pragma unroll 1
    for (int i = from + threadIdx.x / 32; i < until; i += blockDim.x / 32) {
        load_row<K>(loads[i], part);
    }
}

// Grid: x rows, y groups of `span` columns. Block: whole warps, at most 320 threads; span a multiple of 16.
// Shared memory: the lists, then what loads and operators place.
template <class K>
EDDY_DEVICE void run_rows(const RowsParams& p, float* shared, float* shifts, float* factors) {
    grid_release();
    Part part;
    part.row = blockIdx.x;
    part.from = blockIdx.y * p.span;
    part.until = part.from + p.span;
    part.slot = nullptr;
    part.absorbs = false;
    // What the host has written: all of it is asked for before any of it is needed.
    int rows = rows_of(p.batch, p.selected);
    int entry = p.selected ? 0 : p.batch.row_entry[part.row];
    int list = p.lists ? (p.count * (int)sizeof(RowOp) + p.loads * (int)sizeof(RowLoad)) / 4 : 0;
#pragma unroll 1
    for (int i = threadIdx.x * 4; i < list; i += blockDim.x * 4) {
        copy_later(shared + i, (const float*)p.ops + i, true);
    }
    part.shared = shared + list;
    bool here = part.row < rows;
    if (here && !p.selected && K::has_states()) {
        part.slot = state_of(p.batch, p.batch.entries[entry].slot, 0);
    }
    part.group = group_of(p.batch, p.selected);
    part.fragments_high = fragments_high(part.row, part.group);
    part.fragments_low = fragments_low(part.row, part.group);
    // Threads of a block that has all columns need be no power of two.
    part.own = part.from + 4 * (part.from == 0 ? threadIdx.x : (threadIdx.x - part.from / 4) & (blockDim.x - 1));
    copies_wait();
    __syncthreads();
    if (!here) {
        return;
    }
    const RowOp* ops = K::is_quads() || p.lists ? (const RowOp*)shared : p.ops;
    const RowLoad* loads = (const RowLoad*)(ops + p.count);
    load_rows<K>(loads, 0, p.early, part);
    if (K::has(ROW_DIAGONAL)) {
#pragma unroll 1
        for (int k = 0; k < p.count; k++) {
            if (ops[k].code == ROW_DIAGONAL) {
                fetch_states(ops[k], part);
            }
        }
    }
    grid_wait();
    load_rows<K>(loads, p.early, p.loads, part);
    if (!p.selected && K::has_states()) {
        part.absorbs = p.batch.entries[entry].absorbed > 0;
    }
    copies_wait();
    __syncthreads();
#pragma unroll 1
    for (int i = 0; i < p.count; i++) {
        const RowOp& op = ops[i];
        if (op.barrier) {
            __syncthreads();
        }
        if (op.code != ROW_MAP) {
            run_row<K>(op, part, shifts, factors);
        } else if (op.at == 0) {
            map<K>(op, part);
        } else {
            map_alike<K>(&op, op.at, part);
            i += op.at;
        }
    }
}

#define ROWS_KERNEL(name, ops, quads, blocks)                                                                        \
    EDDY_KERNEL_AHEAD(name, RowsParams, __launch_bounds__(320, blocks)) {                                            \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        EDDY_SHARED(float, shifts, 32);                                                                              \
        EDDY_SHARED(float, factors, 32);                                                                             \
        run_rows<Kind<ops, quads>>(p, shared, shifts, factors);                                                      \
    }

// RowStage.kernel chooses one by what a list has.
ROWS_KERNEL(rows, 1 << ROW_MAP | 1 << ROW_NORM | 1 << ROW_DELAY, true, 3)
ROWS_KERNEL(rows_fir, 1 << ROW_MAP | 1 << ROW_FIR, true, 3)
ROWS_KERNEL(rows_diagonal, 1 << ROW_MAP | 1 << ROW_DIAGONAL, true, 2)
ROWS_KERNEL(rows_any, -1, false, 2)
