/*
 * Products of integers by each variant of a CPU library that this processor can run, against plain loops: the same bits
 * must come out. Says of each variant how many products it made and a hash of them, which depends on the cases alone.
 * usage: integers LIBRARY; 1 where bits differ, 3 where no variant can run
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "variants.h"

typedef void multiply_function(int, const int8_t *, int, int, const uint8_t *, long, int, float *, long);
typedef void pack_function(int, const float *, long, int, int, void *);

static const char *const KINDS[] = {"CHANNEL_8", "GROUP_8", "GROUP_4", "SUPER_4", "SUPER_6"};
static const int DEPTHS[] = {1, 3, 32, 33, 127, 128, 129, 256, 300, 515, 1100};
static const int COUNTS[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 23};
enum { PANELS = 2, MARGIN = 3, STRIDE = PANELS * COLUMNS + MARGIN };

static float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, 4);
    return x;
}

static uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, 4);
    return bits;
}

static void *memory(size_t bytes) {
    void *p = calloc(bytes, 1);
    if (p == NULL) {
        perror("integers");
        exit(2);
    }
    return p;
}

/* The float that a finite float16 stands for. */
static float half(const uint8_t *p) {
    int bits = p[0] | p[1] << 8, exponent = bits >> 10 & 31, fraction = bits & 1023;
    float x = exponent == 0 ? ldexpf((float)fraction, -24) : ldexpf((float)(fraction + 1024), exponent - 25);
    return bits >> 15 ? -x : x;
}

/* A row's numbers: some zero, tiny, subnormal, large or, if asked for, not finite; rows of one magnitude round to 127. */
static void fill_row(float *x, int k, int infinite) {
    int flat = random_bits() % 4 == 0;
    for (int i = 0; i < k; i++) {
        float a = (float)(int32_t)random_bits() / 1e9f;
        switch (random_bits() % 40) {
        case 0: a = 0; break;
        case 1: a *= 1e-17f; break;
        case 2: a *= 1e-39f; break;
        case 3: a *= 100; break;
        }
        x[i] = flat ? (a < 0 ? -3.0f : 3.0f) : a;
    }
    if (infinite) {
        x[random_bits() % (uint32_t)k] = float_of(random_bits() % 2 ? 0x7f800000 : 0x7fc00000);
    }
}

static void fill_halves(uint8_t *p, int count) {
    for (int i = 0; i < count; i++) {
        uint32_t bits = (random_bits() & 0x83ff) | random_bits() % 20 << 10;
        p[2 * i] = (uint8_t)bits;
        p[2 * i + 1] = (uint8_t)(bits >> 8);
    }
}

static long panel_size(int kind, int k) {
    int all = padded(k, unit_of(kind));
    switch (kind) {
    case CHANNEL_8: return (all + 4L) * COLUMNS;
    case GROUP_8: return all / 32 * (2L * COLUMNS + 32 * COLUMNS);
    case GROUP_4: return all / 32 * (2L * COLUMNS + 16 * COLUMNS);
    case SUPER_4: return all / 256 * (20L * COLUMNS + 8 * 16 * COLUMNS);
    default: return all / 256 * (18L * COLUMNS + 16 * 16 * COLUMNS);
    }
}

/* Any bytes will do for integers and their scales of eight bits; floats must be finite. */
static void fill_panel(int kind, int k, uint8_t *w) {
    long size = panel_size(kind, k);
    int extreme = random_bits() % 4 == 0;
    for (long i = 0; i < size; i++) {
        w[i] = (uint8_t)(extreme ? (random_bits() % 2 ? 255 : 0) : random_bits() >> 8);
    }
    int all = padded(k, unit_of(kind));
    if (kind == CHANNEL_8) {
        for (int c = 0; c < COLUMNS; c++) {
            float scale = (float)(int32_t)random_bits() / 1e11f;
            memcpy(w + (long)all * COLUMNS + 4L * c, &scale, 4);
        }
        return;
    }
    int each = kind >= SUPER_4 ? 256 : 32;
    for (int i = 0; i < all / each; i++) {
        fill_halves(w + size / (all / each) * i, kind == SUPER_4 ? 2 * COLUMNS : COLUMNS);
    }
}

/* What layout.h says of depth i of column c. */
typedef struct {
    int q;
    float scale, least;
} weight;

static weight weight_at(int kind, const uint8_t *w, int k, int i, int c) {
    int all = padded(k, unit_of(kind)), g = i / 32, in = i % 32;
    weight it = {0, 1, 0};
    if (kind == CHANNEL_8) {
        it.q = w[(long)(i / 4) * 4 * COLUMNS + 4 * c + i % 4] - 128;
        memcpy(&it.scale, w + (long)all * COLUMNS + 4L * c, 4);
        return it;
    }
    const uint8_t *group;
    if (kind == GROUP_8 || kind == GROUP_4) {
        group = w + panel_size(kind, k) / (all / 32) * g;
        it.scale = half(group + 2 * c);
        group += 2 * COLUMNS;
    } else {
        const uint8_t *head = w + panel_size(kind, k) / (all / 256) * (i / 256);
        if (kind == SUPER_4) {
            it.scale = half(head + 2 * c) * head[4 * COLUMNS + COLUMNS * (g % 8) + c];
            it.least = half(head + 2 * COLUMNS + 2 * c) * head[12 * COLUMNS + COLUMNS * (g % 8) + c];
            group = head + 20 * COLUMNS + 16 * COLUMNS * (g % 8);
        } else {
            g = i / 16 % 16;
            in = i % 16;
            it.scale = half(head + 2 * c) * (int8_t)head[2 * COLUMNS + COLUMNS * g + c];
            group = head + 18 * COLUMNS + 16 * COLUMNS * g;
        }
    }
    if (kind == GROUP_4 || kind == SUPER_4) {
        int byte = group[in % 16 / 4 * 4 * COLUMNS + 4 * c + in % 4];
        it.q = (in < 16 ? byte & 15 : byte >> 4) - (kind == GROUP_4 ? 8 : 0);
    } else {
        it.q = group[in / 4 * 4 * COLUMNS + 4 * c + in % 4] - 128;
    }
    return it;
}

