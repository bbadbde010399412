// Blocks that run at the same time on neighbouring multiprocessors and read each other's shared memory (PTX ISA, cluster;
// sm_90), along z. On sm_80 every block is a cluster of its own. Emulated: kernels/src/test/c/cluster.h.
#pragma once
#include "pipeline.cuh"

#ifdef EDDY_EMULATED
#include "cluster.h"
#else

#if __CUDA_ARCH__ >= 900
#define EDDY_CLUSTERS 1
#else
#define EDDY_CLUSTERS 0
#endif

// Waits for all threads of the cluster's blocks, and sees what they wrote to shared memory.
EDDY_DEVICE void cluster_sync() {
#if EDDY_CLUSTERS
    asm volatile("barrier.cluster.arrive.release;\nbarrier.cluster.wait.acquire;" ::: "memory");
#else
    __syncthreads();
#endif
}

// The same in two steps, for nothing that they write, which would be all they stored: a thread says that it has read all it
// wants of the others' memory, or of its own block's, and later waits until all have said so.
EDDY_DEVICE void cluster_arrive() {
#if EDDY_CLUSTERS
    asm volatile("barrier.cluster.arrive.relaxed;" ::: "memory");
#endif
}

EDDY_DEVICE void cluster_wait() {
#if EDDY_CLUSTERS
    asm volatile("barrier.cluster.wait;" ::: "memory");
#else
    __syncthreads();
#endif
}

// Where this address of the calling block's shared memory is in that of the cluster's block `rank`.
EDDY_DEVICE uint32_t cluster_address(const void* at, int rank) {
    uint32_t there = 0;
#if EDDY_CLUSTERS
    asm volatile("mapa.shared::cluster.u32 %0, %1, %2;" : "=r"(there) : "r"(shared_address(at)), "r"(rank));
#endif
    return there;
}

// What lies at this address there.
EDDY_DEVICE float4 cluster_read(const float4* at, int rank) {
#if EDDY_CLUSTERS
    float4 v;
    asm volatile("ld.shared::cluster.v4.f32 {%0,%1,%2,%3}, [%4];"
                 : "=f"(v.x), "=f"(v.y), "=f"(v.z), "=f"(v.w)
                 : "r"(cluster_address(at, rank))
                 : "memory");
    return v;
#else
    return *at;
#endif
}

// Brings a value to this address in the cluster's block `rank`, whose barrier at that address counts its bytes (PTX ISA,
// st.async): nobody waits for it, and no cache is emptied, as cluster_sync does.
EDDY_DEVICE void cluster_push(float4* at, int rank, float4 v, Barrier* b) {
#if EDDY_CLUSTERS
    uint32_t there = cluster_address(at, rank);
    uint32_t counts = cluster_address(b, rank);
    asm volatile("st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.f32 [%0], {%1,%2,%3,%4}, [%5];" ::"r"(there),
                 "f"(v.x), "f"(v.y), "f"(v.z), "f"(v.w), "r"(counts)
                 : "memory");
#endif
}

// The same with one number.
EDDY_DEVICE void cluster_push(float* at, int rank, float v, Barrier* b) {
#if EDDY_CLUSTERS
    uint32_t there = cluster_address(at, rank);
    uint32_t counts = cluster_address(b, rank);
    asm volatile("st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.f32 [%0], %1, [%2];" ::"r"(there), "f"(v),
                 "r"(counts)
                 : "memory");
#endif
}

// As barrier_wait, and sees what other blocks brought.
EDDY_DEVICE void cluster_await(Barrier* b, uint32_t parity) {
#if EDDY_CLUSTERS
    asm volatile(
        "{\n.reg .pred open;\nagain: mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 open, [%0], %1;\n@!open bra "
        "again;\n}" ::"r"(shared_address(b)),
        "r"(parity)
        : "memory");
#endif
}

#endif

// Waits for all threads of a cluster along z, which may be one block.
EDDY_DEVICE void team_sync() {
    if (gridDim.z > 1) {
        cluster_sync();
    } else {
        __syncthreads();
    }
}
