// What a device's memory gives when it is read, and nothing else done: the yardstick of eddy's benchmarks.
#include "device.cuh"

struct BandwidthParams {
    const uint4* from;  // [count]
    unsigned* sum;      // zero before
    long long count;
};

enum { BANDWIDTH_THREADS = 512, BANDWIDTH_AHEAD = 8 };

EDDY_DEVICE unsigned sum_of(const uint4& x) { return x.x + x.y + x.z + x.w; }

// sum = all words, modulo 2^32; whatever the grid. A thread has some loads under way at a time.
EDDY_KERNEL_BOUNDS(read_memory, BandwidthParams, BANDWIDTH_THREADS) {
    long long stride = (long long)gridDim.x * blockDim.x;
    long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    unsigned sum = 0;
    for (; i + (BANDWIDTH_AHEAD - 1) * stride < p.count; i += BANDWIDTH_AHEAD * stride) {
        uint4 held[BANDWIDTH_AHEAD];
#pragma unroll
        for (int k = 0; k < BANDWIDTH_AHEAD; k++) {
            held[k] = load_once(p.from + i + k * stride);
        }
#pragma unroll
        for (int k = 0; k < BANDWIDTH_AHEAD; k++) {
            sum += sum_of(held[k]);
        }
    }
    for (; i < p.count; i += stride) {
        sum += sum_of(load_once(p.from + i));
    }
    for (int half = 16; half > 0; half >>= 1) {
        sum += __shfl_xor_sync(0xffffffffu, sum, half);
    }
    if (threadIdx.x % 32 == 0) {
        atomicAdd(p.sum, sum);
    }
}
