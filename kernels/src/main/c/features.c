/* Which variants this library has and this processor can run: bits by the ordinal of NativeKernels.Variant. */
#include "layout.h"

enum variant { AVX512BF16, AVX512VNNI, AVX2, NEON };

#if defined(__x86_64__)
#include <cpuid.h>

/* Clang 14 does not know f16c by name. */
static int has_float16(void) {
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_F16C);
}
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#define DOT_PRODUCT (1UL << 20)
#endif

EXPORT int eddy_variants(void) {
    int variants = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    if (wide && __builtin_cpu_supports("avx512bf16")) {
        variants |= 1 << AVX512BF16;
    }
    if (wide && __builtin_cpu_supports("avx512vnni")) {
        variants |= 1 << AVX512VNNI;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_float16()) {
        variants |= 1 << AVX2;
    }
#elif defined(__aarch64__) && defined(__linux__)
    if (getauxval(AT_HWCAP) & DOT_PRODUCT) {
        variants |= 1 << NEON;
    }
#elif defined(__aarch64__) && defined(__APPLE__)
    variants |= 1 << NEON; /* Every Apple processor of this kind has the dot product. */
#endif
    return variants;
}
