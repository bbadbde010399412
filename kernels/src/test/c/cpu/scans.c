/*
 * Recurrences by each variant of a CPU library that this processor can run, against plain loops: the same bits must come
 * out. Says of each variant how many results it made and a hash of them, which depends on the cases alone.
 * usage: scans LIBRARY; 1 where bits differ, 3 where no variant can run
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "variants.h"

typedef void diagonal_function(float *, long, float *, long, float *, long, float *, long, float *, long, const float *,
                               float *, int, int, int);
typedef void matrix_function(float *, long, float *, long, float *, long, float *, long, float *, long, float *, int, int,
                             int, int);
typedef void delta_function(float *, long, float *, long, float *, long, float *, long, float *, long, float *, long,
                            float *, long, float *, int, int, int, int);

enum { STRIDE = 200, ROWS = 9, CHANNELS = 48, MODES = 23, KEYS = 64, TILE = 32, STATE = 4096 };

static uint64_t hash;
static long results;

/* Between -1 and 1; sometimes zero, tiny, subnormal or large. */
static float number(void) {
    float x = (float)(int32_t)random_bits() * 0x1p-31f;
    switch (random_bits() % 40) {
    case 0: return 0;
    case 1: return x * 1e-17f;
    case 2: return x * 1e-39f;
    case 3: return x * 100;
    default: return x;
    }
}

static void fill(float *x, int count) {
    for (int i = 0; i < count; i++) {
        x[i] = number();
    }
}

/* dev.eddy.kernels.numerics.Functions.exp. */
static float exponential(float x) {
    float y = x > 89 ? 89 : x;
    y = y < -104 ? -104 : y;
    float t = fmaf(y, 1.44269504088896341f, 12582912.0f), n = t - 12582912.0f;
    float r = fmaf(n, 2.12194440e-4f, fmaf(n, -0.693359375f, y));
    float p = fmaf(r, 1.9875691500e-4f, 1.3981999507e-3f);
    p = fmaf(p, r, 8.3334519073e-3f);
    p = fmaf(p, r, 4.1665795894e-2f);
    p = fmaf(p, r, 1.6666665459e-1f);
    p = fmaf(p, r, 5.0000001201e-1f);
    return ldexpf(fmaf(p, r * r, r) + 1, (int)n);
}

static float values[7][ROWS * STRIDE], out[ROWS * STRIDE], wanted[ROWS * STRIDE];
static float begun[STATE], kept[STATE], twin[STATE], poles[STATE];

static void begin(void) {
    for (int i = 0; i < 7; i++) {
        fill(values[i], ROWS * STRIDE);
    }
    fill(begun, STATE);
    memcpy(kept, begun, sizeof(kept));
    memcpy(twin, begun, sizeof(twin));
    memset(out, 0, sizeof(out));
    memset(wanted, 0, sizeof(wanted));
}

static int same(const char *variant, const char *what, int rows, int size) {
    results += ROWS * STRIDE + STATE;
    for (int i = 0; i < ROWS * STRIDE + STATE; i++) {
        float x = i < STATE ? kept[i] : out[i - STATE];
        uint32_t bits = 0x7fc00000; /* Processors differ in the bits of what is no number. */
        if (!isnan(x)) {
            memcpy(&bits, &x, 4);
        }
        hash = (hash ^ bits) * 1099511628211u;
    }
    if (memcmp(out, wanted, sizeof(out)) == 0 && memcmp(kept, twin, sizeof(kept)) == 0) {
        return 1;
    }
    printf("%s: %s of %d rows, %d: differs from the plain loop\n", variant, what, rows, size);
    return 0;
}

