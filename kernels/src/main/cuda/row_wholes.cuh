// Operators of rows.cu that read across columns: norms and softmax, and those that move columns about.
#pragma once
#include "lanes.cuh"
#include "row_columns.cuh"

// A column's group; the divisor's binary logarithm is `shift`, unless that is negative.
EDDY_DEVICE int group_of(int column, int size, int shift) { return shift >= 0 ? column >> shift : column / size; }

// Threads that make a group's sums: with half a warp each, twice as many small groups have a turn.
EDDY_DEVICE int team_of(int size) { return size <= LANES_OF_HALF_TEAM ? HALF_TEAM : WARP_TEAM; }

// As many groups at a time as the block has teams; only those that the block's columns are in.
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
    int threads = team_of(size);
    int teams = teams_of(blockDim.x, threads);
    int team = teams_of(threadIdx.x, threads);
    int begin = op.groups == 1 ? 0 : group_of(from, size, op.y_width);
    int end = op.groups == 1 ? 1 : group_of(until + size - 1, size, op.y_width);
    int step = (size & 3) == 0 ? 4 : 1;
#pragma unroll 1
    for (int first = begin; first < end; first += teams) {
        int held = end - first < teams ? end - first : teams;
        if ((int)(threadIdx.x & ~31) < held * threads) {  // shuffles need whole warps
            int group = first + (team < held ? team : held - 1);
            const float* of = x + group * size;
            GroupSum g = group_sum(
                op.function, size, op.scalar, [&] { return lane_sum(of, size, threads); },
                [&](float shift) { return lane_squares(of, size, shift, threads); });
            if (team < held && thread_of_team(threads) == 0) {
                shifts[team] = g.shift;
                factors[team] = g.factor;
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
    int size = op.width / op.groups;
    int threads = team_of(size);
    int teams = teams_of(blockDim.x, threads);
    int thread = thread_of_team(threads);
#pragma unroll 1
    for (int first = 0; first < op.groups; first += teams) {
        int group = first + teams_of(threadIdx.x, threads);
        int count = group < op.groups ? size : 0;
        int from = group * size;
        const float* x = part.source(op.x, op.far_x) + from;
        float largest = negative_infinity();
#pragma unroll 1
        for (int i = thread; i < count; i += threads) {
            largest = eddy_max(x[i], largest);
        }
        largest = lane_max(largest, threads);
        float4 sum = no_lanes();
#pragma unroll 1
        for (int i = 4 * thread; i < count; i += FLOATS_OF_LANES) {
            int held = count - i < 4 ? count - i : 4;
            float4 v = take<K>(x + i, held);
            v.y = held > 1 ? v.y : negative_infinity();  // whose exponential is 0
            v.z = held > 2 ? v.z : negative_infinity();
            v.w = held > 3 ? v.w : negative_infinity();
            sum = each_of(sum, v, [=](float lane, float w) { return lane + eddy_exp(w - largest); });
        }
        float total = lane_tree(sum, threads);
#pragma unroll 1
        for (int i = thread; i < count; i += threads) {
            out.put(part, from + i, eddy_exp(x[i] - largest) / total);
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
