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
