// Counts in global memory by which the blocks of a cooperative launch, all of which run at the same time, wait for one
// another. They only rise, wrapping around: whoever waits knows how far they will have come, or the host clears them.
// Emulated: kernels/src/test/c/flags.h.
#pragma once
#include "device.cuh"

#ifdef EDDY_EMULATED
#include "flags.h"
#else

// Whoever sees the flag so far sees all that the calling thread wrote before, and what other threads of its block wrote
// before a barrier at which it met them.
EDDY_DEVICE void flag_add(unsigned* flag, unsigned by) {
    asm volatile("red.release.gpu.global.add.u32 [%0], %1;" ::"l"(__cvta_generic_to_global(flag)), "r"(by) : "memory");
}

EDDY_DEVICE unsigned flag_read(const unsigned* flag) {
    unsigned v;
    asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(v) : "l"(__cvta_generic_to_global(flag)) : "memory");
    return v;
}

// Waits until the flag has come to `until`. One thread asks for its block, and the others meet it at a barrier; none may read
// by __ldg or load_once what is written during the launch.
EDDY_DEVICE void flag_wait(const unsigned* flag, unsigned until) {
    while ((int)(flag_read(flag) - until) < 0) {
    }
}

#endif
