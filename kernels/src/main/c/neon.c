/* NEON with the dot product of Armv8.2: four products of signed bytes a lane and instruction. */
#include <arm_neon.h>

#include "layout.h"

#define VARIANT neon
#define LANES 4
/* Rows whose sums fit the registers. */
#define TILE 8

typedef int32x4_t VI;
typedef float32x4_t VF;
typedef int8x16_t VW;
typedef int8x16_t VX;

INLINE VF zero_f(void) { return vdupq_n_f32(0); }
INLINE VF load_f(const float *p) { return vld1q_f32(p); }
INLINE void store_f(float *p, VF x) { vst1q_f32(p, x); }
INLINE VF all_f(float x) { return vdupq_n_f32(x); }
INLINE VF fma_f(VF a, VF b, VF c) { return vfmaq_f32(c, a, b); }
INLINE VF mul_f(VF a, VF b) { return vmulq_f32(a, b); }
INLINE VF add_f(VF a, VF b) { return vaddq_f32(a, b); }
INLINE VF sub_f(VF a, VF b) { return vsubq_f32(a, b); }
INLINE VF min_f(VF a, VF b) { return vminq_f32(a, b); }
INLINE VF max_f(VF a, VF b) { return vmaxq_f32(a, b); }
/* p * 2^n, rounded once; t is n + 1.5 * 2^23. The exponent in two halves, each with its bias: 2^n may be no float. */
INLINE VF scale_f(VF p, VF t, VF n) {
    VI k = vsubq_s32(vreinterpretq_s32_f32(t), vdupq_n_s32(0x4b400000 - 254));
    VI half = vshrq_n_s32(k, 1);
    p = vmulq_f32(p, vreinterpretq_f32_s32(vshlq_n_s32(half, 23)));
    return vmulq_f32(p, vreinterpretq_f32_s32(vshlq_n_s32(vsubq_s32(k, half), 23)));
}
INLINE VF to_f(VI x) { return vcvtq_f32_s32(x); }
INLINE VF load_h(const uint8_t *p) { return vcvt_f32_f16(vreinterpret_f16_u8(vld1_u8(p))); }
INLINE VF load_u8(const uint8_t *p) {
    uint32_t x;
    memcpy(&x, p, 4);
    return vcvtq_f32_u32(vmovl_u16(vget_low_u16(vmovl_u8(vcreate_u8(x)))));
}
INLINE VF load_s8(const uint8_t *p) {
    uint32_t x;
    memcpy(&x, p, 4);
    return vcvtq_f32_s32(vmovl_s16(vget_low_s16(vmovl_s8(vcreate_s8(x)))));
}
INLINE VI all_i(int32_t x) { return vdupq_n_s32(x); }
/* Bytes are made signed, so there is nothing to take off. */
INLINE VI start_8(int32_t sum) { return vdupq_n_s32(0); }
INLINE VW bytes(const uint8_t *p) { return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(p), vdupq_n_u8(128))); }
INLINE VW low_nibbles(const uint8_t *p) { return vreinterpretq_s8_u8(vandq_u8(vld1q_u8(p), vdupq_n_u8(15))); }
INLINE VW high_nibbles(const uint8_t *p) { return vreinterpretq_s8_u8(vshrq_n_u8(vld1q_u8(p), 4)); }
INLINE VX four(const int8_t *p) {
    int32_t x;
    memcpy(&x, p, 4);
    return vreinterpretq_s8_s32(vdupq_n_s32(x));
}
INLINE VI dot(VI sum, VW w, VX x) { return vdotq_s32(sum, w, x); }

#include "integers.h"
#include "scans.h"
