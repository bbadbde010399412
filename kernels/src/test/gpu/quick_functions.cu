// Holds quick_functions.cuh to functions.cuh by bits, at every float for which it takes its short ways and, as it chooses for four
// numbers at once, at every float at all. On a machine with a card, or compiled elsewhere for it:
//   nvcc -std=c++17 -O3 -fmad=false -gencode arch=compute_90a,code=sm_90a -o quick_functions quick_functions.cu && ./quick_functions
// Ends with 1 if a number has other bits, and prints how many and the last of them. A NaN is like any other NaN.
#include <cstdio>

#include "../../main/cuda/quick_functions.cuh"
#include "try.cuh"

struct Differs {
    unsigned long long count;
    unsigned long long seen;
    float at;
};

EDDY_DEVICE void compare(Differs* differs, float at, float is, float should) {
    bool same = float_to_bits(is) == float_to_bits(should) || (is != is && should != should);
    if (!same) {
        atomicAdd(&differs->count, 1ull);
        differs->at = at;
    }
}

// Calls look(x) for every float, four neighbouring ones a thread at a time.
template <class Look>
EDDY_DEVICE void each_of_all(Look look) {
    for (unsigned long long bits = 4ull * (blockIdx.x * blockDim.x + threadIdx.x); bits < 1ull << 32;
         bits += 4ull * gridDim.x * blockDim.x) {
        float four[4];
        for (int i = 0; i < 4; i++) {
            four[i] = bits_to_float((int)(bits + i));
        }
        look(four);
    }
}

template <int FUNCTION>
static __global__ void look_at(Differs* differs) {
    unsigned long long seen = 0;
    each_of_all([&](const float (&x)[4]) {
        float4 is = quick_four<FUNCTION>(make_float4(x[0], x[1], x[2], x[3]));
        float found[4] = {is.x, is.y, is.z, is.w};
        for (int i = 0; i < 4; i++) {
            compare(differs, x[i], found[i], apply_unary(FUNCTION, x[i]));
        }
        seen += 4;
    });
    atomicAdd(&differs->seen, seen);
}

static __global__ void look_at_reciprocals(Differs* differs) {
    unsigned long long seen = 0;
    each_of_all([&](const float (&x)[4]) {
        for (int i = 0; i < 4; i++) {
            if (x[i] >= 1.0f && x[i] <= 4.25e37f) {
                compare(differs, x[i], quick_reciprocal(x[i]), 1.0f / x[i]);
                seen++;
            }
        }
    });
    atomicAdd(&differs->seen, seen);
}

static int report(const char* name, void (*kernel)(Differs*)) {
    Differs* differs;
    TRY(cudaMallocManaged(&differs, sizeof *differs));
    *differs = Differs{0, 0, 0.0f};
    kernel<<<2048, 256>>>(differs);
    TRY(cudaDeviceSynchronize());
    printf("%-12s %llu numbers, %llu with other bits", name, differs->seen, differs->count);
    printf(differs->count > 0 ? ", such as %a\n" : "\n", differs->at);
    int found = differs->count > 0;
    TRY(cudaFree(differs));
    return found;
}

int main() {
    int found = report("1 / x", look_at_reciprocals);
    found |= report("exp", look_at<EXP>);
    found |= report("sigmoid", look_at<SIGMOID>);
    found |= report("softplus", look_at<SOFTPLUS>);
    found |= report("tanh", look_at<TANH>);
    return found;
}
