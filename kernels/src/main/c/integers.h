/*
 * Products of rows quantised to integers with integer panels, for the vectors that the including file defines. Sums of
 * integers are exact; what is done with them in floats, in which order, is in the javadoc of
 * dev.eddy.kernels.tensor.MatrixType, and dev.eddy.kernels.reference is its readable twin.
 *
 * VI, VF: vectors of LANES ints and floats. VW: weights of four depths, ready to be multiplied.
 */

/* Vectors that one tile of sums is wide. */
#define WIDE 2
#define VECTORS (COLUMNS / LANES)

typedef struct {
    const int8_t *x;
    const float *scales;
    const int32_t *sums;
} rows_block;

/* The packed rows from `row` on: a block of `rows` of them. */
INLINE rows_block block_of(const int8_t *x, int kind, int row, int rows, int k) {
    int all = padded(k, unit_of(kind));
    rows_block b;
    b.x = x + row * row_bytes(kind, k);
    b.scales = beyond(b.x, (long)all * rows);
    b.sums = beyond(b.scales, 4L * over(all, BLOCK) * rows);
    return b;
}

INLINE void store_sum(float *out, int first, VF sum, float scale) {
    VF before = first ? zero_f() : load_f(out);
    store_f(out, fma_f(sum, all_f(scale), before));
}

/* Adds the products of `steps` times four depths to the sums of R rows. */
INLINE void channel_steps(const int R, VI sum[ROWS][WIDE], const int8_t *x, int rows, const uint8_t *w, const int steps) {
    UNROLL
    for (int s = 0; s < steps; s++) {
        VW weights[WIDE];
        UNROLL
        for (int v = 0; v < WIDE; v++) {
            weights[v] = bytes(w + s * 4L * COLUMNS + v * 4 * LANES);
        }
        UNROLL
        for (int i = 0; i < R; i++) {
            VX four_of = four(x + 4L * (s * rows + i));
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                sum[i][v] = dot(sum[i][v], weights[v], four_of);
            }
        }
    }
}

/* Eight bits, one scale a column: R of a block's `all` rows from `r` on with WIDE vectors of columns, over blocks from .. to - 1. */
INLINE void channel_tile(const int R, rows_block b, int all, int r, const uint8_t *w, float *out, long stride, int k,
                         int from, int to) {
    const int rows = TILE < ROWS ? all : R;
    for (int block = from; block < to; block++) {
        VI sum[ROWS][WIDE];
        UNROLL
        for (int i = 0; i < R; i++) {
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                sum[i][v] = start_8(b.sums[block * rows + r + i]);
            }
        }
        const uint8_t *at = w + block * (4L * COLUMNS * BLOCK / 4);
        const int8_t *near = b.x + 4L * (block * (BLOCK / 4) * rows + r);
        if ((block + 1) * BLOCK <= k) {
            channel_steps(R, sum, near, rows, at, BLOCK / 4);
        } else {
            channel_steps(R, sum, near, rows, at, over(k - block * BLOCK, 4));
        }
        UNROLL
        for (int i = 0; i < R; i++) {
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                float *at = out + i * stride + v * LANES;
                store_sum(at, block == 0, to_f(sum[i][v]), b.scales[block * rows + r + i]);
            }
        }
    }
}

INLINE void channel_last(const int R, const float *scales, float *out, long stride) {
    UNROLL
    for (int i = 0; i < R; i++) {
        UNROLL
        for (int v = 0; v < WIDE; v++) {
            float *at = out + i * stride + v * LANES;
            store_f(at, mul_f(load_f(at), load_f(scales + v * LANES)));
        }
    }
}

/* Bytes of what comes before a super-block's groups, and of a group. */
INLINE long head_bytes(int kind) { return kind == SUPER_4 ? 4 * COLUMNS + 16 * COLUMNS : 2 * COLUMNS + 16 * COLUMNS; }
INLINE long group_bytes(int kind) {
    switch (kind) {
    case GROUP_8: return 2 * COLUMNS + 32 * COLUMNS;
    case GROUP_4: return 2 * COLUMNS + 16 * COLUMNS;
    default: return 16 * COLUMNS;
    }
}

