/*
 * wgmma.cuh for the host, in plain loops, done at once: PTX ISA, "wgmma.mma_async", both operands in shared memory. A warp
 * is its part of the warpgroup: 16 rows of the left operand, all N columns. K runs in order through one FMA chain.
 */
#ifndef EDDY_WGMMA_H
#define EDDY_WGMMA_H

struct WgmmaOperand {
    const unsigned short *at; /* eights of rows: their first eight columns, row by row, then the others */
    int stride;               /* of eights, in elements */

    float value(int row, int k) const {
        return __uint_as_float((unsigned)at[row / 8 * stride + k / 8 * 64 + row % 8 * 8 + k % 8] << 16);
    }
};

static inline WgmmaOperand wgmma_operand(const void *at, int stride) {
    return WgmmaOperand{static_cast<const unsigned short *>(at), stride / 2};
}
static inline WgmmaOperand wgmma_further(const WgmmaOperand &operand, int bytes) {
    return WgmmaOperand{operand.at + bytes / 2, operand.stride};
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

#endif
