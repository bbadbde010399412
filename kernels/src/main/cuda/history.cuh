// Rows that a slot has kept, by position: a ring in the slot, or pages of 256 positions (backend.Pages). Kernels read
// what was kept before the step from here and what the step brings from its own rows; history.cu keeps those afterwards.
#pragma once
#include "batch.cuh"

enum { PAGE_POSITIONS = 256 };

struct History {
    long long ring;  // bytes from the start of a slot
    float* pool;  // pages [256, W], or null: a ring
    int positions;  // of the ring
    int width;
};

EDDY_DEVICE float* kept_row(const Batch& batch, const History& past, const Entry& entry, long long position) {
    if (past.pool == nullptr) {
        float* ring = (float*)state_of(batch, entry.slot, past.ring);
        return ring + position % past.positions * past.width;
    }
    long long page = batch.counts->pool[entry.pages + position / PAGE_POSITIONS];
    return past.pool + (page * PAGE_POSITIONS + position % PAGE_POSITIONS) * past.width;
}

// Row of a position up to the entry's last: of this step's x, or kept.
EDDY_DEVICE const float* past_row(
        const Batch& batch, const History& past, const Entry& entry, const Rows& x, long long position) {
    return position >= entry.start ? row_of(x, entry.offset + (int)(position - entry.start))
                                   : kept_row(batch, past, entry, position);
}