/* Address of group `g` of a panel: its scales where it has its own, else its integers. */
INLINE const uint8_t *group_at(int kind, const uint8_t *w, int g) {
    if (kind == SUPER_4 || kind == SUPER_6) {
        int each = 256 / group_of(kind);
        return w + (g / each + 1) * head_bytes(kind) + (long)g * group_bytes(kind);
    }
    return w + (long)g * group_bytes(kind);
}

/* Groups with their own scales: R of a block's `all` rows from `r` on with WIDE vectors of columns from column `c` on. */
INLINE void group_tile(const int R, const int kind, rows_block b, int all, int r, const uint8_t *w, int c, float *out,
                       long stride, int block, int groups) {
    const int rows = TILE < ROWS ? all : R;
    const int size = group_of(kind);
    const int four_bits = kind == GROUP_4 || kind == SUPER_4;
    VF total[ROWS][WIDE];
    UNROLL
    for (int i = 0; i < R; i++) {
        UNROLL
        for (int v = 0; v < WIDE; v++) {
            total[i][v] = zero_f();
        }
    }
    int end = (block + 1) * (BLOCK / size) < groups ? (block + 1) * (BLOCK / size) : groups;
    for (int g = block * (BLOCK / size); g < end; g++) {
        const uint8_t *at = group_at(kind, w, g);
        VF scale[WIDE], least[WIDE];
        UNROLL
        for (int v = 0; v < WIDE; v++) {
            int column = c + v * LANES;
            if (kind == SUPER_4) {
                const uint8_t *head = w + (g / 8) * (head_bytes(kind) + 8 * group_bytes(kind));
                scale[v] = mul_f(load_h(head + 2 * column), load_u8(head + 128 + 32 * (g % 8) + column));
                least[v] = mul_f(load_h(head + 64 + 2 * column), load_u8(head + 384 + 32 * (g % 8) + column));
            } else if (kind == SUPER_6) {
                const uint8_t *head = w + (g / 16) * (head_bytes(kind) + 16 * group_bytes(kind));
                scale[v] = mul_f(load_h(head + 2 * column), load_s8(head + 64 + 32 * (g % 16) + column));
            } else {
                scale[v] = load_h(at + 2 * column);
            }
        }
        const uint8_t *q = at + (kind == GROUP_8 || kind == GROUP_4 ? 2 * COLUMNS : 0) + 4 * c;
        VI sum[ROWS][WIDE];
        UNROLL
        for (int i = 0; i < R; i++) {
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                int32_t begin = b.sums[g * rows + r + i];
                sum[i][v] = kind == SUPER_4 ? all_i(0) : four_bits ? all_i(begin) : start_8(begin);
            }
        }
        const int steps = four_bits ? size / 8 : size / 4;
        const int8_t *x = b.x + (long)g * size * rows + 4 * r;
        UNROLL
        for (int s = 0; s < steps; s++) {
            VW low[WIDE], high[WIDE];
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                if (four_bits) {
                    low[v] = low_nibbles(q + s * 4 * COLUMNS + v * 4 * LANES);
                    high[v] = high_nibbles(q + s * 4 * COLUMNS + v * 4 * LANES);
                } else {
                    low[v] = bytes(q + s * 4 * COLUMNS + v * 4 * LANES);
                }
            }
            UNROLL
            for (int i = 0; i < R; i++) {
                VX near = four(x + 4 * (s * rows + i));
                UNROLL
                for (int v = 0; v < WIDE; v++) {
                    sum[i][v] = dot(sum[i][v], low[v], near);
                }
                if (four_bits) {
                    VX far = four(x + 4 * ((s + steps) * rows + i));
                    UNROLL
                    for (int v = 0; v < WIDE; v++) {
                        sum[i][v] = dot(sum[i][v], high[v], far);
                    }
                }
            }
        }
        UNROLL
        for (int i = 0; i < R; i++) {
            UNROLL
            for (int v = 0; v < WIDE; v++) {
                total[i][v] = fma_f(to_f(sum[i][v]), scale[v], total[i][v]);
                if (kind == SUPER_4) {
                    float sum_x;
                    memcpy(&sum_x, &b.sums[g * rows + r + i], 4);
                    total[i][v] = fma_f(all_f(-sum_x), least[v], total[i][v]);
                }
            }
        }
    }
    UNROLL
    for (int i = 0; i < R; i++) {
        UNROLL
        for (int v = 0; v < WIDE; v++) {
            float *to = out + i * stride + v * LANES;
            store_sum(to, block == 0, total[i][v], b.scales[block * rows + r + i]);
        }
    }
}

