// What the threads of attention.cu multiply and add up, in the reference's order: keys with queries, and values with weights. Numbers
// come out of shared memory while those before them are used.
#pragma once
#include "attention.cuh"

enum { KEYS = 2 };  // that a worker has of a tile

// Calls add(a batch) for all batches of SIZE up to `whole`, a multiple of it, and take(a batch, its first) for each while the one
// before is added. Without a branch between the two, for loads stay ahead of the sums then.
template <int SIZE, class Batch, class Take, class Add>
EDDY_DEVICE void each_ahead(int whole, Take take, Add add) {
    Batch now;
    Batch next;
    if (whole > 0) {
        take(now, 0);
    }
#pragma unroll 1
    for (int i = 0; i + SIZE < whole; i += 2 * SIZE) {
        take(next, i + SIZE);
        add(now);
        take(now, min(i + 2 * SIZE, whole - SIZE));
        add(next);
    }
    if (whole / SIZE % 2 != 0) {
        add(now);
    }
}

// Fours of some keys' columns and of some queries', as many as are multiplied while the next ones come out of shared memory.
template <int HEADS>
struct Fours {
    static constexpr int COUNT = HEADS == 1 ? 2 : 1;

    float4 keys[COUNT][KEYS];
    float4 queries[COUNT][HEADS];

    // From a column that is a multiple of 4 * COUNT on; the first key's row and, from there, the second's.
    EDDY_DEVICE void take(SharedFloats row, int more, int swap, SharedFloats q, int stride, int column) {
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
            int four = column + i * 4;
            keys[i][0] = row.four(four ^ swap);
            keys[i][1] = row.four((four ^ swap) + more);
#pragma unroll
            for (int h = 0; h < HEADS; h++) {
                queries[i][h] = q.four(h * stride + four);
            }
        }
    }

    EDDY_DEVICE void add(float (&dots)[KEYS][HEADS]) const {
#pragma unroll
        for (int i = 0; i < COUNT; i++) {
#pragma unroll
            for (int h = 0; h < HEADS; h++) {
                float4 a = queries[i][h];
#pragma unroll
                for (int k = 0; k < KEYS; k++) {
                    float4 b = keys[i][k];
                    dots[k][h] = fmaf(a.w, b.w, fmaf(a.z, b.z, fmaf(a.y, b.y, fmaf(a.x, b.x, dots[k][h]))));
                }
            }
        }
    }
};

// The products of two keys, which are a multiple of eight apart, with the queries, with `width` columns more.
template <int HEADS>
EDDY_DEVICE void add_products(float (&dots)[KEYS][HEADS], const float* q, int stride, const float* tile, const KeyTile& keys, int key,
                              int other, int width) {
    constexpr int COLUMNS = 4 * Fours<HEADS>::COUNT;
    SharedFloats row((float*)tile + key * keys.stride);
    SharedFloats queries((float*)q);
    int more = (other - key) * keys.stride;
    int swap = 4 * (key & keys.swap);
    int whole = width - width % COLUMNS;
    each_ahead<COLUMNS, Fours<HEADS>>(
        whole, [&](Fours<HEADS>& fours, int c) { fours.take(row, more, swap, queries, stride, c); },
        [&](const Fours<HEADS>& fours) { fours.add(dots); });
#pragma unroll 1
    for (int c = whole; c < width; c++) {
#pragma unroll
        for (int h = 0; h < HEADS; h++) {
            dots[0][h] = fmaf(q[h * stride + c], row.one(c ^ swap), dots[0][h]);
            dots[1][h] = fmaf(q[h * stride + c], row.one((c ^ swap) + more), dots[1][h]);
        }
    }
}

// Sums over a block's keys by some heads' weights: of a worker's columns of values, and of the weights themselves.
template <int HEADS, int COLUMNS>
struct Weighted {
    float values[HEADS][COLUMNS];
    float weights[HEADS];

    // Of some keys, as many as are added up while the next ones come out of shared memory.
    static constexpr int ROWS = HEADS == 1 ? 8 : 4;

    struct Rows {
        float values[ROWS][COLUMNS];
        float4 weights[HEADS][ROWS / 4];

        EDDY_DEVICE void take(SharedFloats w, SharedFloats columns, int stride, int row) {
#pragma unroll
            for (int i = 0; i < ROWS; i++) {
                columns.some((row + i) * stride, values[i]);
            }
#pragma unroll
            for (int h = 0; h < HEADS; h++) {
#pragma unroll
                for (int i = 0; i < ROWS / 4; i++) {
                    weights[h][i] = w.four(h * KEY_BLOCK + row + i * 4);
                }
            }
        }
    };

    EDDY_DEVICE void clear() {
#pragma unroll
        for (int h = 0; h < HEADS; h++) {
            weights[h] = 0.0f;
#pragma unroll
            for (int c = 0; c < COLUMNS; c++) {
                values[h][c] = 0.0f;
            }
        }
    }

    // `count` keys more, a multiple of four but at the end; a head's weights are KEY_BLOCK from the next one's.
    EDDY_DEVICE void add(const float* w, const float* at, int stride, int count) {
        SharedFloats weights((float*)w);
        SharedFloats columns((float*)at);
        int whole = count - count % ROWS;
        each_ahead<ROWS, Rows>(
            whole, [&](Rows& rows, int row) { rows.take(weights, columns, stride, row); }, [&](const Rows& rows) { add(rows); });
#pragma unroll 1
        for (int row = whole; row < count; row++) {
            float x[COLUMNS];
            columns.some(row * stride, x);
#pragma unroll
            for (int h = 0; h < HEADS; h++) {
                add(h, w[h * KEY_BLOCK + row], x);
            }
        }
    }

private:
    EDDY_DEVICE void add(const Rows& rows) {
#pragma unroll
        for (int h = 0; h < HEADS; h++) {
#pragma unroll
            for (int i = 0; i < ROWS; i++) {
                float4 w = rows.weights[h][i / 4];
                add(h, i % 4 == 0 ? w.x : i % 4 == 1 ? w.y : i % 4 == 2 ? w.z : w.w, rows.values[i]);
            }
        }
    }

    EDDY_DEVICE void add(int h, float w, const float (&x)[COLUMNS]) {
        weights[h] += w;
#pragma unroll
        for (int c = 0; c < COLUMNS; c++) {
            values[h][c] = fmaf(w, x[c], values[h][c]);
        }
    }
};