static int diagonal(const char *variant, diagonal_function *f, int rows, int modes) {
    begin();
    for (int i = 0; i < STATE; i++) {
        poles[i] = -20 * fabsf(number());
    }
    float *x = values[0], *dt = values[1], *b = values[2], *c = values[3];
    f(x, STRIDE, dt, STRIDE, b, STRIDE, c, STRIDE, out, STRIDE, poles, kept, rows, CHANNELS / 16, modes);
    for (int r = 0; r < rows; r++) {
        for (int d = 0; d < CHANNELS; d++) {
            float step = dt[r * STRIDE + d], input = step * x[r * STRIDE + d], y = 0;
            for (int n = 0; n < modes; n++) {
                float *h = &twin[(d / 16 * modes + n) * 16 + d % 16];
                float decay = exponential(step * poles[(d / 16 * modes + n) * 16 + d % 16]);
                *h = fmaf(decay, *h, input * b[r * STRIDE + n]);
                y = fmaf(*h, c[r * STRIDE + n], y);
            }
            wanted[r * STRIDE + d] = y;
        }
    }
    return same(variant, "diagonal", rows, modes);
}

static int matrix(const char *variant, matrix_function *f, int rows, int columns, int each) {
    begin();
    float *q = values[0], *k = values[1], *v = values[2], *w = values[3];
    f(q, STRIDE, k, STRIDE, v, STRIDE, w, STRIDE, out, STRIDE, kept, rows, KEYS, columns, each);
    for (int r = 0; r < rows; r++) {
        for (int j = 0; j < TILE; j++) {
            float y = 0;
            for (int i = 0; i < KEYS; i++) {
                float *s = &twin[i * TILE + j];
                *s = fmaf(w[r * STRIDE + i * each], *s, k[r * STRIDE + i] * v[r * STRIDE + j]);
                y = fmaf(q[r * STRIDE + i], *s, y);
            }
            wanted[r * STRIDE + j] = j < columns ? y : 0;
        }
    }
    return same(variant, "matrix", rows, columns);
}

static int delta(const char *variant, delta_function *f, int rows, int columns, int each) {
    begin();
    float *q = values[0], *k = values[1], *v = values[2], *w = values[3], *a = values[4], *b = values[5];
    f(q, STRIDE, k, STRIDE, v, STRIDE, w, STRIDE, a, STRIDE, b, STRIDE, out, STRIDE, kept, rows, KEYS, columns, each);
    for (int r = 0; r < rows; r++) {
        for (int j = 0; j < TILE; j++) {
            float p = 0, y = 0;
            for (int i = 0; i < KEYS; i++) {
                p = fmaf(a[r * STRIDE + i], twin[i * TILE + j], p);
            }
            for (int i = 0; i < KEYS; i++) {
                float *s = &twin[i * TILE + j];
                float written = fmaf(b[r * STRIDE + i], p, k[r * STRIDE + i] * v[r * STRIDE + j]);
                *s = fmaf(w[r * STRIDE + i * each], *s, written);
                y = fmaf(q[r * STRIDE + i], *s, y);
            }
            wanted[r * STRIDE + j] = j < columns ? y : 0;
        }
    }
    return same(variant, "delta", rows, columns);
}

static int check_variant(void *library, const char *variant) {
    state = 1;
    hash = 14695981039346656037u;
    results = 0;
    for (int rows = 1; rows <= ROWS; rows++) {
        for (int modes = 1; modes <= MODES; modes++) {
            if (!diagonal(variant, (diagonal_function *)function(library, variant, "diagonal"), rows, modes)) {
                return 0;
            }
        }
        for (int columns = 1; columns <= TILE; columns += 31) {
            for (int each = 0; each < 2; each++) {
                if (!matrix(variant, (matrix_function *)function(library, variant, "matrix"), rows, columns, each) ||
                    !delta(variant, (delta_function *)function(library, variant, "delta"), rows, columns, each)) {
                    return 0;
                }
            }
        }
    }
    printf("%s: %ld results of recurrences, hash %016llx\n", variant, results, (unsigned long long)hash);
    return 1;
}

int main(int count, char **args) { return check_variants(count, args, check_variant); }
