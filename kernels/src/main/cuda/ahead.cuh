// Recurrences of a column by itself: what a thread reads of an entry's elements is asked for some elements before it is
// wanted, so that it waits for memory once an entry and not once an element.
#pragma once
#include "batch.cuh"

enum { ELEMENTS_AHEAD = 8 };

// One column of the INPUTS values that a recurrence reads.
template <int INPUTS>
struct ColumnsAhead {
    const float* at[INPUTS];  // of the entry's first element
    int stride[INPUTS];
    float held[ELEMENTS_AHEAD][INPUTS];

    EDDY_DEVICE void read(int input, const Rows& rows, int first, int column) {
        at[input] = row_of(rows, first) + column;
        stride[input] = rows.stride;
    }

    EDDY_DEVICE void ask(int from, int end) {
#pragma unroll
        for (int i = 0; i < ELEMENTS_AHEAD; i++) {
#pragma unroll
            for (int n = 0; n < INPUTS; n++) {
                held[i][n] = from + i < end ? at[n][(long long)(from + i) * stride[n]] : 0.0f;
            }
        }
    }

    // Calls f(element, its INPUTS numbers) for each of `elements`, in order.
    template <class F>
    EDDY_DEVICE void each(int elements, F f) {
        ask(0, elements);
        for (int from = 0; from < elements; from += ELEMENTS_AHEAD) {
            float now[ELEMENTS_AHEAD][INPUTS];
#pragma unroll
            for (int i = 0; i < ELEMENTS_AHEAD; i++) {
#pragma unroll
                for (int n = 0; n < INPUTS; n++) {
                    now[i][n] = held[i][n];
                }
            }
            ask(from + ELEMENTS_AHEAD, elements);
#pragma unroll
            for (int i = 0; i < ELEMENTS_AHEAD; i++) {
                if (from + i < elements) {
                    f(from + i, now[i]);
                }
            }
        }
    }
};
