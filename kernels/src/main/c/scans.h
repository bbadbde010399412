/*
 * Recurrences, for the vectors that the including file defines. Each has the bits of its twin in Java, which is the
 * readable one: the same operations on the same numbers in the same order.
 */
#include "functions.h"

/* Channels of a block of state (BlockedState). */
#define CHANNELS 16
/* Floats of state that an element reads ahead: states of many sessions come from memory. */
#define AHEAD 2048

/* A value: row r begins at `at` + r * `stride` floats. */
typedef struct {
    float *at;
    long stride;
} place;

INLINE float *row_of(place p, int row) { return p.at + row * p.stride; }

/*
 * The diagonal recurrence, y = sum over n of c[n] h[n] with h[n] = exp(dt a[n]) h[n] + dt x b[n], over `rows` elements in
 * `blocks` blocks of sixteen channels. a and h: [blocks][modes][16]. x, dt, out: from the first channel on. Twin:
 * DiagonalKernels.floats.
 */
INLINE void diagonal_of(place x, place dt, place b, place c, place out, const float *a, float *h, int rows, int blocks,
                        const int modes) {
    for (int channel = 0; channel < blocks * CHANNELS; channel += LANES) {
        long at = (long)channel / CHANNELS * modes * CHANNELS + channel % CHANNELS;
        for (int row = 0; row < rows; row++) {
            const float *bs = row_of(b, row);
            const float *cs = row_of(c, row);
            VF step = load_f(row_of(dt, row) + channel);
            VF input = mul_f(step, load_f(row_of(x, row) + channel));
            VF y = zero_f();
            UNROLL
            for (int n = 0; n < modes; n++) {
                if (row == 0) {
                    __builtin_prefetch(h + at + n * CHANNELS + AHEAD);
                }
                VF decay = exp_f(mul_f(step, load_f(a + at + n * CHANNELS)));
                VF state = fma_f(decay, load_f(h + at + n * CHANNELS), mul_f(input, all_f(bs[n])));
                store_f(h + at + n * CHANNELS, state);
                y = fma_f(state, all_f(cs[n]), y);
            }
            store_f(row_of(out, row) + channel, y);
        }
    }
}

EXPORT void NAMED(diagonal)(float *x, long x_stride, float *dt, long dt_stride, float *b, long b_stride, float *c,
                            long c_stride, float *out, long out_stride, const float *a, float *h, int rows, int blocks,
                            int modes) {
    place px = {x, x_stride}, pdt = {dt, dt_stride}, pb = {b, b_stride}, pc = {c, c_stride}, po = {out, out_stride};
    if (modes == 16) {
        diagonal_of(px, pdt, pb, pc, po, a, h, rows, blocks, 16);
    } else {
        diagonal_of(px, pdt, pb, pc, po, a, h, rows, blocks, modes);
    }
}
