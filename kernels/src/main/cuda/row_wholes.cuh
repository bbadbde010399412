// Operators of rows.cu that read across columns: norms and softmax, and those that move columns about.
#pragma once
#include "lanes.cuh"
#include "row_columns.cuh"

// What a group's columns less `shift` are multiplied by; a sum multiplies ones.
EDDY_DEVICE float norm_factor(const RowOp& op, const float* x, int size, float* shift) {
    *shift = 0.0f;
    if (op.function == NORM_LAYER || op.function == NORM_SUM) {
        float sum = lane_tree(lane_sum(x, size));
        if (op.function == NORM_SUM) {
            return sum;
        }
        *shift = sum / size;
    }
    float squares = lane_tree(lane_squares(x, size, *shift));
    float mean = op.function == NORM_L2 ? squares : squares / size;
    return op.function == NORM_RMS_PLUS ? 1.0f / (sqrtf(mean) + op.scalar) : 1.0f / sqrtf(mean + op.scalar);
}

// A column's group; the divisor's binary logarithm is `shift`, unless that is negative.
EDDY_DEVICE int group_of(int column, int size, int shift) { return shift >= 0 ? column >> shift : column / size; }

// As many groups at a time as the block has half warps; only those that the block's columns are in.
template <class K>
EDDY_DEVICE void normalise(const RowOp& op, const Part& part, float* shifts, float* factors) {
    Result<K> out(op, part);
    const float* x = K::is_quads() ? part.near(op.x, 0) : part.source(op.x, op.far_x);
    bool scaled = op.scale >= 0 || op.far_scale.at != nullptr;
    bool biased = op.bias >= 0 || op.far_bias.at != nullptr;
    bool sums = op.function == NORM_SUM;
    int size = op.x_width;
    int from = part.first(op);
    int until = part.last(op);
    int teams = blockDim.x / 16;
    int team = threadIdx.x / 16;
    int begin = op.groups == 1 ? 0 : group_of(from, size, op.y_width);
    int end = op.groups == 1 ? 1 : group_of(until + size - 1, size, op.y_width);
    int step = (size & 3) == 0 ? 4 : 1;
#pragma unroll 1
    for (int first = begin; first < end; first += teams) {
        int held = end - first < teams ? end - first : teams;
        if ((team & ~1) < held) {  // shuffles need whole warps
            int group = first + (team < held ? team : held - 1);
            float shift;
            float factor = norm_factor(op, x + group * size, size, &shift);
            if (team < held && lane_of_16() == 0) {
                shifts[team] = shift;
                factors[team] = factor;
            }
        }
        __syncthreads();
        int low = first * size > from ? first * size : from;
        int high = (first + held) * size < until ? (first + held) * size : until;
#pragma unroll 1
        for (int c = low + threadIdx.x * step; c < high; c += blockDim.x * step) {
            int g = held == 1 ? 0 : group_of(c, size, op.y_width) - first;
            int count = high - c < step ? high - c : step;
            float4 y = sums ? same_four(1.0f) : take<K>(x + c, count);
            float4 by = scaled ? take<K>(part, op.scale, op.far_scale, c, count) : same_four(1.0f);  // what changes no bit
            float4 plus = biased ? take<K>(part, op.bias, op.far_bias, c, count) : same_four(-0.0f);
            float shift = shifts[g];
            float factor = factors[g];
            y = each_of(y, by, [=](float v, float w) { return (v - shift) * factor * w; });
            out.put(part, c, each_of(y, plus, [](float v, float w) { return v + w; }), count);
        }
        __syncthreads();
    }
}

template <class K>
EDDY_DEVICE void softmax(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    int size = op.width / op.groups;
    int teams = blockDim.x / 16;
#pragma unroll 1
    for (int first = 0; first < op.groups; first += teams) {
        int group = first + threadIdx.x / 16;
        bool held = group < op.groups;
        int from = group * size;
        float largest = negative_infinity();
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            largest = eddy_max(x[from + i], largest);
        }
        largest = lane_max(largest);
        float sum = 0.0f;
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            sum += eddy_exp(x[from + i] - largest);
        }
        sum = lane_tree(sum);
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            out.put(part, from + i, eddy_exp(x[from + i] - largest) / sum);
        }
    }
}

template <class K>
EDDY_DEVICE void concat(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    int width = op.x_width / op.groups;
    int group = op.width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.x_width; c += blockDim.x) {
        out.put(part, c / width * group + op.at + c % width, x[c]);
    }
}

template <class K>
EDDY_DEVICE void outer(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    const float* y = part.source(op.y, op.far_y);
    int n = op.x_width / op.groups;
    int m = op.y_width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.width; c += blockDim.x) {
        int i = c / m;
        out.put(part, c, x[i] * y[i / n * m + c % m]);
    }
}

// Rounds a row to bfloat16 into its place among fragments, zeros to the end of the last k-tile.
template <class K>
EDDY_DEVICE void to_fragments(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    int padded = out.tiles * 16;
    over_columns(op, part, part.until < padded ? part.until : padded, [&](int c, int) {
        int count = op.width - c < 4 ? op.width - c : 4;
        out.give_fragments(part, c, count > 0 ? take<K>(part, op.x, op.far_x, c, count) : same_four(0.0f));
    });
}
