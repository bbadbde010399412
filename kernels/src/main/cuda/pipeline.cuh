// Copies from device into shared memory that run ahead of the threads that use them: one warp copies, the others wait at
// a barrier that opens when a stage's bytes have come (PTX ISA, mbarrier). sm_90 has an engine for it, which one lane
// sets off; on sm_80 the warp's lanes copy 16 bytes each. Emulated: kernels/src/test/c/mbarrier.h.
#pragma once
#include "device.cuh"

#ifdef EDDY_EMULATED
#include "mbarrier.h"
#else

#if __CUDA_ARCH__ >= 900
#define EDDY_COPY_ENGINE 1
#else
#define EDDY_COPY_ENGINE 0
#endif

typedef uint64_t Barrier;

EDDY_DEVICE uint32_t shared_address(const void* at) { return (uint32_t)__cvta_generic_to_shared(at); }

// A barrier that opens each time `arrivals` threads have come.
EDDY_DEVICE void barrier_init(Barrier* b, int arrivals) {
    asm volatile("mbarrier.init.shared.b64 [%0], %1;" ::"r"(shared_address(b)), "r"(arrivals) : "memory");
}

// One that opens each time so many warps have come by copy_begin, and the bytes that they announced.
EDDY_DEVICE void barrier_init_for_copies(Barrier* b, int warps) { barrier_init(b, (EDDY_COPY_ENGINE ? 1 : 32) * warps); }

EDDY_DEVICE void barrier_arrive(Barrier* b) {
    asm volatile("{\n.reg .b64 s;\nmbarrier.arrive.shared.b64 s, [%0];\n}" ::"r"(shared_address(b)) : "memory");
}

// Waits until it has opened for the use that has this parity: 0 for its first, 1 for its second, ...
EDDY_DEVICE void barrier_wait(Barrier* b, uint32_t parity) {
#if EDDY_COPY_ENGINE
    asm volatile(
        "{\n.reg .pred open;\nagain: mbarrier.try_wait.parity.shared.b64 open, [%0], %1;\n@!open bra again;\n}" ::"r"(
            shared_address(b)),
        "r"(parity)
        : "memory");
#else
    // sm_80 has no parities; waiting for the phase before the current one says the same.
    asm volatile(
        "{\n.reg .pred open;\nagain: mbarrier.test_wait.parity.shared.b64 open, [%0], %1;\n@!open bra again;\n}" ::"r"(
            shared_address(b)),
        "r"(parity)
        : "memory");
#endif
}

// Whether the calling lane of a whole warp takes part in copying: one with an engine, else all.
EDDY_DEVICE bool copies_here() {
#if EDDY_COPY_ENGINE
    uint32_t chosen;
    asm volatile("{\n.reg .pred p;\nelect.sync _|p, 0xffffffff;\nselp.u32 %0, 1, 0, p;\n}" : "=r"(chosen));
    return chosen != 0;
#else
    return true;
#endif
}

// By the lanes that copy, before a stage's copies.
EDDY_DEVICE void copy_begin(Barrier* b, uint32_t bytes) {
#if EDDY_COPY_ENGINE
    asm volatile("{\n.reg .b64 s;\nmbarrier.arrive.expect_tx.shared.b64 s, [%0], %1;\n}" ::"r"(shared_address(b)),
                 "r"(bytes)
                 : "memory");
#endif
}

// By the lanes that copy; addresses and bytes are multiples of 16.
EDDY_DEVICE void copy_ahead(void* to, const void* from, uint32_t bytes, Barrier* b) {
#if EDDY_COPY_ENGINE
    asm volatile("cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1], %2, [%3];" ::"r"(
                     shared_address(to)),
                 "l"(from), "r"(bytes), "r"(shared_address(b))
                 : "memory");
#else
    int lane = threadIdx.x & 31;
    for (uint32_t at = lane * 16; at < bytes; at += 512) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(shared_address((char*)to + at)),
                     "l"((const char*)from + at)
                     : "memory");
    }
#endif
}

// How long bytes stay in the second-level cache: those that no other block reads leave it first.
EDDY_DEVICE uint64_t copy_policy(bool once) {
    uint64_t policy = 0;
#if EDDY_COPY_ENGINE
    if (once) {
        asm("createpolicy.fractional.L2::evict_first.b64 %0, 1.0;" : "=l"(policy));
    } else {
        asm("createpolicy.fractional.L2::evict_normal.b64 %0, 1.0;" : "=l"(policy));
    }
#endif
    return policy;
}

// copy_ahead with a policy.
EDDY_DEVICE void copy_ahead(void* to, const void* from, uint32_t bytes, Barrier* b, uint64_t policy) {
#if EDDY_COPY_ENGINE
    asm volatile(
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.L2::cache_hint [%0], [%1], %2, [%3], %4;" ::"r"(
            shared_address(to)),
        "l"(from), "r"(bytes), "r"(shared_address(b)), "l"(policy)
        : "memory");
#else
    copy_ahead(to, from, bytes, b);
#endif
}

// By a thread: a barrier counts it when all that it has begun by copy_later is there.
EDDY_DEVICE void copies_arrive(Barrier* b) {
    asm volatile("cp.async.mbarrier.arrive.noinc.shared.b64 [%0];" ::"r"(shared_address(b)) : "memory");
}

// By the lanes that copy, after a stage's copies.
EDDY_DEVICE void copy_end(Barrier* b) {
#if !EDDY_COPY_ENGINE
    copies_arrive(b);
#endif
}

// After barrier_init, before other threads or the copies use the barriers; __syncthreads follows.
EDDY_DEVICE void barriers_ready() {
#if EDDY_COPY_ENGINE
    asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
#endif
}

#endif
