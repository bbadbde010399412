// Mixture of experts: the choice, and the chosen experts' products. Every row by itself, whoever else is in the batch.
// Reference: ReferenceExperts.
#include "batch.cuh"
#include "functions.cuh"
#include "ranking.cuh"

struct RouteParams {
    Batch batch;
    Rows scores;
    Rows out;  // [R, 2 k]
    const float* bias;
    int count;
    int groups;
    int chosen;
    int normalise;
    float scale;
    int selected;
};

// The best of x among those ranked below last: the largest rank, in every lane of the warp.
EDDY_DEVICE unsigned long long best_below(const float* x, int count, unsigned long long last) {
    unsigned long long best = 0;
    for (int i = threadIdx.x; i < count; i += 32) {
        unsigned long long rank = rank_of(x[i], i);
        best = rank < last && rank > best ? rank : best;
    }
    for (int half = 16; half > 0; half >>= 1) {
        unsigned long long other = __shfl_xor_sync(0xffffffffu, best, half);
        best = other > best ? other : best;
    }
    return best;
}

// Each group's two best choices, added.
EDDY_DEVICE void group_strengths(const RouteParams& p, const float* choice, float* strength) {
    int size = p.scores.width / p.groups;
    for (int g = threadIdx.x; g < p.groups; g += 32) {
        unsigned long long first = 0;
        unsigned long long second = 0;
        for (int i = 0; i < size; i++) {
            unsigned long long rank = rank_of(choice[g * size + i], i);
            second = rank > first ? first : rank > second ? rank : second;
            first = rank > first ? rank : first;
        }
        const float* group = choice + g * size;
        strength[g] = group[id_of(first)] + (size > 1 ? group[id_of(second)] : 0.0f);
    }
}

EDDY_DEVICE void drop_groups(const RouteParams& p, float* choice, float* strength) {
    int size = p.scores.width / p.groups;
    group_strengths(p, choice, strength);
    __syncthreads();
    unsigned long long last = ~0ull;
    for (int i = 0; i < p.chosen; i++) {
        last = best_below(strength, p.groups, last);
    }
    for (int i = threadIdx.x; i < p.scores.width; i += 32) {
        int group = i / size;
        choice[i] = rank_of(strength[group], group) < last ? negative_infinity() : choice[i];
    }
    __syncthreads();
}

// Grid: x rows. Block: one warp. Shared: X + groups floats.
EDDY_KERNEL(route, RouteParams) {
    EDDY_DYNAMIC_SHARED(float, choice);
    int experts = p.scores.width;
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.x; row < rows; row += gridDim.x) {
        const float* scores = row_of(p.scores, row);
        for (int i = threadIdx.x; i < experts; i += 32) {
            choice[i] = p.bias == nullptr ? scores[i] : scores[i] + p.bias[i];
        }
        __syncthreads();
        if (p.chosen < p.groups) {
            drop_groups(p, choice, choice + experts);
        }
        float* out = row_of(p.out, row);
        unsigned long long last = ~0ull;
        float sum = 0.0f;
        for (int i = 0; i < p.count; i++) {
            last = best_below(choice, experts, last);
            float score = scores[id_of(last)];
            sum += score;
            if (threadIdx.x == 0) {
                out[i] = (float)id_of(last);
                out[p.count + i] = score;
            }
        }
        if (threadIdx.x == 0) {
            for (int i = 0; i < p.count; i++) {
                float score = out[p.count + i];
                out[p.count + i] = (p.normalise ? score / sum : score) * p.scale;
            }
        }
        __syncthreads();
    }
}

struct ExpertsParams {
    Batch batch;
    Rows x;
    Rows routes;
    Rows out;
    float* up;  // [R, k, U]
    float* down;  // [R, k, D']
    const void* up_weight;  // [X, D, U]: each transposed
    const void* down_weight;  // [X, I, D']
    int half;  // 1: bfloat16 weights
    int rows_up;  // U
    int inner;  // I
    int function;
    int gated;
    int selected;
};

EDDY_DEVICE float expert_weight(const void* weights, int half, long long at) {
    return half ? from_bf16(((const unsigned short*)weights)[at]) : ((const float*)weights)[at];
}

// One output of a transposed matrix [depth, width].
EDDY_DEVICE float expert_product(
        const void* weights, int half, long long matrix, const float* x, int depth, int width, int n) {
    float sum = 0.0f;
    long long at = matrix * depth * width + n;
#pragma unroll 8
    for (int k = 0; k < depth; k++) {
        sum = fmaf(x[k], expert_weight(weights, half, at + (long long)k * width), sum);
    }
    return sum;
}

// Grid: x outputs, y choices, z rows.
EDDY_KERNEL(experts_up, ExpertsParams) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int count = p.routes.width / 2;
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.z; n < p.rows_up && row < rows; row += gridDim.z) {
        int expert = (int)row_of(p.routes, row)[blockIdx.y];
        p.up[((long long)row * count + blockIdx.y) * p.rows_up + n] =
                expert_product(p.up_weight, p.half, expert, row_of(p.x, row), p.x.width, p.rows_up, n);
    }
}

// The gates, in place: the first I of U. Grid: x inner, y choices, z rows.
EDDY_KERNEL(experts_gate, ExpertsParams) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    int count = p.routes.width / 2;
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.z; j < p.inner && row < rows; row += gridDim.z) {
        float* up = p.up + ((long long)row * count + blockIdx.y) * p.rows_up;
        float active = apply_unary(p.function, up[j]);
        up[j] = p.gated ? active * up[p.inner + j] : active;
    }
}

// Grid: x outputs, y choices, z rows.
EDDY_KERNEL(experts_down, ExpertsParams) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int count = p.routes.width / 2;
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.z; n < p.out.width && row < rows; row += gridDim.z) {
        int expert = (int)row_of(p.routes, row)[blockIdx.y];
        long long at = (long long)row * count + blockIdx.y;
        p.down[at * p.out.width + n] = expert_product(
                p.down_weight, p.half, expert, p.up + at * p.rows_up, p.inner, p.out.width, n);
    }
}

// Sums in route order. Grid: x outputs, y rows.
EDDY_KERNEL(experts_sum, ExpertsParams) {
    int n = blockIdx.x * blockDim.x + threadIdx.x;
    int count = p.routes.width / 2;
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.y; n < p.out.width && row < rows; row += gridDim.y) {
        const float* weights = row_of(p.routes, row) + count;
        float sum = 0.0f;
        for (int i = 0; i < count; i++) {
            sum = fmaf(weights[i], p.down[((long long)row * count + i) * p.out.width + n], sum);
        }
        row_of(p.out, row)[n] = sum;
    }
}
