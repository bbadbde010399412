// Kernels for the emulator's own tests: some show what threads do together, some do what no kernel may.
#include "cluster.cuh"
#include "pipeline.cuh"

struct TrialParams {
    float* out;
    const float* in;
    int count;
};

// out[count] = in[count], wherever that is.
EDDY_KERNEL(touch, TrialParams) { p.out[p.count] = p.in[p.count]; }

// Reverses a block's values through shared memory.
EDDY_KERNEL(reverse, TrialParams) {
    EDDY_SHARED(float, values, 256);
    values[threadIdx.x] = p.in[threadIdx.x];
    __syncthreads();
    p.out[threadIdx.x] = values[blockDim.x - 1 - threadIdx.x];
}

// The same without waiting for the others.
EDDY_KERNEL(reverse_unsynchronised, TrialParams) {
    EDDY_SHARED(float, values, 256);
    values[threadIdx.x] = p.in[threadIdx.x];
    p.out[threadIdx.x] = values[blockDim.x - 1 - threadIdx.x];
}

// Half of the threads end early, the others wait for each other twice.
EDDY_KERNEL(leave_early, TrialParams) {
    EDDY_SHARED(float, values, 256);
    if (threadIdx.x % 2 == 1) return;
    values[threadIdx.x] = p.in[threadIdx.x];
    __syncthreads();
    float other = values[(threadIdx.x + 2) % blockDim.x];
    __syncthreads();
    p.out[threadIdx.x] = other;
}

// A lane that its warp waits for has ended.
EDDY_KERNEL(wait_for_nobody, TrialParams) {
    if (threadIdx.x == 3) return;
    p.out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, p.in[threadIdx.x], 1);
}

// Writes one float behind the dynamic shared memory that it was given.
EDDY_KERNEL(overrun_shared, TrialParams) {
    EDDY_DYNAMIC_SHARED(float, values);
    values[p.count] = p.in[0];
    p.out[0] = values[p.count];
}

// A warp's shuffles: six values a lane, [6][32].
EDDY_KERNEL(shuffles, TrialParams) {
    int lane = threadIdx.x;
    float value = p.in[lane];
    p.out[lane] = __shfl_sync(0xffffffffu, value, 5);
    p.out[32 + lane] = __shfl_up_sync(0xffffffffu, value, 3, 16);
    p.out[64 + lane] = __shfl_down_sync(0xffffffffu, value, 3, 16);
    p.out[96 + lane] = __shfl_xor_sync(0xffffffffu, value, 9);
    p.out[128 + lane] = (float)__popc(__ballot_sync(0xffffffffu, value > 10.0f));
    // Each half of the warp on its own.
    unsigned half = lane < 16 ? 0xffffu : 0xffff0000u;
    p.out[160 + lane] = lane < 16 ? __shfl_xor_sync(half, value, 1) : __shfl_xor_sync(half, -value, 2);
}

static __device__ uint32_t pack_bf16(float low, float high) {
    return __float_as_uint(low) >> 16 | (__float_as_uint(high) & 0xffff0000u);
}

// out[16][8] = in[16][16] B + C with B[k][n] = in[256 + 8 k + n], C[m][n] = in[384 + 8 m + n], in bf16. The fragments are
// filled by the formulas of the PTX ISA for mma.m16n8k16.
EDDY_KERNEL(product_bf16, TrialParams) {
    int group = threadIdx.x >> 2, place = threadIdx.x % 4;
    uint32_t a[4], b[2];
    float c[4], d[4];
    for (int i = 0; i < 8; i += 2) {
        int row = i < 2 || (4 <= i && i < 6) ? group : group + 8;
        int column = place * 2 + (i >= 4 ? 8 : 0);
        a[i / 2] = pack_bf16(p.in[row * 16 + column], p.in[row * 16 + column + 1]);
    }
    for (int i = 0; i < 4; i += 2) {
        int row = place * 2 + (i >= 2 ? 8 : 0);
        b[i / 2] = pack_bf16(p.in[256 + row * 8 + group], p.in[256 + (row + 1) * 8 + group]);
    }
    for (int i = 0; i < 4; i++) {
        int row = i < 2 ? group : group + 8, column = place * 2 + (i & 1);
        c[i] = p.in[384 + row * 8 + column];
    }
    mma_bf16_16x8x16(d, a, b, c);
    for (int i = 0; i < 4; i++) {
        int row = i < 2 ? group : group + 8, column = place * 2 + (i & 1);
        p.out[row * 8 + column] = d[i];
    }
}

// out[16][8] = in[16][32] B with B[k][n] = in[512 + 8 k + n], in s8, by the formulas for mma.m16n8k32.
EDDY_KERNEL(product_s8, TrialParams) {
    int group = threadIdx.x >> 2, place = threadIdx.x % 4;
    uint32_t a[4] = {0, 0, 0, 0}, b[2] = {0, 0};
    int c[4] = {0, 0, 0, 0}, d[4];
    for (int i = 0; i < 16; i++) {
        int row = i < 4 || (8 <= i && i < 12) ? group : group + 8;
        int column = place * 4 + (i & 3) + (i >= 8 ? 16 : 0);
        a[i / 4] |= ((uint32_t)(int)p.in[row * 32 + column] & 0xffu) << (i % 4 * 8);
    }
    for (int i = 0; i < 8; i++) {
        int row = place * 4 + (i & 3) + (i >= 4 ? 16 : 0);
        b[i / 4] |= ((uint32_t)(int)p.in[512 + row * 8 + group] & 0xffu) << (i % 4 * 8);
    }
    mma_s8_16x8x32(d, a, b, c);
    for (int i = 0; i < 4; i++) {
        int row = i < 2 ? group : group + 8, column = place * 2 + (i & 1);
        p.out[row * 8 + column] = (float)d[i];
    }
}

