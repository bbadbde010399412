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

/* Columns of a tile of a matrix state, [keys][32] (StateTiles), and the vectors of them that are in registers at once. */
#define TILE_COLUMNS 32
#define TWO 2
/* Elements that pass through a matrix state at once. */
#define TIMES 4

INLINE void read_tile_ahead(const float *s) {
    __builtin_prefetch(s + AHEAD);
    __builtin_prefetch(s + AHEAD + TILE_COLUMNS / 2);
}

/* Hands out what a tile made of `rows` elements: its last columns lie beside another head's. */
INLINE void hand_out(const float *tile, place out, int row, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
        memcpy(row_of(out, row + i), tile + i * TILE_COLUMNS, 4L * columns);
    }
}

/* T elements from `row` on, two vectors of columns from `c` on, whose results go to `to`, [T][32]. */
INLINE void matrix_part(const int T, place q, place k, place v, place w, int w_step, float *s, int row, int keys, int c,
                        int ahead, float *to) {
    VF value[TIMES][TWO], y[TIMES][TWO];
    UNROLL
    for (int t = 0; t < T; t++) {
        UNROLL
        for (int j = 0; j < TWO; j++) {
            value[t][j] = load_f(row_of(v, row + t) + c + j * LANES);
            y[t][j] = zero_f();
        }
    }
    for (int i = 0; i < keys; i++) {
        float *at = s + i * TILE_COLUMNS;
        if (ahead) {
            read_tile_ahead(at);
        }
        VF state[TWO];
        UNROLL
        for (int j = 0; j < TWO; j++) {
            state[j] = load_f(at + c + j * LANES);
        }
        UNROLL
        for (int t = 0; t < T; t++) {
            VF key = all_f(row_of(k, row + t)[i]);
            VF decay = all_f(row_of(w, row + t)[i * w_step]);
            VF query = all_f(row_of(q, row + t)[i]);
            UNROLL
            for (int j = 0; j < TWO; j++) {
                state[j] = fma_f(decay, state[j], mul_f(key, value[t][j]));
                y[t][j] = fma_f(query, state[j], y[t][j]);
            }
        }
        UNROLL
        for (int j = 0; j < TWO; j++) {
            store_f(at + c + j * LANES, state[j]);
        }
    }
    UNROLL
    for (int t = 0; t < T; t++) {
        UNROLL
        for (int j = 0; j < TWO; j++) {
            store_f(to + t * TILE_COLUMNS + c + j * LANES, y[t][j]);
        }
    }
}

/*
 * The matrix state with decay by head (w_step 0) or key (1), one write and no bonus, S[i] = w S[i] + k[i] v and
 * y = sum over i of q[i] S[i]: a tile of a head over `rows` elements. s: [keys][32]. Twin: MatrixScan.
 */
EXPORT void NAMED(matrix)(float *q, long q_stride, float *k, long k_stride, float *v, long v_stride, float *w,
                          long w_stride, float *out, long out_stride, float *s, int rows, int keys, int columns,
                          int w_step) {
    place pq = {q, q_stride}, pk = {k, k_stride}, pv = {v, v_stride}, pw = {w, w_stride}, po = {out, out_stride};
    float made[TIMES * TILE_COLUMNS];
    int times = 1;
    for (int row = 0; row < rows; row += times) {
        times = row + TIMES <= rows ? TIMES : 1;
        for (int c = 0; c < TILE_COLUMNS; c += TWO * LANES) {
            int ahead = row == 0 && c == 0;
            if (times == TIMES) {
                matrix_part(TIMES, pq, pk, pv, pw, w_step, s, row, keys, c, ahead, made);
            } else {
                matrix_part(1, pq, pk, pv, pw, w_step, s, row, keys, c, ahead, made);
            }
        }
        hand_out(made, po, row, times, columns);
    }
}

/* What an element reads: p = sum over i of a[i] S[i]. */
INLINE void delta_read(const float *a, const float *s, int keys, float *p) {
    VF sum[TILE_COLUMNS / LANES];
    UNROLL
    for (int j = 0; j < TILE_COLUMNS / LANES; j++) {
        sum[j] = zero_f();
    }
    for (int i = 0; i < keys; i++) {
        read_tile_ahead(s + i * TILE_COLUMNS);
        UNROLL
        for (int j = 0; j < TILE_COLUMNS / LANES; j++) {
            sum[j] = fma_f(all_f(a[i]), load_f(s + i * TILE_COLUMNS + j * LANES), sum[j]);
        }
    }
    UNROLL
    for (int j = 0; j < TILE_COLUMNS / LANES; j++) {
        store_f(p + j * LANES, sum[j]);
    }
}

/* One element with two vectors of columns: p is what it has read, then, if `more`, what the next one reads with `a`. */
INLINE void delta_part(const int more, const float *q, const float *k, const float *v, const float *w, int w_step,
                       const float *b, const float *a, float *p, float *s, int keys, float *to) {
    VF value[TWO], read[TWO], next[TWO], y[TWO];
    UNROLL
    for (int j = 0; j < TWO; j++) {
        value[j] = load_f(v + j * LANES);
        read[j] = load_f(p + j * LANES);
        next[j] = zero_f();
        y[j] = zero_f();
    }
    for (int i = 0; i < keys; i++) {
        UNROLL
        for (int j = 0; j < TWO; j++) {
            float *at = s + i * TILE_COLUMNS + j * LANES;
            VF written = fma_f(all_f(b[i]), read[j], mul_f(all_f(k[i]), value[j]));
            VF state = fma_f(all_f(w[i * w_step]), load_f(at), written);
            store_f(at, state);
            y[j] = fma_f(all_f(q[i]), state, y[j]);
            if (more) {
                next[j] = fma_f(all_f(a[i]), state, next[j]);
            }
        }
    }
    UNROLL
    for (int j = 0; j < TWO; j++) {
        store_f(to + j * LANES, y[j]);
        if (more) {
            store_f(p + j * LANES, next[j]);
        }
    }
}

/*
 * The delta scan, p = sum over i of a[i] S[i], S[i] = w S[i] + k[i] v + b[i] p, y = sum over i of q[i] S[i]: a tile of a
 * head over `rows` elements. Decay by head (w_step 0) or key (1). s: [keys][32]. Twin: DeltaScan.
 */
EXPORT void NAMED(delta)(float *q, long q_stride, float *k, long k_stride, float *v, long v_stride, float *w,
                         long w_stride, float *a, long a_stride, float *b, long b_stride, float *out, long out_stride,
                         float *s, int rows, int keys, int columns, int w_step) {
    place po = {out, out_stride};
    float p[TILE_COLUMNS], made[TILE_COLUMNS];
    delta_read(a, s, keys, p);
    for (int row = 0; row < rows; row++) {
        for (int c = 0; c < TILE_COLUMNS; c += TWO * LANES) {
            const float *key = k + row * k_stride, *query = q + row * q_stride, *decay = w + row * w_stride;
            const float *write = b + row * b_stride, *value = v + row * v_stride + c;
            if (row + 1 < rows) {
                const float *next = a + (row + 1) * a_stride;
                delta_part(1, query, key, value, decay, w_step, write, next, p + c, s + c, keys, made + c);
            } else {
                delta_part(0, query, key, value, decay, w_step, write, write, p + c, s + c, keys, made + c);
            }
        }
        hand_out(made, po, row, 1, columns);
    }
}
