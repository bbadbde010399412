/*
 * wgmma.cuh for the host, in plain loops, done at once: PTX ISA, "wgmma.mma_async". A warp
 * is its part of the warpgroup: 16 rows of the left operand, all N columns. K runs in order through one FMA chain.
 */
#ifndef EDDY_WGMMA_H
#define EDDY_WGMMA_H

struct WgmmaOperand {
    const unsigned short *at;
    int stride;    /* of eights of rows, in elements */
    bool swizzled; /* of an eight: whole rows, the last four of which begin with their second half; or first one half of all */

    unsigned bits(int row, int k) const {
        int within = swizzled ? row % 8 * 16 + (k ^ row % 8 / 4 * 8) : k / 8 * 64 + row % 8 * 8 + k % 8;
        return at[row / 8 * stride + within];
    }

    float value(int row, int k) const { return __uint_as_float(bits(row, k) << 16); }
};

static inline WgmmaOperand wgmma_weights(const void *at, int stride) {
    return WgmmaOperand{static_cast<const unsigned short *>(at), stride / 2, false};
}
static inline WgmmaOperand wgmma_rows(const void *at) {
    return WgmmaOperand{static_cast<const unsigned short *>(at), 128, true};
}
static inline WgmmaOperand wgmma_further(const WgmmaOperand &operand, int bytes) {
    return WgmmaOperand{operand.at + bytes / 2, operand.stride, operand.swizzled};
}
static inline void wgmma_fence() {}
static inline void wgmma_commit() {}
template <int PENDING> static inline void wgmma_wait() { __syncwarp(); } /* a warp's lanes go together */
template <int TILES> static inline void wgmma_done(float (&)[TILES][4]) {}

template <int TILES>
static inline void wgmma_bf16(float (&d)[TILES][4], const WgmmaOperand &a, const WgmmaOperand &b, bool adds) {
    int lane = (int)eddy_self->lane, first = (int)(threadIdx.x / 32 % 4 * 16) + lane / 4;
    for (int i = 0; i < 4 * TILES; i++) {
        int row = first + i / 2 % 2 * 8, column = i / 4 * 8 + lane % 4 * 2 + i % 2;
        float sum = adds ? d[i / 4][i % 4] : 0.0f;
        for (int k = 0; k < 16; k++) sum = eddy::mac(a.value(row, k), b.value(column, k), sum);
        d[i / 4][i % 4] = sum;
    }
}

/* The left operand in registers: a warp's part is a product of m16n8k16 for each tile of columns. */
template <int TILES>
static inline void wgmma_bf16(float (&d)[TILES][4], const uint32_t (&a)[4], const WgmmaOperand &b, bool adds) {
    int lane = (int)eddy_self->lane;
    for (int t = 0; t < TILES; t++) {
        uint32_t right[2];
        for (int i = 0; i < 2; i++) {
            int column = t * 8 + lane / 4, k = i * 8 + lane % 4 * 2;
            right[i] = b.bits(column, k) | b.bits(column, k + 1) << 16;
        }
        float c[4] = {adds ? d[t][0] : 0.0f, adds ? d[t][1] : 0.0f, adds ? d[t][2] : 0.0f, adds ? d[t][3] : 0.0f};
        mma_bf16_16x8x16(d[t], a, right, c);
    }
}

#endif
