/* AVX-512 with VNNI: four products of bytes a lane and instruction. */
#include <immintrin.h>

#include "layout.h"

#define VARIANT avx512vnni
#define LANES 16
/* Rows whose sums fit the registers. */
#define TILE 8

typedef __m512i VI;
typedef __m512 VF;
typedef __m512i VW;
typedef __m512i VX;

INLINE VF zero_f(void) { return _mm512_setzero_ps(); }
INLINE VF load_f(const float *p) { return _mm512_loadu_ps(p); }
INLINE void store_f(float *p, VF x) { _mm512_storeu_ps(p, x); }
INLINE VF all_f(float x) { return _mm512_set1_ps(x); }
INLINE VF fma_f(VF a, VF b, VF c) { return _mm512_fmadd_ps(a, b, c); }
INLINE VF mul_f(VF a, VF b) { return _mm512_mul_ps(a, b); }
INLINE VF add_f(VF a, VF b) { return _mm512_add_ps(a, b); }
INLINE VF sub_f(VF a, VF b) { return _mm512_sub_ps(a, b); }
/* These two give b where one is NaN. */
INLINE VF min_f(VF a, VF b) { return _mm512_min_ps(a, b); }
INLINE VF max_f(VF a, VF b) { return _mm512_max_ps(a, b); }
/* p * 2^n, rounded once; t is n + 1.5 * 2^23. */
INLINE VF scale_f(VF p, VF t, VF n) { return _mm512_scalef_ps(p, n); }
INLINE VF to_f(VI x) { return _mm512_cvtepi32_ps(x); }
INLINE VF load_h(const uint8_t *p) { return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)p)); }
INLINE VF load_u8(const uint8_t *p) {
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)));
}
INLINE VF load_s8(const uint8_t *p) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)p)));
}
INLINE VI all_i(int32_t x) { return _mm512_set1_epi32(x); }
/* What a sum of products with q + 128 begins with. */
INLINE VI start_8(int32_t sum) { return all_i(sum); }
INLINE VW bytes(const uint8_t *p) { return _mm512_loadu_si512(p); }
INLINE VW low_nibbles(const uint8_t *p) { return _mm512_and_si512(bytes(p), _mm512_set1_epi8(15)); }
INLINE VW high_nibbles(const uint8_t *p) {
    return _mm512_and_si512(_mm512_srli_epi16(bytes(p), 4), _mm512_set1_epi8(15));
}
INLINE VX four(const int8_t *p) {
    int32_t x;
    memcpy(&x, p, 4);
    return _mm512_set1_epi32(x);
}
INLINE VI dot(VI sum, VW w, VX x) { return _mm512_dpbusd_epi32(sum, w, x); }

#include "integers.h"
#include "scans.h"
