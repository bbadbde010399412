/* How packed rows and panels lie in memory: what dev.eddy.kernels.cpu's PackedWeight and RowPacking write and read. */
#ifndef EDDY_LAYOUT_H
#define EDDY_LAYOUT_H

#include <stdint.h>
#include <string.h>

#if defined(__GNUC__) && !defined(_WIN32)
#define EXPORT __attribute__((visibility("default")))
#else
#define EXPORT
#endif
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 8")
#define JOIN2(a, b, c) a##b##c
#define JOIN(a, b, c) JOIN2(a, b, c)
/* The exported name of a function of the variant that is being compiled. */
#define NAMED(function) JOIN(eddy_, VARIANT, JOIN(_, function, ))

/* Columns of a panel. */
#define COLUMNS 32
/* Rows of a block of packed rows; the last block may have fewer. */
#define ROWS 8
/* Elements of a row that share a scale (Integers.BLOCK). */
#define BLOCK 128

/* Kinds of integer panels (NativeKernels.Kind, by ordinal). */
enum kind {
    /* [K / 4][32][4] bytes q + 128, then 32 float scales. */
    CHANNEL_8,
    /* Groups of 32: 32 float16 scales, [8][32][4] bytes q + 128. */
    GROUP_8,
    /* Groups of 32: 32 float16 scales, [4][32][4] bytes: q + 8 of depth i low, of depth i + 16 high. */
    GROUP_4,
    /* 256 deep: float16 d, least [32], scale steps [8][32], least steps [8][32], 8 groups as GROUP_4 has them, of q. */
    SUPER_4,
    /* 256 deep: float16 d [32], signed scale steps [16][32], 16 groups of [4][32][4] bytes q + 128. */
    SUPER_6,
};

INLINE int group_of(int kind) { return kind == CHANNEL_8 ? BLOCK : kind == SUPER_6 ? 16 : 32; }

/* What K is padded to a multiple of. */
INLINE int unit_of(int kind) { return kind == CHANNEL_8 ? 4 : kind >= SUPER_4 ? 256 : 32; }

INLINE int padded(int k, int unit) { return (k + unit - 1) / unit * unit; }

INLINE int least_of(int a, int b) { return a < b ? a : b; }

/* What lies `bytes` bytes on. */
INLINE const void *beyond(const void *p, long bytes) { return (const char *)p + bytes; }

INLINE int over(int n, int size) { return (n + size - 1) / size; }

/* Bytes of one packed row: integers, block scales, group sums. */
INLINE long row_bytes(int kind, int k) {
    int all = padded(k, unit_of(kind));
    return all + 4L * over(all, BLOCK) + 4L * over(all, group_of(kind));
}

#endif
