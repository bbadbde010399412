// FIR ring: a depthwise causal convolution. A thread has a channel of some neighbouring elements of an entry, whose window is
// read from the slot or the rows before. Reference: ReferenceScans.fir.
#include "element_groups.cuh"
#include "functions.cuh"
#include "history.cuh"

struct FirParams {
    Batch batch;
    Rows x;
    Rows out;
    const float* taps;  // [K, C], oldest first
    const float* bias;
    int order;
    int keeps;  // whether `fir` keeps the inputs: no block but an entry's first one reads those that are kept
    long long window;  // [K - 1, C], oldest first, bytes from the start of a slot
};

// The calling thread's channel of an entry.
struct FirChannel {
    const Entry& entry;
    int c;
    float* window;

    EDDY_DEVICE FirChannel(const FirParams& p, const Entry& entry, int c)
        : entry(entry), c(c), window((float*)state_of(p.batch, entry.slot, p.window) + c) {}

    // The channel's input `t` elements after the entry's first; before it, what the slot keeps; 0 after the last.
    EDDY_DEVICE float input(const FirParams& p, int t) const {
        return t >= entry.absorbed ? 0.0f
               : t < 0              ? window[(long long)(t + p.order - 1) * p.out.width]
                                    : row_of(p.x, entry.offset + t)[c];
    }

    // Leaves the last K - 1 inputs, oldest first: some are read before any of these is written, where only later ones lie.
    EDDY_DEVICE void keep(const FirParams& p) const {
        int kept = p.order - 1;
        for (int from = 0; from < kept; from += GROUP_ELEMENTS) {
            float held[GROUP_ELEMENTS];
#pragma unroll
            for (int i = 0; i < GROUP_ELEMENTS; i++) {
                held[i] = input(p, entry.absorbed - kept + from + i);
            }
#pragma unroll
            for (int i = 0; i < GROUP_ELEMENTS; i++) {
                if (from + i < kept) {
                    window[(long long)(from + i) * p.out.width] = held[i];
                }
            }
        }
    }
};

// The sums of a group's elements, each tap for all of them: inputs move down by one with every tap.
EDDY_DEVICE void fir_group(const FirParams& p, const FirChannel& own, int from) {
    float sums[GROUP_ELEMENTS];
    float held[GROUP_ELEMENTS];
    float bias = p.bias == nullptr ? 0.0f : p.bias[own.c];
    int first = from - (p.order - 1);
#pragma unroll
    for (int i = 0; i < GROUP_ELEMENTS; i++) {
        sums[i] = bias;
        held[i] = own.input(p, first + i);
    }
#pragma unroll 8
    for (int j = 0; j < p.order; j++) {
        float tap = p.taps[(long long)j * p.out.width + own.c];
        float next = own.input(p, first + j + GROUP_ELEMENTS);
#pragma unroll
        for (int i = 0; i < GROUP_ELEMENTS; i++) {
            sums[i] = fmaf(tap, held[i], sums[i]);
        }
#pragma unroll
        for (int i = 0; i < GROUP_ELEMENTS - 1; i++) {
            held[i] = held[i + 1];
        }
        held[GROUP_ELEMENTS - 1] = next;
    }
#pragma unroll
    for (int i = 0; i < GROUP_ELEMENTS; i++) {
        if (from + i < own.entry.absorbed) {
            row_of(p.out, own.entry.offset + from + i)[own.c] = sums[i];
        }
    }
}

// Grid: x channels, y rows.
EDDY_KERNEL(fir, FirParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= p.out.width) {
        return;
    }
    each_group<GROUP_ELEMENTS>(p.batch, [&](const Entry& entry, int from) {
        FirChannel own(p, entry, c);
        fir_group(p, own, from);
        if (p.keeps && from == 0) {
            own.keep(p);
        }
    });
}

// Grid: x channels, y entries.
EDDY_KERNEL(fir_keep, FirParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    const Entry* entry = entry_of_channel(p.batch, c, p.out.width);
    if (entry != nullptr) {
        FirChannel(p, *entry, c).keep(p);
    }
}

struct GrowingFirParams {
    Batch batch;
    Rows x;
    Rows out;
    const float* taps;  // [K, C], oldest first
    const float* bias;
    int order;
    int unused;
    History past;  // rows before this step
};

// A filter as long as the training: every row by position. Grid: x channels, y rows.
EDDY_KERNEL(fir_growing, GrowingFirParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (c >= p.out.width) {
        return;
    }
    for (int row = blockIdx.y; row < p.batch.counts->rows; row += gridDim.y) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        if (row - entry.offset >= entry.absorbed) {
            continue;
        }
        int position = (int)entry.start + row - entry.offset;
        float sum = p.bias == nullptr ? 0.0f : p.bias[c];
        for (int at = 0; at <= position; at++) {
            const float* x = past_row(p.batch, p.past, entry, p.x, at);
            sum = fmaf(p.taps[(long long)(p.order - 1 - (position - at)) * p.out.width + c], x[c], sum);
        }
        row_of(p.out, row)[c] = sum;
    }
}
