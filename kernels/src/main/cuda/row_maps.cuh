// Functions of columns (rows.cu), one or two in one go.
#pragma once
#include "row_columns.cuh"

// Functions that lists seldom have. Exponentials and quotients are there once for all that are made of them.
static __device__ __noinline__ float4 combine_seldom(int function, float4 a, float4 b) {
    if (function == EXP || function == SIGMOID || function == SILU) {
        float sign = function == EXP ? 1.0f : -1.0f;
        float4 e = each_of(a, a, [=](float x, float) { return eddy_exp(x * sign); });
        if (function == EXP) {
            return e;
        }
        float4 below = each_of(e, e, [](float x, float) { return 1.0f + x; });
        return each_of(function == SILU ? a : same_four(1.0f), below, [](float x, float y) { return x / y; });
    }
    float4 r;
#pragma unroll 1
    for (int i = 0; i < 4; i++) {
        float v = function < BINARY_FUNCTIONS ? apply_unary(function, a.x)
                                              : apply_binary(function - BINARY_FUNCTIONS, a.x, b.x);
        r = make_float4(r.y, r.z, r.w, v);
        a = make_float4(a.y, a.z, a.w, a.x);
        b = make_float4(b.y, b.z, b.w, b.x);
    }
    return r;
}

// A function of four columns.
EDDY_DEVICE float4 combine(int function, float4 a, float4 b) {
    if (function == BINARY_FUNCTIONS + MULTIPLY) {
        return each_of(a, b, [](float x, float y) { return x * y; });
    }
    if (function == BINARY_FUNCTIONS + ADD) {
        return each_of(a, b, [](float x, float y) { return x + y; });
    }
    if (function == BINARY_FUNCTIONS + SUBTRACT) {
        return each_of(a, b, [](float x, float y) { return x - y; });
    }
    return combine_seldom(function, a, b);
}

// An operand whose elements several columns share, or which recurs.
static __device__ __noinline__ float4 take_spread(const float* y, int width, int block, int c, int count) {
    if (block > 0 && (block & 3) == 0) {
        return same_four(y[c / block]);
    }
    float v[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int k = i < count ? c + i : c;
        v[i] = y[block > 0 ? k / block : k % width];
    }
    return make_float4(v[0], v[1], v[2], v[3]);
}

template <class K>
EDDY_DEVICE float4 take_second(const RowOp& op, int kind, const Part& part, int c, int count) {
    if (kind == OPERAND_COLUMNS) {
        return take<K>(part, op.y, op.far_y, c, count);
    }
    return kind == OPERAND_SPREAD ? take_spread(part.source(op.y, op.far_y), op.y_width, op.block, c, count)
                                  : same_four(op.scalar);
}

// One or two functions of columns. An operator's fields are read where they are needed, since few of them are.
template <class K>
EDDY_DEVICE void map(const RowOp& op, const Part& part) {
    int function = op.function;
    int second = op.second;
    int y_kind = op.y_kind;
    int z_kind = op.z_kind;
    Result<K> out(op, part);
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 value = take<K>(part, op.x, op.far_x, c, count);
        float4 y = take_second<K>(op, y_kind, part, c, count);
        float4 z = z_kind == OPERAND_COLUMNS ? take<K>(part, op.z, op.far_z, c, count) : same_four(op.z_scalar);
        value = combine(function, value, y);
        if (second >= 0) {
            value = combine(second, value, z);
        }
        out.put(part, c, value, count);
    });
}

// The same functions of the same x and z, each with a y and a result of its own; y of the next is read meanwhile.
template <class K>
EDDY_DEVICE void map_alike(const RowOp* ops, int more, const Part& part) {
    const RowOp& op = ops[0];
    int function = op.function;
    int second = op.second;
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 x = take<K>(part, op.x, op.far_x, c, count);
        float4 z = op.z_kind == OPERAND_COLUMNS ? take<K>(part, op.z, op.far_z, c, count) : same_four(op.z_scalar);
        float4 y = take<K>(part, op.y, op.far_y, c, count);
#pragma unroll 1
        for (int i = 0; i <= more; i++) {
            const RowOp& next = ops[i < more ? i + 1 : i];
            float4 then = take<K>(part, next.y, next.far_y, c, count);
            float4 value = combine(function, x, y);
            if (second >= 0) {
                value = combine(second, value, z);
            }
            Result<K>(ops[i], part).put(part, c, value, count);
            y = then;
        }
    });
}
