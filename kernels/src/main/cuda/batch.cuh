// One step's ragged batch as the kernels see it: what dev.eddy.kernels.cuda.StepInput writes into one buffer.
#pragma once
#include "device.cuh"

// In Entry.flags.
enum EntryFlags { PENDING_ELEMENT = 1, WANTS_SAMPLE = 2 };

// What became of an entry, in EntryResult.status.
enum EntryStatus { ENTRY_DONE = 0, ENTRY_MASKED = 1, NOTHING_PENDING = 2, BEYOND_VOCABULARY = 3 };

// 104 bytes, 8-aligned; field by field as StepInput writes them.
struct Entry {
    long long start;
    unsigned long long seed;
    int slot;
    int offset;
    int length;
    int flags;
    int branch;
    int absorbed;  // length, until the prepare kernel masks the entry
    int sampling_row;  // its last selected row; first_selected - 1 where it has none
    int top_k;
    float temperature;
    float top_p;
    float min_p;
    float repetition;
    float presence;
    float frequency;
    int penalty_window;
    int top_log_probs;
    int bias;  // first of bias_count ids in the pool, then as many floats
    int bias_count;
    int stops;  // first of stop_count ids in the pool
    int stop_count;
    int pages;  // the slot's page table in the pool
    int first_selected;
};

// A row of the output: where it comes from, and the id to score with it.
struct Selected {
    int entry;
    int row;  // -1: what the slot's carry holds
    int target;  // -1: none
    int sampled;  // 1 if the entry samples from it
};

struct Counts {
    int entries;
    int rows;
    int selected;
    unsigned short groups[2];  // fragments.cuh: of all rows, and of selected ones
    const int* pool;  // lists of ids, bit patterns of floats, page tables
    int unused[10];
    int signals[1];  // of launches, by their number, from 1 on: all that was made before it is there
};

struct EntryResult {
    int id;
    float log_prob;
    int status;
    int unused;
};

// Passed by value in every kernel's parameters.
struct Batch {
    const Counts* counts;
    Entry* entries;
    int* ids;
    const int* row_entry;
    const Selected* selected;
    char* arena;
    long long slot_bytes;
};

EDDY_DEVICE int* signal_of(const Batch& batch, int launch) { return const_cast<int*>(batch.counts->signals + launch); }

// A value [rows, width]: row r begins at at + r * stride.
struct Rows {
    float* at;
    int stride;
    int width;
};

EDDY_DEVICE float* row_of(const Rows& rows, int row) { return rows.at + (long long)row * rows.stride; }

EDDY_DEVICE char* state_of(const Batch& batch, int slot, long long offset) {
    return batch.arena + slot * batch.slot_bytes + offset;
}

// The entry of blocks along y, for a channel of a recurrence; null past the batch, past the width, or masked.
EDDY_DEVICE const Entry* entry_of_channel(const Batch& batch, int channel, int width) {
    if (blockIdx.y >= batch.counts->entries || channel >= width || batch.entries[blockIdx.y].absorbed == 0) {
        return nullptr;
    }
    return batch.entries + blockIdx.y;
}

// Layout of the sampler's field of a slot, in ints (StateLayout).
enum SamplerField { PENDING = 0, HALTED = 1, RECENT = 2, RECENT_MASK = 255 };

// Rows of a launch over elements or over selected rows.
EDDY_DEVICE int rows_of(const Batch& batch, int selected) {
    return selected ? batch.counts->selected : batch.counts->rows;
}

// The kind of groups that the fragments of these rows lie in.
EDDY_DEVICE int group_of(const Batch& batch, int selected) { return batch.counts->groups[selected ? 1 : 0]; }
