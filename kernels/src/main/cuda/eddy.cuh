// What every kernel includes: CUDA C++ itself, or the emulator's twin of it (kernels/src/test/c/emulated.h).
#pragma once

#include <stdint.h>

#ifdef EDDY_EMULATED
#include "emulated.h"
#else

// Launches may overlap (PTX ISA, griddepcontrol; sm_90): a kernel's blocks may be there before the kernel before it has
// ended. grid_release lets the next kernel's blocks come as soon as all of this one's have called it or ended; grid_wait
// waits until all that came before has been done, and nothing that a step writes may be read or written before it.
static __device__ __forceinline__ void grid_release() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

static __device__ __forceinline__ void grid_wait() {
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

// A word of device memory that is 0 when a step begins: whoever waits for it, in another launch too, sees all that the one who
// raised it could see then, by copies of the engine as well.
static __device__ __forceinline__ void signal_raise(int* at) {
    asm volatile("st.release.gpu.global.s32 [%0], 1;" ::"l"(at) : "memory");
}

static __device__ __forceinline__ void signal_wait(const int* at) {
    int raised;
    do {
        asm volatile("ld.acquire.gpu.global.s32 %0, [%1];" : "=r"(raised) : "l"(at) : "memory");
    } while (raised == 0);
#if __CUDA_ARCH__ >= 900
    asm volatile("fence.proxy.async.global;" ::: "memory");
#endif
}

// A kernel takes one struct by value, p. One that is AHEAD calls grid_wait itself, in every block.
#define EDDY_KERNEL_AHEAD(name, Params, bounds)                                                                      \
    extern "C" __global__ void bounds name(const __grid_constant__ Params p)
#define EDDY_KERNEL_AFTER(name, Params, bounds)                                                                      \
    static __device__ void name##_body(const Params& p);                                                             \
    extern "C" __global__ void bounds name(const __grid_constant__ Params p) {                                       \
        grid_release();                                                                                              \
        grid_wait();                                                                                                 \
        name##_body(p);                                                                                              \
    }                                                                                                                \
    static __device__ __forceinline__ void name##_body(const Params& p)
#define EDDY_KERNEL(name, Params) EDDY_KERNEL_AFTER(name, Params, )
#define EDDY_KERNEL_BOUNDS(name, Params, threads) EDDY_KERNEL_AFTER(name, Params, __launch_bounds__(threads))

#define EDDY_SHARED(type, name, size) __shared__ type name[size]
// All of a kernel's dynamic shared memory, whatever the type it is seen as. Where it begins between two lines of 128 bytes, the
// copy engine and wgmma take up to twice as long; wgmma's swizzle goes by addresses modulo 256.
#define EDDY_DYNAMIC_SHARED(type, name)                                                                              \
    extern __shared__ __align__(256) unsigned char eddy_dynamic_shared[];                                           \
    type* name = reinterpret_cast<type*>(eddy_dynamic_shared)

// __syncthreads of the block's first `threads` alone.
static __device__ __forceinline__ void named_barrier(int threads) { asm volatile("bar.sync 1, %0;" ::"r"(threads) : "memory"); }

// d = a b + c with a [16][16] and b [16][8] in bf16, c and d [16][8] in f32 (PTX ISA, mma.m16n8k16).
static __device__ __forceinline__ void mma_bf16_16x8x16(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2],
                                                        const float (&c)[4]) {
    asm(
        "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%10,%11,%12,%13};"
        : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "f"(c[0]), "f"(c[1]), "f"(c[2]), "f"(c[3]));
}

// Four 8x8 matrices of halves from shared memory (PTX ISA, ldmatrix): `row` is of lanes 0 to 7 the eight rows of the first
// one, of 8 to 15 those of the second, ...; a lane gets of each what the left operand's fragments have.
static __device__ __forceinline__ void load_matrices(uint32_t (&a)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(a[0]), "=r"(a[1]), "=r"(a[2]), "=r"(a[3])
                 : "r"((uint32_t)__cvta_generic_to_shared(row))
                 : "memory");
}

// The products of two pairs of bfloat16, subnormal ones too.
static __device__ __forceinline__ uint32_t multiply_bf16x2(uint32_t a, uint32_t b) {
    uint32_t d;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(d) : "r"(a), "r"(b), "r"(0x80008000u));  // sm_80 has no mul.bf16x2
    return d;
}

// The differences of two pairs of bfloat16.
static __device__ __forceinline__ uint32_t subtract_bf16x2(uint32_t a, uint32_t b) {
    uint32_t d;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(d) : "r"(b), "r"(0xbf80bf80u), "r"(a));  // sm_80 has no sub.bf16x2
    return d;
}

// d = a b + c with a [16][32] and b [32][8] in s8, c and d [16][8] in s32 (PTX ISA, mma.m16n8k32).
static __device__ __forceinline__ void mma_s8_16x8x32(int (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2],
                                                      const int (&c)[4]) {
    asm(
        "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%10,%11,%12,%13};"
        : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "r"(c[0]), "r"(c[1]), "r"(c[2]), "r"(c[3]));
}

#endif
