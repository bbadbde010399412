// Diagonal recurrences with an input-dependent step (Mamba) or one mode a channel (RG-LRU), whose states are in registers from
// an entry's first element to the last where a channel has one mode or sixteen. Reference: ReferenceScans.diagonal and
// recurrence.
#include "ahead.cuh"
#include "lanes.cuh"
#include "quick_functions.cuh"
#include "shared.cuh"

struct DiagonalParams {
    Batch batch;
    Rows x;
    Rows dt;
    Rows b;
    Rows c;
    Rows out;
    const float* a;  // [D, N]
    int in_fours;  // whether rows may be read sixteen bytes at a time
    int unused;
    long long h;  // [D, N], bytes from the start of a slot
};

// Elements on their way into shared memory, in groups of GROUP; a group's place is taken again PLACES groups later. A thread copies
// four neighbouring numbers of an element of each group.
struct ScanRing {
    enum { CHANNELS = 32, MODES = 16, LANES = 4, MINE = MODES / LANES, THREADS = CHANNELS * LANES };
    enum { DT = 0, X = CHANNELS, B = 2 * CHANNELS, C = B + MODES, WIDTH = C + MODES };  // of an element
    enum { GROUP = 4, PLACES = 8, FLOATS = PLACES * GROUP * WIDTH };
    static_assert(GROUP * WIDTH / 4 <= THREADS && GROUP >= LANES - 1, "");

    SharedFloats ring;
    const float* from;  // the calling thread's of the next group
    int stride;  // from a group to the next
    int element;  // of its group; none past the last
    int elements;

    // The block's channels begin at `channel`.
    EDDY_DEVICE ScanRing(float4* ring, const DiagonalParams& p, const Entry& entry, int channel)
        : ring(ring), elements(entry.absorbed) {
        int at = threadIdx.x * 4;
        int column = at % WIDTH;
        element = at / WIDTH;
        const Rows& rows = column < X ? p.dt : column < B ? p.x : column < C ? p.b : p.c;
        int of_rows = column < B ? channel + column % CHANNELS : (column - B) % MODES;
        from = row_of(rows, entry.offset + element) + of_rows;
        stride = GROUP * rows.stride;
        if (element >= GROUP || of_rows >= rows.width) {
            element = elements;
        }
    }

    EDDY_DEVICE SharedFloats of(int e) const { return ring + (e & (PLACES * GROUP - 1)) * WIDTH; }

    // A group of copies, empty past the last element: one group after the other.
    EDDY_DEVICE void ask(int group) {
        if (group * GROUP + element < elements) {
            (of(group * GROUP) + 4 * threadIdx.x).copy_later(from, true);
        }
        from += stride;
        copies_end();
    }
};

// What a lane's modes decay by and what is written to them, of two elements from `first` on: neither waits for a state, nor one for the
// other.
EDDY_DEVICE void scan_inputs(const ScanRing& x, int first, int own, int lane, const float (&a)[ScanRing::MINE],
                             float (&decays)[2 * ScanRing::MINE], float (&writes)[2 * ScanRing::MINE]) {
    typedef ScanRing Ring;
    float powers[2 * Ring::MINE];
    bool all_usual = true;
#pragma unroll
    for (int i = 0; i < 2; i++) {
        SharedFloats at = x.of(first + i);
        float step = at.one(Ring::DT + own);
        float input = step * at.one(Ring::X + own);
        float4 b = at.four(Ring::B + lane * Ring::MINE);
        float into[Ring::MINE] = {b.x, b.y, b.z, b.w};
#pragma unroll
        for (int n = 0; n < Ring::MINE; n++) {
            powers[i * Ring::MINE + n] = step * a[n];
            writes[i * Ring::MINE + n] = input * into[n];
            all_usual &= usual(powers[i * Ring::MINE + n]);
        }
    }
    if (all_usual) {
        quick_exp(powers, decays);
    } else {
#pragma unroll
        for (int n = 0; n < 2 * Ring::MINE; n++) {
            decays[n] = eddy_exp(powers[n]);
        }
    }
}

