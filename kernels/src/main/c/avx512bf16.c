/*
 * AVX512-BF16: two products of bfloat16 a lane and instruction, as two fused multiply-adds, the higher element first
 * (checked by the probe), subnormals taken as zero. Since both factors are zero or at least 2^-50 in size, no sum is
 * ever subnormal, and the bits are those of any other chain of FMAs in that order.
 */
#include <immintrin.h>

#include "layout.h"

/* Pairs of depths that one pass over the rows takes: with 32 columns they stay in the first cache. */
#define SLICE 128
/* 2^-50: what is smaller counts as zero. */
#define LEAST_BITS ((127 - 50) << 23)

INLINE __m512bh pairs_at(const void *p) { return (__m512bh)_mm512_loadu_si512(p); }

/* Panels that one row is multiplied with at once: a sum takes six cycles, in which there are loads for all of these. */
#define WIDE 4

/* R rows with the 32 columns of each of P panels, `next` bytes apart, over the pairs of depths from .. to - 1. */
INLINE void tile(const int R, const int P, const int32_t *x, const uint8_t *w, long next, float *out, long stride,
                 int from, int to) {
    __m512 sum[ROWS][2 * WIDE];
    UNROLL
    for (int i = 0; i < R; i++) {
        UNROLL
        for (int j = 0; j < 2 * P; j++) {
            sum[i][j] = from == 0 ? _mm512_setzero_ps() : _mm512_loadu_ps(out + i * stride + j * 16);
        }
    }
    for (int s = from; s < to; s++) {
        __m512bh pairs[2 * WIDE];
        UNROLL
        for (int j = 0; j < 2 * P; j++) {
            pairs[j] = pairs_at(w + j / 2 * next + s * 4L * COLUMNS + j % 2 * 64);
        }
        UNROLL
        for (int i = 0; i < R; i++) {
            __m512bh pair = (__m512bh)_mm512_set1_epi32(x[s * R + i]);
            UNROLL
            for (int j = 0; j < 2 * P; j++) {
                sum[i][j] = _mm512_dpbf16_ps(sum[i][j], pairs[j], pair);
            }
        }
    }
    UNROLL
    for (int i = 0; i < R; i++) {
        UNROLL
        for (int j = 0; j < 2 * P; j++) {
            _mm512_storeu_ps(out + i * stride + j * 16, sum[i][j]);
        }
    }
}

static void panel_of(const int32_t *x, int rows, int pairs, const uint8_t *w, float *out, long stride) {
    for (int from = 0; from < pairs; from += SLICE) {
        int to = least_of(from + SLICE, pairs);
        for (int row = 0; row < rows; row += ROWS) {
            const int32_t *block = x + (long)row * pairs;
            float *at = out + row * stride;
            switch (least_of(ROWS, rows - row)) {
            case 1: tile(1, 1, block, w, 0, at, stride, from, to); break;
            case 2: tile(2, 1, block, w, 0, at, stride, from, to); break;
            case 3: tile(3, 1, block, w, 0, at, stride, from, to); break;
            case 4: tile(4, 1, block, w, 0, at, stride, from, to); break;
            case 5: tile(5, 1, block, w, 0, at, stride, from, to); break;
            case 6: tile(6, 1, block, w, 0, at, stride, from, to); break;
            case 7: tile(7, 1, block, w, 0, at, stride, from, to); break;
            default: tile(8, 1, block, w, 0, at, stride, from, to); break;
            }
            if (row == 0 && rows > 1) {
                for (long i = 0; i < SLICE * 4L * COLUMNS; i += 64) {
                    __builtin_prefetch(w + to * 4L * COLUMNS + i);
                }
            }
        }
    }
}

/* out[rows, 32 panels] = x W', with rows packed in pairs and panels [K / 2][32] of pairs. */
EXPORT void eddy_avx512bf16_pairs(int kind, const int32_t *x, int rows, int k, const uint8_t *w, long next, int panels,
                                  float *out, long stride) {
    (void)kind; /* There is one. */
    int p = 0;
    for (; rows == 1 && p + WIDE <= panels; p += WIDE) {
        tile(1, WIDE, x, w + p * next, next, out + p * COLUMNS, stride, 0, over(k, 2));
    }
    for (; p < panels; p++) {
        panel_of(x, rows, over(k, 2), w + p * next, out + p * COLUMNS, stride);
    }
}

/* The bfloat16 nearest to x, ties to even; the scalar twin is dev.eddy.kernels.numerics.Halves.toFactor. */
INLINE uint32_t factor(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    uint32_t size = bits & 0x7fffffff;
    uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    rounded = size > 0x7f800000 ? bits >> 16 | 0x40 : rounded;
    return size < LEAST_BITS ? 0 : rounded;
}

/* Packs a block of at most ROWS rows: [K / 2][rows] pairs. */
EXPORT void eddy_avx512bf16_pack_pairs(int kind, const float *x, long stride, int rows, int k, int32_t *target) {
    (void)kind;
    for (int r = 0; r < rows; r++) {
        const float *row = x + r * stride;
        for (int i = 0; i < k / 2; i++) {
            target[i * rows + r] = (int32_t)(factor(row[2 * i]) | factor(row[2 * i + 1]) << 16);
        }
        if (k % 2 != 0) {
            target[k / 2 * rows + r] = (int32_t)factor(row[k - 1]);
        }
    }
}

INLINE float widened(uint32_t bits) {
    float x;
    bits <<= 16;
    memcpy(&x, &bits, 4);
    return x;
}

/* A bfloat16 of either sign between 2^-12 and 2^12. */
static uint32_t drawn(uint32_t *state) {
    *state = *state * 1664525 + 1013904223;
    uint32_t exponent = 127 - 12 + (*state >> 8) % 24;
    return *state >> 31 << 15 | exponent << 7 | (*state >> 16 & 127);
}

/* 1 if this processor's instruction is two fused multiply-adds, the higher element first; else 0. */
EXPORT int eddy_avx512bf16_probe(void) {
    uint32_t state = 1;
    for (int turn = 0; turn < 4096; turn++) {
        uint32_t a0 = drawn(&state), a1 = drawn(&state), b0 = drawn(&state), b1 = drawn(&state);
        float start = widened(drawn(&state)) * 1.0001f;
        __m512bh a = (__m512bh)_mm512_set1_epi32((int32_t)(a0 | a1 << 16));
        __m512bh b = (__m512bh)_mm512_set1_epi32((int32_t)(b0 | b1 << 16));
        float got = _mm512_cvtss_f32(_mm512_dpbf16_ps(_mm512_set1_ps(start), a, b));
        float wanted = __builtin_fmaf(widened(a1), widened(b1), start);
        wanted = __builtin_fmaf(widened(a0), widened(b0), wanted);
        if (got != wanted) {
            return 0;
        }
    }
    return 1;
}
