/*
 * The host's half of eddy.cuh: what CUDA C++ has and C++ has not, in terms of the emulator's threads (kernels.h).
 * Collective instructions follow the fragment layouts of the PTX ISA, in plain loops.
 */
#ifndef EDDY_EMULATED_H
#define EDDY_EMULATED_H

#include <math.h>
#include <string.h>

#include "kernels.h"

#define __global__
#define __device__
#define __host__
#define __constant__ static const
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)

#define threadIdx (eddy_self->index)
#define blockIdx eddy_block_index
#define blockDim eddy_block_dim
#define gridDim eddy_grid_dim
#define warpSize 32

#define EDDY_KERNEL_BOUNDS(name, Params, threads) EDDY_KERNEL(name, Params)
#define EDDY_KERNEL_AHEAD(name, Params, bounds) EDDY_KERNEL(name, Params)
#define EDDY_KERNEL_AFTER(name, Params, bounds) EDDY_KERNEL(name, Params)
#define EDDY_KERNEL(name, Params)                                                                                    \
    static void name##_body(const Params &p);                                                                        \
    static void name##_entry(const void *parameters) { name##_body(*static_cast<const Params *>(parameters)); }      \
    static struct eddy_kernel name##_kernel = {#name, __FILE__, sizeof(Params), name##_entry, nullptr, 47 * 1024};   \
    __attribute__((constructor)) static void name##_register() { eddy_register(&name##_kernel); }                   \
    static void name##_body(const Params &p)

