// What all of Eddy's device code shares.
#pragma once
#include "eddy.cuh"

#define EDDY_DEVICE __device__ __forceinline__

// Sixteen bytes that no other thread will read: past the first-level cache.
EDDY_DEVICE uint4 load_once(const uint4* at) {
#ifdef EDDY_EMULATED
    return *at;
#else
    uint4 v;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0,%1,%2,%3}, [%4];"
                 : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w)
                 : "l"(at));
    return v;
#endif
}

// Copies of 16 or 4 bytes from device into shared memory that go on while the thread does other things; copies_wait
// waits for all that the calling thread began, and other threads see them after a __syncthreads.
#ifndef EDDY_EMULATED
EDDY_DEVICE void copy_later(uint32_t shared, const float* from, bool wide) {
    if (wide) {
        asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(shared), "l"(from) : "memory");
    } else {
        asm volatile("cp.async.ca.shared.global [%0], [%1], 4;" ::"r"(shared), "l"(from) : "memory");
    }
}
#endif

EDDY_DEVICE void copy_later(float* to, const float* from, bool wide) {
#ifdef EDDY_EMULATED
    memcpy(to, from, wide ? 16 : 4);
#else
    copy_later((uint32_t)__cvta_generic_to_shared(to), from, wide);
#endif
}

EDDY_DEVICE void copies_wait() {
#ifndef EDDY_EMULATED
    asm volatile("cp.async.wait_all;" ::: "memory");
#endif
}

// Ends a group of copies; waits for all of the calling thread's groups but the last `most`.
EDDY_DEVICE void copies_end() {
#ifndef EDDY_EMULATED
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}

template <int most>
EDDY_DEVICE void copies_wait_but() {
#ifndef EDDY_EMULATED
    asm volatile("cp.async.wait_group %0;" ::"n"(most) : "memory");
#endif
}

// Asks for the line at an address to be brought into the second-level cache.
EDDY_DEVICE void prefetch(const void* at) {
#ifndef EDDY_EMULATED
    asm volatile("prefetch.global.L2 [%0];" ::"l"(at));
#endif
}

// The same address or number, which the compiler takes for another: what is made of it is computed again instead of kept in
// registers from an earlier use, and it is kept itself.
template <class T>
EDDY_DEVICE T* afresh(T* at) {
#ifndef EDDY_EMULATED
    asm volatile("" : "+l"(at));
#endif
    return at;
}

EDDY_DEVICE int afresh(int number) {
#ifndef EDDY_EMULATED
    asm volatile("" : "+r"(number));
#endif
    return number;
}