// Each block of a cluster writes what the next one has in shared memory.
EDDY_KERNEL(neighbour, TrialParams) {
    EDDY_DYNAMIC_SHARED(float4, value);
    if (threadIdx.x == 0) {
        *value = make_float4(p.in[blockIdx.z], 0.0f, 0.0f, 0.0f);
    }
    cluster_sync();
    p.out[blockIdx.z] = cluster_read(value, (blockIdx.z + 1) % p.count).x;
    cluster_sync();
}

// One of a cluster's blocks does not come to where the others wait.
EDDY_KERNEL(wait_for_a_block, TrialParams) {
    if (blockIdx.z == 1) {
        __shfl_sync(0xffffffffu, 1.0f, 0);
    }
    cluster_sync();
}

// All threads of a cluster arrive at its barrier; a block's upper half waits there only when its lower half has and has said so.
EDDY_KERNEL(wait_by_halves, TrialParams) {
    EDDY_SHARED(Barrier, gone, 1);
    unsigned half = blockDim.x / 2;
    if (threadIdx.x == 0) {
        barrier_init(gone, half);
        barriers_ready();
    }
    __syncthreads();
    cluster_arrive();
    if (threadIdx.x < half) {
        cluster_wait();
        barrier_arrive(gone);
    } else {
        barrier_wait(gone, 0);
        cluster_wait();
        p.out[blockIdx.z * half + threadIdx.x - half] = p.in[threadIdx.x];
    }
}

// Arrives at the cluster's barrier twice, or never, before it waits there.
EDDY_KERNEL(arrive_twice, TrialParams) {
    cluster_arrive();
    cluster_arrive();
    cluster_wait();
}

EDDY_KERNEL(arrive_never, TrialParams) { cluster_wait(); }

// The block's last thread copies in[0..31] into shared memory; if `count` says so, all wait for it and write it to out.
EDDY_KERNEL(copy_late, TrialParams) {
    EDDY_SHARED(float4, values, 8);
    EDDY_SHARED(Barrier, come, 1);
    if (threadIdx.x == 0) {
        barrier_init_for_copies(come, 1);
        barriers_ready();
    }
    __syncthreads();
    if (threadIdx.x == blockDim.x - 1) {
        copy_begin(come, sizeof values);
        copy_ahead(values, p.in, sizeof values, come);
        copy_end(come);
    }
    if (p.count == 0) {
        return;
    }
    barrier_wait(come, 0);
    for (int i = threadIdx.x; i < 32; i += blockDim.x) {
        p.out[i] = reinterpret_cast<const float*>(&values)[i];
    }
}

// The same, and nobody waits before reading.
EDDY_KERNEL(copy_read_early, TrialParams) {
    EDDY_SHARED(float4, values, 8);
    EDDY_SHARED(Barrier, come, 1);
    barrier_init_for_copies(come, 1);
    barriers_ready();
    copy_begin(come, sizeof values);
    copy_ahead(values, p.in, sizeof values, come);
    copy_end(come);
    p.out[0] = values[0].x;
    barrier_wait(come, 0);
}

// Copies the same again before the first copy has come, to a barrier that expects one arrival.
EDDY_KERNEL(copy_again_early, TrialParams) {
    EDDY_SHARED(float4, values, 8);
    EDDY_SHARED(Barrier, come, 1);
    barrier_init_for_copies(come, 1);
    barriers_ready();
    for (int i = 0; i < 2; i++) {
        copy_begin(come, sizeof values);
        copy_ahead(values, p.in, sizeof values, come);
        copy_end(come);
    }
    barrier_wait(come, 0);
}

// out[32][32] = in: two warps take the rows in turns from a ring of `count` slots, up to 4, which a third warp fills. If the
// slots are odd in number, each is one warp's and the other's in turns. A warp then may wait for its own use of a slot when
// the other's, before that, has not come yet; the parity that it waits for is that of the use before the other's, and it goes
// on at once.
EDDY_KERNEL(share_ring, TrialParams) {
    EDDY_SHARED(float4, ring, 4 * 8);
    EDDY_SHARED(Barrier, full, 4);
    EDDY_SHARED(Barrier, empty, 4);
    if (threadIdx.x < 4) {
        barrier_init_for_copies(full + threadIdx.x, 1);
        barrier_init(empty + threadIdx.x, 1);
        barriers_ready();
    }
    __syncthreads();
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    if (warp == 2) {
        for (int i = 0; i < 32 && lane == 0; i++) {
            int slot = i % p.count, use = i / p.count;
            if (use > 0) barrier_wait(empty + slot, (use - 1) & 1);
            copy_begin(full + slot, 128);
            copy_ahead(&ring[slot * 8], p.in + i * 32, 128, full + slot);
            copy_end(full + slot);
        }
        return;
    }
    for (int i = warp; i < 32; i += 2) {
        int slot = i % p.count, use = i / p.count;
        barrier_wait(full + slot, use & 1);
        __syncwarp();
        p.out[i * 32 + lane] = reinterpret_cast<const float*>(&ring[slot * 8])[lane];
        __syncwarp();
        if (lane == 0) barrier_arrive(empty + slot);
    }
}