// Four lanes have a channel, four modes each. The sum over all modes goes through them in order: each is an element behind
// the lane before it, which hands on what it has of that element's sum.
template <class Keep>
EDDY_DEVICE void diagonal_of_sixteen(const DiagonalParams& p, const Entry& entry, typename Keep::Stored* states) {
    typedef ScanRing Ring;
    EDDY_SHARED(float4, ring, Ring::FLOATS / 4);
    int channel = blockIdx.x * Ring::CHANNELS;
    Ring x(ring, p, entry, channel);
#pragma unroll
    for (int group = 0; group < Ring::PLACES - 2; group++) {
        x.ask(group);
    }
    int own = afresh((int)threadIdx.x / Ring::LANES);
    int lane = afresh((int)threadIdx.x % Ring::LANES);
    bool there = channel + own < p.out.width;
    int d = min(channel + own, p.out.width - 1);
    typename Keep::Stored* state = states + (long long)d * Ring::MODES + lane * Ring::MINE;
    float h[Ring::MINE];
    float a[Ring::MINE];
    Keep::template load_all<Ring::MINE>(h, state);
    KeepF32::load_all<Ring::MINE>(a, p.a + (long long)d * Ring::MODES + lane * Ring::MINE);
    int elements = entry.absorbed;
    int writes_from = there && lane == Ring::LANES - 1 ? 0 : elements;
    float* out = row_of(p.out, entry.offset) + d - (long long)lane * p.out.stride;
    float y = 0.0f;
    for (int group = 0; group * Ring::GROUP < elements + Ring::LANES - 1; group++) {
        copies_wait_but<Ring::PLACES - 3>();
        __syncthreads();  // all have the group, and nobody reads the one before the last any longer
        x.ask(group + Ring::PLACES - 2);
        float decays[2 * Ring::MINE];
        float writes[2 * Ring::MINE];
#pragma unroll
        for (int i = 0; i < Ring::GROUP; i++) {
            int e = group * Ring::GROUP + i - lane;  // before the first one or past the last: nothing of it stays
            if (i % 2 == 0) {
                scan_inputs(x, e, own, lane, a, decays, writes);
            }
            int from = i % 2 * Ring::MINE;
            float4 c = x.of(e).four(Ring::C + lane * Ring::MINE);
            float reads[Ring::MINE] = {c.x, c.y, c.z, c.w};
            bool held = e >= 0 && e < elements;
            y = __shfl_up_sync(ALL_LANES, y, 1);
            y = lane == 0 ? 0.0f : y;
#pragma unroll
            for (int n = 0; n < Ring::MINE; n++) {
                float next = Keep::round(fmaf(decays[from + n], h[n], writes[from + n]));
                h[n] = held ? next : h[n];
                y = fmaf(h[n], reads[n], y);
            }
            if (held && e >= writes_from) {
                *out = y;
            }
            out += p.out.stride;
        }
    }
    if (there) {
        Keep::template store_all<Ring::MINE>(state, h);
    }
}

template <class Keep>
EDDY_DEVICE void diagonal_in_memory(
        const DiagonalParams& p, const Entry& entry, typename Keep::Stored* state, int d) {
    int modes = p.b.width;
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        float step = row_of(p.dt, row)[d];
        float input = step * row_of(p.x, row)[d];
        float y = 0.0f;
        for (int n = 0; n < modes; n++) {
            int i = d * modes + n;
            float next = fmaf(eddy_exp(step * p.a[i]), Keep::load(state + i), input * row_of(p.b, row)[n]);
            Keep::store(state + i, next);
            y = fmaf(Keep::round(next), row_of(p.c, row)[n], y);
        }
        row_of(p.out, row)[d] = y;
    }
}

template <class Keep>
EDDY_DEVICE void diagonal(const DiagonalParams& p) {
    if (blockIdx.y >= p.batch.counts->entries) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h);
    if (p.b.width == ScanRing::MODES && p.in_fours) {
        diagonal_of_sixteen<Keep>(p, entry, state);
        return;
    }
    int d = blockIdx.x * ScanRing::CHANNELS + threadIdx.x;
    if (threadIdx.x < ScanRing::CHANNELS && d < p.out.width) {
        diagonal_in_memory<Keep>(p, entry, state, d);
    }
}

// Grid: x ScanRing::CHANNELS channels, y entries. Registers for more blocks than four would not be used for exponentials side by side.
EDDY_KERNEL_AFTER(diagonal_f32, DiagonalParams, __launch_bounds__(ScanRing::THREADS, 4)) { diagonal<KeepF32>(p); }

EDDY_KERNEL_AFTER(diagonal_bf16, DiagonalParams, __launch_bounds__(ScanRing::THREADS, 4)) { diagonal<KeepBf16>(p); }

struct RecurrenceParams {
    Batch batch;
    Rows a;
    Rows b;
    Rows out;
    long long h;
};

template <class Keep>
EDDY_DEVICE void recurrence(const RecurrenceParams& p) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, c, p.out.width);
    if (entry == nullptr) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry->slot, p.h) + c;
    float h = Keep::load(state);
    ColumnsAhead<2> x;
    x.read(0, p.a, entry->offset, c);
    x.read(1, p.b, entry->offset, c);
    x.each(entry->absorbed, [&](int t, const float* element) {
        h = Keep::round(fmaf(element[0], h, element[1]));
        row_of(p.out, entry->offset + t)[c] = h;
    });
    Keep::store(state, h);
}

// Grid: x channels, y entries.
EDDY_KERNEL(recurrence_f32, RecurrenceParams) { recurrence<KeepF32>(p); }

EDDY_KERNEL(recurrence_bf16, RecurrenceParams) { recurrence<KeepBf16>(p); }
