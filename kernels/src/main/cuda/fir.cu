// FIR ring: a depthwise causal convolution. A thread has a channel of an entry; its window is read from the slot once
// and written back once. Reference: ReferenceScans.fir.
#include "batch.cuh"
#include "functions.cuh"
#include "history.cuh"

struct FirParams {
    Batch batch;
    Rows x;
    Rows out;
    const float* taps;  // [K, C], oldest first
    const float* bias;
    int order;
    int unused;
    long long window;  // [K - 1, C], oldest first, bytes from the start of a slot
};

// The window in registers: K - 1 values that move up by one with every element.
template <int ORDER>
EDDY_DEVICE void fir_in_registers(const FirParams& p, const Entry& entry, float* window, int c) {
    int width = p.out.width;
    float taps[ORDER];
    float held[ORDER];
#pragma unroll
    for (int j = 0; j < ORDER; j++) {
        taps[j] = p.taps[j * width + c];
        held[j] = j < ORDER - 1 ? window[j * width + c] : 0.0f;
    }
    float bias = p.bias == nullptr ? 0.0f : p.bias[c];
    for (int t = 0; t < entry.absorbed; t++) {
        held[ORDER - 1] = row_of(p.x, entry.offset + t)[c];
        float sum = bias;
#pragma unroll
        for (int j = 0; j < ORDER; j++) {
            sum = fmaf(taps[j], held[j], sum);
        }
        row_of(p.out, entry.offset + t)[c] = sum;
#pragma unroll
        for (int j = 0; j < ORDER - 1; j++) {
            held[j] = held[j + 1];
        }
    }
#pragma unroll
    for (int j = 0; j < ORDER - 1; j++) {
        window[j * width + c] = held[j];
    }
}

EDDY_DEVICE void fir_of_any_order(const FirParams& p, const Entry& entry, float* window, int c) {
    int width = p.out.width;
    int kept = p.order - 1;
    float bias = p.bias == nullptr ? 0.0f : p.bias[c];
    for (int t = 0; t < entry.absorbed; t++) {
        float sum = bias;
        for (int j = 0; j < p.order; j++) {
            int back = t - kept + j;
            float x = back < 0 ? window[(back + kept) * width + c] : row_of(p.x, entry.offset + back)[c];
            sum = fmaf(p.taps[j * width + c], x, sum);
        }
        row_of(p.out, entry.offset + t)[c] = sum;
    }
    for (int j = 0; j < kept; j++) {
        int back = entry.absorbed - kept + j;
        window[j * width + c] =
                back < 0 ? window[(back + kept) * width + c] : row_of(p.x, entry.offset + back)[c];
    }
}

// Grid: x channels, y entries.
EDDY_KERNEL(fir, FirParams) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    int e = blockIdx.y;
    if (e >= p.batch.counts->entries || c >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[e];
    if (entry.absorbed == 0) {
        return;
    }
    float* window = (float*)state_of(p.batch, entry.slot, p.window);
    switch (p.order) {
        case 2:
            fir_in_registers<2>(p, entry, window, c);
            break;
        case 3:
            fir_in_registers<3>(p, entry, window, c);
            break;
        case 4:
            fir_in_registers<4>(p, entry, window, c);
            break;
        case 7:
            fir_in_registers<7>(p, entry, window, c);
            break;
        default:
            fir_of_any_order(p, entry, window, c);
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
