// Diagonal recurrences with an input-dependent step (Mamba) or one mode a channel (RG-LRU), whose states are in registers from
// an entry's first element to the last where a channel has one mode or sixteen. Reference: ReferenceScans.diagonal and
// recurrence.
#include "ahead.cuh"
#include "lanes.cuh"
#include "quick_functions.cuh"

struct DiagonalParams {
    Batch batch;
    Rows x;
    Rows dt;
    Rows b;
    Rows c;
    Rows out;
    const float* a;  // [D, N]
    long long h;  // [D, N], bytes from the start of a slot
};

// Elements on their way into shared memory, in groups of GROUP; a group's place is taken again PLACES groups later.
struct ScanRing {
    enum { CHANNELS = 32, MODES = 16, LANES = 4, MINE = MODES / LANES, THREADS = CHANNELS * LANES };
    enum { DT = 0, X = CHANNELS, B = 2 * CHANNELS, C = B + MODES, WIDTH = C + MODES };  // of an element
    enum { GROUP = 4, PLACES = 8, COPIES = GROUP * WIDTH / THREADS, FLOATS = PLACES * GROUP * WIDTH };
    static_assert(GROUP * WIDTH % THREADS == 0 && GROUP >= LANES - 1, "");

    float* ring;
    const float* from[COPIES];  // what the calling thread copies of the first group
    int stride[COPIES];
    int elements;

    // The block's channels begin at `channel`.
    EDDY_DEVICE ScanRing(float* ring, const DiagonalParams& p, const Entry& entry, int channel)
        : ring(ring), elements(entry.absorbed) {
#pragma unroll
        for (int i = 0; i < COPIES; i++) {
            int at = threadIdx.x + i * THREADS;
            int column = at % WIDTH;
            const Rows& rows = column < X ? p.dt : column < B ? p.x : column < C ? p.b : p.c;
            int of_rows = column < B ? min(channel + column % CHANNELS, rows.width - 1) : (column - B) % MODES;
            from[i] = row_of(rows, entry.offset + at / WIDTH) + of_rows;
            stride[i] = rows.stride;
        }
    }

    EDDY_DEVICE float* element(int e) { return ring + e % (PLACES * GROUP) * WIDTH; }

    // A group of copies, empty past the last element.
    EDDY_DEVICE void ask(int group) {
#pragma unroll
        for (int i = 0; i < COPIES; i++) {
            int at = threadIdx.x + i * THREADS;
            if (group * GROUP + at / WIDTH < elements) {
                copy_later(element(group * GROUP) + at, from[i] + (long long)group * GROUP * stride[i], false);
            }
        }
        copies_end();
    }
};

// Four lanes have a channel, four modes each. The sum over all modes goes through them in order: each is an element behind
// the lane before it, which hands on what it has of that element's sum.
template <class Keep>
EDDY_DEVICE void diagonal_of_sixteen(const DiagonalParams& p, const Entry& entry, typename Keep::Stored* states) {
    typedef ScanRing Ring;
    EDDY_SHARED(float4, ring, Ring::FLOATS / 4);
    int channel = blockIdx.x * Ring::CHANNELS;
    Ring elements((float*)ring, p, entry, channel);
#pragma unroll
    for (int group = 0; group < Ring::PLACES - 2; group++) {
        elements.ask(group);
    }
    int own = threadIdx.x / Ring::LANES;
    int lane = threadIdx.x % Ring::LANES;
    bool there = channel + own < p.out.width;
    int d = min(channel + own, p.out.width - 1);
    typename Keep::Stored* state = states + (long long)d * Ring::MODES + lane * Ring::MINE;
    float h[Ring::MINE];
    float a[Ring::MINE];
    Keep::template load_all<Ring::MINE>(h, state);
    KeepF32::load_all<Ring::MINE>(a, p.a + (long long)d * Ring::MODES + lane * Ring::MINE);
    float y = 0.0f;
    for (int group = 0; group * Ring::GROUP < entry.absorbed + Ring::LANES - 1; group++) {
        copies_wait_but<Ring::PLACES - 3>();
        __syncthreads();  // all have the group, and nobody reads the one before the last any longer
        elements.ask(group + Ring::PLACES - 2);
#pragma unroll
        for (int i = 0; i < Ring::GROUP; i++) {
            int e = group * Ring::GROUP + i - lane;
            bool held = e >= 0 && e < entry.absorbed;
            const float* at = elements.element(max(e, 0));
            float step = at[Ring::DT + own];
            float input = step * at[Ring::X + own];
            float4 b = *(const float4*)(at + Ring::B + lane * Ring::MINE);
            float4 c = *(const float4*)(at + Ring::C + lane * Ring::MINE);
            float writes[Ring::MINE] = {b.x, b.y, b.z, b.w};
            float reads[Ring::MINE] = {c.x, c.y, c.z, c.w};
            float4 decays = quick_four<EXP>(make_float4(step * a[0], step * a[1], step * a[2], step * a[3]));
            float decay[Ring::MINE] = {decays.x, decays.y, decays.z, decays.w};
            y = __shfl_up_sync(ALL_LANES, y, 1);
            y = lane == 0 ? 0.0f : y;
#pragma unroll
            for (int n = 0; n < Ring::MINE; n++) {
                float next = Keep::round(fmaf(decay[n], h[n], input * writes[n]));
                h[n] = held ? next : h[n];
                y = fmaf(h[n], reads[n], y);
            }
            if (held && there && lane == Ring::LANES - 1) {
                row_of(p.out, entry.offset + e)[d] = y;
            }
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
    if (p.b.width == ScanRing::MODES) {
        diagonal_of_sixteen<Keep>(p, entry, state);
        return;
    }
    int d = blockIdx.x * ScanRing::CHANNELS + threadIdx.x;
    if (threadIdx.x < ScanRing::CHANNELS && d < p.out.width) {
        diagonal_in_memory<Keep>(p, entry, state, d);
    }
}

// Grid: x ScanRing::CHANNELS channels, y entries.
EDDY_KERNEL_BOUNDS(diagonal_f32, DiagonalParams, ScanRing::THREADS) { diagonal<KeepF32>(p); }

EDDY_KERNEL_BOUNDS(diagonal_bf16, DiagonalParams, ScanRing::THREADS) { diagonal<KeepBf16>(p); }

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
    if (blockIdx.y >= p.batch.counts->entries || c >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h) + c;
    float h = Keep::load(state);
    ColumnsAhead<2> x;
    x.read(0, p.a, entry.offset, c);
    x.read(1, p.b, entry.offset, c);
    x.each(entry.absorbed, [&](int t, const float* element) {
        h = Keep::round(fmaf(element[0], h, element[1]));
        row_of(p.out, entry.offset + t)[c] = h;
    });
    Keep::store(state, h);
}

// Grid: x channels, y entries.
EDDY_KERNEL(recurrence_f32, RecurrenceParams) { recurrence<KeepF32>(p); }

EDDY_KERNEL(recurrence_bf16, RecurrenceParams) { recurrence<KeepBf16>(p); }