/* A reference to an array, so that sizeof and indexing work as for the array that it is on the device. */
#define EDDY_SHARED(type, name, size)                                                                                \
    static struct eddy_shared_site name##_site;                                                                      \
    auto &name = *static_cast<type(*)[size]>(eddy_static_shared(&name##_site, sizeof(type) * (size)))
#define EDDY_DYNAMIC_SHARED(type, name) auto *name = static_cast<type *>(eddy_dynamic_shared())

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(8) int2 { int x, y; };
struct alignas(16) int4 { int x, y, z, w; };
struct alignas(8) uint2 { unsigned x, y; };
struct alignas(16) uint4 { unsigned x, y, z, w; };
static inline float2 make_float2(float x, float y) { return {x, y}; }
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static inline int2 make_int2(int x, int y) { return {x, y}; }
static inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
static inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
static inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

template <class T> static inline T min(T a, T b) { return b < a ? b : a; }
template <class T> static inline T max(T a, T b) { return a < b ? b : a; }

template <class To, class From> static inline To eddy_bits(From from) {
    static_assert(sizeof(To) == sizeof(From), "the sizes differ");
    To to;
    memcpy(&to, &from, sizeof to);
    return to;
}
static inline float __int_as_float(int x) { return eddy_bits<float>(x); }
static inline int __float_as_int(float x) { return eddy_bits<int>(x); }
static inline float __uint_as_float(unsigned x) { return eddy_bits<float>(x); }
static inline unsigned __float_as_uint(float x) { return eddy_bits<unsigned>(x); }
static inline double __longlong_as_double(long long x) { return eddy_bits<double>(x); }
static inline long long __double_as_longlong(double x) { return eddy_bits<long long>(x); }

static inline float __fmaf_rn(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline float __fadd_rn(float a, float b) { return a + b; }
static inline float __fsub_rn(float a, float b) { return a - b; }
static inline float __fmul_rn(float a, float b) { return a * b; }
static inline float __fdiv_rn(float a, float b) { return a / b; }
static inline float __fsqrt_rn(float a) { return __builtin_sqrtf(a); }
static inline double __fma_rn(double a, double b, double c) { return __builtin_fma(a, b, c); }
static inline double __dadd_rn(double a, double b) { return a + b; }
static inline double __dmul_rn(double a, double b) { return a * b; }
static inline double __ddiv_rn(double a, double b) { return a / b; }
static inline int __float2int_rn(float x) { return (int)__builtin_rintf(x); }
static inline int __float2int_rz(float x) { return (int)x; }
static inline int __float2int_rd(float x) { return (int)__builtin_floorf(x); }
static inline float __int2float_rn(int x) { return (float)x; }
static inline unsigned __umulhi(unsigned a, unsigned b) { return (unsigned)(((unsigned long long)a * b) >> 32); }
static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __ffs(int x) { return __builtin_ffs(x); }
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz((unsigned)x); }
static inline unsigned __byte_perm(unsigned a, unsigned b, unsigned selector) {
    unsigned long long from = (unsigned long long)b << 32 | a;
    unsigned to = 0;
    for (int i = 0; i < 4; i++) to |= (unsigned)(from >> 8 * (selector >> 4 * i & 7) & 0xff) << 8 * i;
    return to;
}
template <class T> static inline T __ldg(const T *p) { return *p; }

static inline void __syncthreads() { eddy_barrier(); }
static inline void named_barrier(int threads) { eddy_named_barrier(threads); }
static inline void grid_release() {}
static inline void grid_wait() {}
static inline void signal_raise(int *at) { *at = 1; }
static inline void signal_wait(const int *at) {
    if (*at == 0) eddy_fail("waits for a signal that no launch before this one raises");
}
static inline void __threadfence() {}
static inline void __threadfence_block() {}

/* Threads are only switched where they meet, so that plain operations are atomic. */
template <class T> static inline T atomicAdd(T *p, T v) { T old = *p; *p = old + v; return old; }
template <class T> static inline T atomicMax(T *p, T v) { T old = *p; *p = old < v ? v : old; return old; }
template <class T> static inline T atomicMin(T *p, T v) { T old = *p; *p = v < old ? v : old; return old; }
template <class T> static inline T atomicOr(T *p, T v) { T old = *p; *p = old | v; return old; }
template <class T> static inline T atomicAnd(T *p, T v) { T old = *p; *p = old & v; return old; }
template <class T> static inline T atomicExch(T *p, T v) { T old = *p; *p = v; return old; }
template <class T> static inline T atomicCAS(T *p, T expected, T v) { T old = *p; if (old == expected) *p = v; return old; }

namespace eddy {

template <class T> struct Exchange { T value; int source; };

template <class T> static void exchange(unsigned mask, const void *const in[32], void *const out[32]) {
    for (int lane = 0; lane < 32; lane++) {
        if (mask >> lane & 1) {
            int source = static_cast<const Exchange<T> *>(in[lane])->source;
            /* What a lane outside the mask would give is undefined on the device. */
            T value;
            memset(&value, 0xd1, sizeof value);
            if (mask >> source & 1) value = static_cast<const Exchange<T> *>(in[source])->value;
            *static_cast<T *>(out[lane]) = value;
        }
    }
}

template <class T> static inline T shuffle(unsigned mask, T value, int source) {
    Exchange<T> in = {value, source};
    T out;
    eddy_collective(mask, exchange<T>, &in, &out);
    return out;
}

static void ballot(unsigned mask, const void *const in[32], void *const out[32]) {
    unsigned votes = 0;
    for (int lane = 0; lane < 32; lane++)
        if (mask >> lane & 1 && *static_cast<const int *>(in[lane])) votes |= 1u << lane;
    for (int lane = 0; lane < 32; lane++)
        if (mask >> lane & 1) *static_cast<unsigned *>(out[lane]) = votes;
}

static void nothing(unsigned, const void *const *, void *const *) {}

}  // namespace eddy

static inline void __syncwarp(unsigned mask = 0xffffffffu) { eddy_collective(mask, eddy::nothing, nullptr, nullptr); }
static inline unsigned __ballot_sync(unsigned mask, int vote) {
    unsigned votes;
    eddy_collective(mask, eddy::ballot, &vote, &votes);
    return votes;
}
static inline int __any_sync(unsigned mask, int vote) { return __ballot_sync(mask, vote) != 0; }
static inline int __all_sync(unsigned mask, int vote) { return __ballot_sync(mask, vote) == mask; }

/* A group of `width` lanes, of which a lane outside is never the source: the caller's own value is. */
template <class T> static inline T __shfl_sync(unsigned mask, T value, int source, int width = 32) {
    int lane = (int)eddy_self->lane;
    return eddy::shuffle(mask, value, (lane & ~(width - 1)) | (source & (width - 1)));
}
template <class T> static inline T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32) {
    int lane = (int)eddy_self->lane, source = lane - (int)delta;
    return eddy::shuffle(mask, value, source < (lane & ~(width - 1)) ? lane : source);
}
template <class T> static inline T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32) {
    int lane = (int)eddy_self->lane, source = lane + (int)delta;
    return eddy::shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);
}
template <class T> static inline T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32) {
    int lane = (int)eddy_self->lane, source = lane ^ bits;
    return eddy::shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);
}

#include "fragments.h"

#endif
