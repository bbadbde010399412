// A kernel that computes nothing of a model: eddy's check that a driver, its copies and its launches work at all.
#include "eddy.cuh"

struct ProbeParams {
    const float* a;  // [count]
    const float* b;  // [count]
    float* sum;      // [count]
    int count;
};

EDDY_KERNEL(probe, ProbeParams) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < p.count) {
        p.sum[i] = p.a[i] + p.b[i];
    }
}