/* One row's integers, zero from k on, and the scales of its blocks. */
static void quantise(const float *x, int k, int all, int *q, float *scales) {
    for (int from = 0; from < all; from += BLOCK) {
        float most = 0;
        int finite = 1, end = least_of(from + BLOCK, all);
        for (int i = from; i < least_of(end, k); i++) {
            finite = finite && isfinite(x[i]);
            most = fabsf(x[i]) > most ? fabsf(x[i]) : most;
        }
        int nothing = !finite || most < 1e-30f;
        for (int i = from; i < end; i++) {
            q[i] = nothing || i >= k ? 0 : (int)rintf(x[i] * (127.0f / most));
        }
        scales[from / BLOCK] = !finite ? NAN : nothing ? 0 : most / 127.0f;
    }
}

/* The product of one row with one column, as MatrixType's javadoc has it. */
static float product(int kind, const int *q, const float *scales, int k, const uint8_t *w, int c) {
    int all = padded(k, unit_of(kind)), size = group_of(kind);
    float out = 0;
    for (int from = 0; from < all; from += BLOCK) {
        float block = 0;
        for (int g = from; g < least_of(from + BLOCK, all); g += size) {
            int sum = 0, sum_x = 0;
            for (int i = g; i < least_of(g + size, all); i++) {
                sum += weight_at(kind, w, k, i, c).q * q[i];
                sum_x += q[i];
            }
            weight first = weight_at(kind, w, k, g, c);
            block = kind == CHANNEL_8 ? (float)sum : fmaf((float)sum, first.scale, block);
            if (kind == SUPER_4) {
                block = fmaf(-(float)sum_x, first.least, block);
            }
        }
        out = fmaf(block, scales[from / BLOCK], out);
    }
    return kind == CHANNEL_8 ? out * weight_at(kind, w, k, 0, c).scale : out;
}

static int same(float a, float b) { return isnan(a) ? isnan(b) : bits_of(a) == bits_of(b); }

static uint64_t hash;
static long products;

/* Whether one product of matrices comes out as it should. */
static int check(pack_function *pack, multiply_function *multiply, int kind, int k, int rows, int infinite) {
    int all = padded(k, unit_of(kind));
    long panel = panel_size(kind, k), packed = row_bytes(kind, k);
    float *x = memory(sizeof(float) * rows * (k + MARGIN));
    uint8_t *w = memory(panel * PANELS);
    int8_t *to = memory(packed * rows);
    float *out = memory(sizeof(float) * rows * STRIDE);
    int *q = memory(sizeof(int) * all);
    float *scales = memory(sizeof(float) * over(all, BLOCK));
    for (int r = 0; r < rows; r++) {
        fill_row(x + (long)r * (k + MARGIN), k, infinite && r == rows / 2);
    }
    for (int p = 0; p < PANELS; p++) {
        fill_panel(kind, k, w + panel * p);
    }
    for (int i = 0; i < rows * STRIDE; i++) {
        out[i] = 12345;
    }
    for (int r = 0; r < rows; r += ROWS) {
        pack(kind, x + (long)r * (k + MARGIN), k + MARGIN, least_of(ROWS, rows - r), k, to + packed * r);
    }
    multiply(kind, to, rows, k, w, panel, PANELS, out, STRIDE);
    int wrong = 0;
    for (int r = 0; r < rows && !wrong; r++) {
        quantise(x + (long)r * (k + MARGIN), k, all, q, scales);
        for (int c = 0; c < STRIDE && !wrong; c++) {
            int within = c < PANELS * COLUMNS;
            float is = out[(long)r * STRIDE + c];
            float want = within ? product(kind, q, scales, k, w + c / COLUMNS * panel, c % COLUMNS) : 12345;
            hash = (hash ^ (isnan(is) ? 0x7fc00000 : bits_of(is))) * 1099511628211u;
            products += within;
            if (!same(is, want)) {
                printf("%s: K %d, %d rows: row %d, column %d is %a, not %a\n", KINDS[kind], k, rows, r, c, is, want);
                wrong = 1;
            }
        }
    }
    free(x);
    free(w);
    free(to);
    free(out);
    free(q);
    free(scales);
    return !wrong;
}

static int check_variant(void *library, const char *variant) {
    multiply_function *multiply = (multiply_function *)function(library, variant, "integers");
    pack_function *pack = (pack_function *)function(library, variant, "pack_integers");
    state = 42;
    hash = 14695981039346656037u;
    products = 0;
    for (int kind = CHANNEL_8; kind <= SUPER_6; kind++) {
        for (size_t d = 0; d < sizeof DEPTHS / sizeof *DEPTHS; d++) {
            for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
                if (!check(pack, multiply, kind, DEPTHS[d], COUNTS[c], c == d)) {
                    printf("%s differs from plain loops\n", variant);
                    return 0;
                }
            }
        }
    }
    printf("%s: %ld products, hash %016llx\n", variant, products, (unsigned long long)hash);
    return 1;
}

int main(int count, char **args) { return check_variants(count, args, check_variant); }