/* Calls `tile` with R a constant. */
#define BY_ROWS(R, tile, ...)                                                                                          \
    switch (R) {                                                                                                       \
    case 1: tile(1, __VA_ARGS__); break;                                                                               \
    case 2: tile(2, __VA_ARGS__); break;                                                                               \
    case 3: tile(3, __VA_ARGS__); break;                                                                               \
    case 4: tile(4, __VA_ARGS__); break;                                                                               \
    case 5: if (TILE > 4) tile(TILE > 4 ? 5 : 1, __VA_ARGS__); break;                                                  \
    case 6: if (TILE > 4) tile(TILE > 4 ? 6 : 1, __VA_ARGS__); break;                                                  \
    case 7: if (TILE > 4) tile(TILE > 4 ? 7 : 1, __VA_ARGS__); break;                                                  \
    default: if (TILE > 4) tile(TILE > 4 ? 8 : 1, __VA_ARGS__); break;                                                 \
    }

INLINE void read_ahead(const uint8_t *from, long bytes) {
    for (long i = 0; i < bytes; i += 64) {
        __builtin_prefetch(from + i);
    }
}

/* Blocks that one pass over the rows takes: with 32 columns they stay in the first cache. */
#define SLICE 6

/* The packed rows from `first` on, a multiple of ROWS, with one panel. */
static void channels(const int8_t *x, int first, int rows, int k, const uint8_t *w, float *out, long stride) {
    int blocks = over(k, BLOCK);
    long depth = 4L * COLUMNS * over(k, 4);
    for (int from = 0; from < blocks; from += SLICE) {
        int to = least_of(from + SLICE, blocks);
        for (int row = 0; row < rows; row += ROWS) {
            int count = least_of(ROWS, rows - row);
            rows_block b = block_of(x, CHANNEL_8, first + row, count, k);
            for (int r = 0; r < count; r += TILE) {
                int R = least_of(TILE, count - r);
                for (int v = 0; v < VECTORS; v += WIDE) {
                    float *at = out + (row + r) * stride + v * LANES;
                    const uint8_t *columns = w + v * 4 * LANES;
                    BY_ROWS(R, channel_tile, b, count, r, columns, at, stride, k, from, to)
                    if (to == blocks) {
                        const float *scales = beyond(w, depth + 4L * v * LANES);
                        BY_ROWS(R, channel_last, scales, at, stride)
                    }
                }
            }
            if (row == 0 && rows > 1) {
                read_ahead(w + (long)to * BLOCK * COLUMNS, (long)SLICE * BLOCK * COLUMNS);
            }
        }
    }
}

INLINE void grouped(const int kind, const int8_t *x, int first, int rows, int k, const uint8_t *w, float *out, long stride) {
    int all = padded(k, unit_of(kind));
    int groups = all / group_of(kind);
    for (int block = 0; block < over(all, BLOCK); block++) {
        for (int row = 0; row < rows; row += ROWS) {
            int count = least_of(ROWS, rows - row);
            rows_block b = block_of(x, kind, first + row, count, k);
            for (int r = 0; r < count; r += TILE) {
                int R = least_of(TILE, count - r);
                for (int v = 0; v < VECTORS; v += WIDE) {
                    float *at = out + (row + r) * stride + v * LANES;
                    BY_ROWS(R, group_tile, kind, b, count, r, w, v * LANES, at, stride, block, groups)
                }
            }
            if (row == 0 && rows > 1) {
                const uint8_t *next = group_at(kind, w, (block + 1) * (BLOCK / group_of(kind)));
                read_ahead(next, (BLOCK / group_of(kind)) * group_bytes(kind));
            }
        }
    }
}

/* Rows whose results wait in the first cache until they are whole: where they go is often far in memory. */
#define BATCH 64

/*
 * out[rows, 32 panels] = x W'.
 *
 * x: packed rows. w: the first panel. next: bytes from one panel to the next. stride: floats between rows
 * of out.
 */
