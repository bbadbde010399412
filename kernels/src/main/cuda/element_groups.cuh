// What an element's result does not wait for the one before it: blocks along y share a step's rows, and each has the groups of
// neighbouring elements of an entry that begin among its own.
#pragma once
#include "batch.cuh"
#include "lanes.cuh"

enum { GROUP_ELEMENTS = 8 };  // LaunchParts.GROUP_ELEMENTS: rows of a block, at most; elements of most groups

// The rows of a step that a block has.
struct BlockRows {
    int all;  // of the step
    int count;
    int first;

    EDDY_DEVICE explicit BlockRows(const Batch& batch) : all(batch.counts->rows) {
        count = min((int)((all + gridDim.y - 1) / gridDim.y), (int)GROUP_ELEMENTS);
        first = blockIdx.y * count;
    }

    EDDY_DEVICE bool have(int i) const { return i < count && first + i < all; }
};

// Calls f(entry, the first of up to SIZE elements) for each of the block's groups. An entry's first group is the one that may write
// what the slot keeps, if that alone reads it.
template <int SIZE, class F>
EDDY_DEVICE void each_group(const Batch& batch, F f) {
    BlockRows rows(batch);
    int entries[GROUP_ELEMENTS];
    int begins[GROUP_ELEMENTS];
#pragma unroll
    for (int i = 0; i < GROUP_ELEMENTS; i++) {
        entries[i] = rows.have(i) ? batch.row_entry[rows.first + i] : -1;
    }
#pragma unroll
    for (int i = 0; i < GROUP_ELEMENTS; i++) {
        int t = entries[i] < 0 ? 0 : rows.first + i - batch.entries[entries[i]].offset;
        bool begins_here = entries[i] >= 0 && t % SIZE == 0 && t < batch.entries[entries[i]].absorbed;
        begins[i] = begins_here ? t : -1;
    }
#pragma unroll 1
    for (int i = 0; i < rows.count; i++) {
        int entry = entries[0];
        int from = begins[0];
#pragma unroll
        for (int j = 0; j < GROUP_ELEMENTS - 1; j++) {
            entries[j] = entries[j + 1];
            begins[j] = begins[j + 1];
        }
        if (from >= 0) {
            f(batch.entries[entry], from);
        }
    }
}

// The same where f does much: nothing is held meanwhile, and rows are asked for again. Whole warps call.
template <int SIZE, class F>
EDDY_DEVICE void each_large_group(const Batch& batch, F f) {
    BlockRows rows(batch);
    int lane = threadIdx.x % 32;
    int begins = 0;
    if (rows.have(lane)) {
        const Entry& entry = batch.entries[batch.row_entry[rows.first + lane]];
        int t = rows.first + lane - entry.offset;
        begins = t % SIZE == 0 && t < entry.absorbed;
    }
#pragma unroll 1
    for (int i = 0; i < rows.count; i++) {
        if (__shfl_sync(ALL_LANES, begins, i) != 0) {
            const Entry& entry = batch.entries[batch.row_entry[rows.first + i]];
            f(entry, rows.first + i - entry.offset);
        }
    }
}
