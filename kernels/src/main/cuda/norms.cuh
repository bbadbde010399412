// How rows, or groups of their columns, are normalised (dev.eddy.kernels.reference.ReferenceNorms).
#pragma once
#include "quads.cuh"

// dev.eddy.kernels.program.NormKind, by ordinal.
enum NormKind { NORM_RMS, NORM_RMS_PLUS, NORM_LAYER, NORM_L2, NORM_SUM };

// What a norm's columns less `shift` are multiplied by; a sum multiplies ones.
struct GroupSum {
    float shift;
    float factor;
};

// sum and squares(shift) give those of the group's columns.
template <class Sum, class Squares>
EDDY_DEVICE GroupSum group_sum(int kind, int size, float epsilon, Sum sum, Squares squares) {
    GroupSum g = {0.0f, 0.0f};
    if (kind == NORM_LAYER || kind == NORM_SUM) {
        float all = sum();
        if (kind == NORM_SUM) {
            g.factor = all;
            return g;
        }
        g.shift = all / size;
    }
    float all = squares(g.shift);
    float mean = kind == NORM_L2 ? all : all / size;
    g.factor = kind == NORM_RMS_PLUS ? 1.0f / (sqrtf(mean) + epsilon) : 1.0f / sqrtf(mean + epsilon);
    return g;
}

template <bool SUMS>
EDDY_DEVICE float4 normal(float4 x, GroupSum g) {
    return SUMS ? same_four(g.factor) : each_of(x, x, [=](float v, float) { return (v - g.shift) * g.factor; });
}
