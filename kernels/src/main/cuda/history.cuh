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

// Which page a position lies in, or where in the ring.
EDDY_DEVICE int kept_place(const Batch& batch, const History& past, const Entry& entry, long long position) {
    return past.pool == nullptr ? (int)(position % past.positions)
                                : batch.counts->pool[entry.pages + position / PAGE_POSITIONS];
}

// The row of a position whose place is known.
EDDY_DEVICE float* kept_at(const Batch& batch, const History& past, const Entry& entry, long long position, int place) {
    if (past.pool == nullptr) {
        return (float*)state_of(batch, entry.slot, past.ring) + (long long)place * past.width;
    }
    return past.pool + ((long long)place * PAGE_POSITIONS + position % PAGE_POSITIONS) * past.width;
}

EDDY_DEVICE float* kept_row(const Batch& batch, const History& past, const Entry& entry, long long position) {
    return kept_at(batch, past, entry, position, kept_place(batch, past, entry, position));
}

// Row of a position up to the entry's last: of this step's x, or kept.
EDDY_DEVICE const float* past_row(
        const Batch& batch, const History& past, const Entry& entry, const Rows& x, long long position) {
    return position >= entry.start ? row_of(x, entry.offset + (int)(position - entry.start))
                                   : kept_row(batch, past, entry, position);
}

// past_row of consecutive positions that lie in a page or, as far as they are kept, in a ring at the same time.
struct PastRows {
    const float* kept;  // the first one's, if it is kept
    const float* own;   // the first one's, if it is the step's
    int width;
    int stride;
    int positions;  // of the ring
    int wrap;       // the first that lies at the ring's beginning again
    int first_own;  // the first that is the step's

    // The place is the first one's.
    EDDY_DEVICE PastRows(const Batch& batch, const History& past, const Entry& entry, const Rows& x, long long from, int place)
        : kept(kept_at(batch, past, entry, from, place)),
          width(past.width),
          stride(x.stride),
          positions(past.positions),
          wrap(past.pool == nullptr ? past.positions - place : (int)PAGE_POSITIONS),
          first_own((int)max(min(entry.start - from, (long long)PAGE_POSITIONS), 0ll)) {
        own = x.at + (entry.offset + from - entry.start) * stride;
    }

    // Calls f(the first's address, floats from one to the next, first, end) for each run of rows `from` to from + count - 1 that lie
    // at equal distances; first and end count from `from` on.
    template <class F>
    EDDY_DEVICE void each_run(int from, int count, F f) const {
#pragma unroll 1
        for (int i = from; i < from + count;) {
            bool fresh = i >= first_own;
            bool wrapped = !fresh && i >= wrap;
            int end = min(from + count, fresh ? from + count : wrapped ? first_own : min(wrap, first_own));
            int apart = fresh ? stride : width;
            f((fresh ? own : kept) + (long long)(wrapped ? i - positions : i) * apart, apart, i - from, end - from);
            i = end;
        }
    }

    // Whether all rows begin at a multiple of sixteen bytes.
    EDDY_DEVICE bool in_fours() const {
        return (((unsigned long long)kept | (unsigned long long)own) & 15) == 0 && (stride | width) % 4 == 0;
    }
};
