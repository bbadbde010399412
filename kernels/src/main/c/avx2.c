/*
 * AVX2. Its product of bytes (vpmaddubsw) saturates, so bytes are widened to 16 bits, those of even and of odd depths
 * apart, whose products of pairs fit 32 bits.
 */
#include <immintrin.h>

#include "layout.h"

#define VARIANT avx2
#define LANES 8
/* Rows whose sums fit the registers. */
#define TILE 4

typedef __m256i VI;
typedef __m256 VF;
typedef struct {
    __m256i even, odd;
} VW;
typedef VW VX;

INLINE VF zero_f(void) { return _mm256_setzero_ps(); }
INLINE VF load_f(const float *p) { return _mm256_loadu_ps(p); }
INLINE void store_f(float *p, VF x) { _mm256_storeu_ps(p, x); }
INLINE VF all_f(float x) { return _mm256_set1_ps(x); }
INLINE VF fma_f(VF a, VF b, VF c) { return _mm256_fmadd_ps(a, b, c); }
INLINE VF mul_f(VF a, VF b) { return _mm256_mul_ps(a, b); }
INLINE VF add_f(VF a, VF b) { return _mm256_add_ps(a, b); }
INLINE VF sub_f(VF a, VF b) { return _mm256_sub_ps(a, b); }
/* These two give b where one is NaN. */
INLINE VF min_f(VF a, VF b) { return _mm256_min_ps(a, b); }
INLINE VF max_f(VF a, VF b) { return _mm256_max_ps(a, b); }
/* p * 2^n, rounded once; t is n + 1.5 * 2^23. The exponent in two halves, each with its bias: 2^n may be no float. */
INLINE VF scale_f(VF p, VF t, VF n) {
    __m256i k = _mm256_sub_epi32(_mm256_castps_si256(t), _mm256_set1_epi32(0x4b400000 - 254));
    __m256i half = _mm256_srai_epi32(k, 1);
    p = _mm256_mul_ps(p, _mm256_castsi256_ps(_mm256_slli_epi32(half, 23)));
    return _mm256_mul_ps(p, _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_sub_epi32(k, half), 23)));
}
INLINE VF to_f(VI x) { return _mm256_cvtepi32_ps(x); }
INLINE VF load_h(const uint8_t *p) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)p)); }
INLINE VF load_u8(const uint8_t *p) {
    return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p)));
}
INLINE VF load_s8(const uint8_t *p) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)p)));
}
INLINE VI all_i(int32_t x) { return _mm256_set1_epi32(x); }
/* What a sum of products with q + 128 begins with. */
INLINE VI start_8(int32_t sum) { return all_i(sum); }
INLINE VW widened(__m256i x) {
    return (VW){_mm256_and_si256(x, _mm256_set1_epi16(255)), _mm256_srli_epi16(x, 8)};
}
INLINE __m256i load_i(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
INLINE VW bytes(const uint8_t *p) { return widened(load_i(p)); }
INLINE VW low_nibbles(const uint8_t *p) { return widened(_mm256_and_si256(load_i(p), _mm256_set1_epi8(15))); }
INLINE VW high_nibbles(const uint8_t *p) {
    return widened(_mm256_and_si256(_mm256_srli_epi16(load_i(p), 4), _mm256_set1_epi8(15)));
}
INLINE VX four(const int8_t *p) {
    int32_t x;
    memcpy(&x, p, 4);
    __m256i all = _mm256_set1_epi32(x);
    return (VX){_mm256_srai_epi16(_mm256_slli_epi16(all, 8), 8), _mm256_srai_epi16(all, 8)};
}
INLINE VI dot(VI sum, VW w, VX x) {
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(w.even, x.even));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(w.odd, x.odd));
}

#include "integers.h"
#include "scans.h"