EXPORT void NAMED(integers)(int kind, const int8_t *x, int rows, int k, const uint8_t *w, long next, int panels,
                            float *out, long stride) {
    float held[BATCH * COLUMNS] __attribute__((aligned(64)));
    for (int p = 0; p < panels; p++) {
        const uint8_t *panel = w + p * next;
        for (int row = 0; row < rows; row += BATCH) {
            int count = least_of(BATCH, rows - row);
            switch (kind) {
            case CHANNEL_8: channels(x, row, count, k, panel, held, COLUMNS); break;
            case GROUP_8: grouped(GROUP_8, x, row, count, k, panel, held, COLUMNS); break;
            case GROUP_4: grouped(GROUP_4, x, row, count, k, panel, held, COLUMNS); break;
            case SUPER_4: grouped(SUPER_4, x, row, count, k, panel, held, COLUMNS); break;
            default: grouped(SUPER_6, x, row, count, k, panel, held, COLUMNS); break;
            }
            float *to = out + row * stride + p * COLUMNS;
            for (int i = 0; i < count; i++) {
                UNROLL
                for (int v = 0; v < VECTORS; v++) {
                    store_f(to + i * stride + v * LANES, load_f(held + i * COLUMNS + v * LANES));
                }
            }
        }
    }
}

/* The scalar twin is dev.eddy.kernels.numerics.Integers. */
#define MAGIC 12582912.0f
#define MAGIC_BITS 0x4b400000
#define LEAST_BITS 0x0da24260 /* 1e-30f */
#define INFINITE_BITS 0x7f800000

INLINE int32_t bits_of(float x) {
    int32_t bits;
    memcpy(&bits, &x, 4);
    return bits;
}

/* Quantises `count` elements of one row and lays them out as every `rows`-th word; writes the sums of groups. */
static void pack_block(const float *x, int count, int all, int group, int zero, int32_t *to, int rows, float *scale,
                       int32_t *sums) {
    int32_t largest = 0;
    for (int i = 0; i < count; i++) {
        int32_t bits = bits_of(x[i]) & 0x7fffffff;
        largest = bits > largest ? bits : largest;
    }
    float most, inverse = 0;
    memcpy(&most, &largest, 4);
    if (largest >= INFINITE_BITS) {
        *scale = __builtin_nanf("");
    } else if (largest < LEAST_BITS) {
        *scale = 0;
    } else {
        *scale = most / 127.0f;
        inverse = 127.0f / most;
    }
    int8_t q[BLOCK] __attribute__((aligned(64)));
    for (int i = 0; i < count; i++) {
        int32_t n = bits_of(x[i] * inverse + MAGIC) - MAGIC_BITS;
        n = n > 127 ? 127 : n;
        q[i] = (int8_t)(n < -127 ? -127 : n);
    }
    for (int i = count; i < all; i++) {
        q[i] = 0;
    }
    for (int i = 0; i < all / 4; i++) {
        memcpy(to + i * rows, q + 4 * i, 4);
    }
    for (int g = 0; g < over(all, group); g++) {
        int32_t sum = 0;
        int end = least_of((g + 1) * group, all);
        for (int i = g * group; i < end; i++) {
            sum += q[i];
        }
        float real = (float)sum;
        sum *= -zero;
        memcpy(sums + g * rows, zero ? (const void *)&sum : (const void *)&real, 4);
    }
}

/* Packs a block of at most ROWS rows, `stride` floats apart, for products with panels of a kind. */
EXPORT void NAMED(pack_integers)(int kind, const float *x, long stride, int rows, int k, void *target) {
    int all = padded(k, unit_of(kind));
    int group = group_of(kind);
    int zero = kind == SUPER_4 ? 0 : kind == GROUP_4 ? 8 : 128;
    int32_t *words = target;
    void *rest = words + (long)all / 4 * rows;
    float *scales = rest;
    rest = scales + over(all, BLOCK) * rows;
    int32_t *sums = rest;
    for (int r = 0; r < rows; r++) {
        const float *row = x + r * stride;
        for (int block = 0; block < over(all, BLOCK); block++) {
            int from = block * BLOCK;
            int given = k > from ? least_of(BLOCK, k - from) : 0;
            int32_t *to = words + (long)(from / 4) * rows + r;
            pack_block(row + from, given, least_of(BLOCK, all - from), group, zero, to, rows,
                       scales + block * rows + r, sums + block * (BLOCK / group_of(kind)) * rows + r);
        }
    }
}
