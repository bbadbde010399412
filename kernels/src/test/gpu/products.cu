// Times the blocks of matmul_bf16.cu and of the two *wgmma.cu over shapes of real models, and compares every row's bits with those of one row
// alone. On a machine with a card, or compiled elsewhere for it:
//   nvcc -std=c++17 -O3 -fmad=false -gencode arch=compute_90a,code=sm_90a -I ../../main/cuda -o products products.cu && ./products [ROWS,... [FUNCTION [NAME]]]
// A figure is the time of one launch among many, µs, the weights of each from another place in memory; "near" counts
// launches that overlap, as those of a step do, "apart" others, "after a pause" pairs of one and of a launch of 7,000 clocks
// that streams nothing; all in a graph. With a function (its ordinal among Unary) that is applied last, results are rounded
// into fragments too, as between two products; -1 is none. With a name, only kernels whose name has it in it are run.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "matmul_bf16.cu"
#include "matmul_bytes_wgmma.cu"
#include "matmul_wgmma.cu"
#include "try.cuh"

struct Variant {
    const char* name;
    void (*kernel)(MatMulBf16Params);
    int outputs, rows, turns, threads, depth, stages;
    int blocks;  // which share a product's depth

    // Weights: 2 of bfloat16, 1 and 0 of eight bits.
    int weights() const { return strstr(name, "bf16") || strstr(name, "matmul_wgmma") ? 2 : strstr(name, "fp8") ? 1 : 0; }

    int weight_bytes() const { return weights() == 2 ? 2 : 1; }

    bool by_warpgroups() const { return strstr(name, "wgmma") != nullptr; }

    // Whether it takes so many rows, laid out for it; wgmma's 64 rows may be fewer, and those of 160 are as many as fill such
    // groups better than groups of 128.
    bool takes(int all) const {
        int few = all <= 8 ? 8 : all <= 16 ? 16 : all <= 32 ? 32 : all <= 64 ? 64 : 128;
        return rows == few || (rows == 64 && few > 8 && few < 64 && by_warpgroups()) || (rows == 160 && (all + 159) / 160 < (all + 127) / 128);
    }

    // Kind of the groups of its rows (fragments.cuh).
    int group(int all) const {
        int group = 0;
        while (group < 7 && 1 << group < all) {
            group++;
        }
        return rows == 160 ? GROUP_OF_160 : group;
    }

    int held(int all) const { return rows == 160 ? rows : std::min(rows, 1 << group(all)); }

    int shared(int all) const {
        return stages * depth * (outputs * weight_bytes() + held(all) * 2) * 16 + (turns > 1 ? SEGMENTS * (outputs + 4) * rows * 4 : 0) +
               (by_warpgroups() ? (rows - held(all)) * 32 : 0);
    }
};

#define NAMED(kernel, ...) {#kernel, (void (*)(MatMulBf16Params))kernel, __VA_ARGS__}
#define SHARED(kernel, ...) NAMED(kernel, __VA_ARGS__, 1), NAMED(kernel, __VA_ARGS__, 2), NAMED(kernel, __VA_ARGS__, 4)

// Of weights of eight bits.
#define EIGHT_BITS(name)                                                                                              \
    NAMED(name##_8, 16, 8, 4, 192, 32, 4, 1), NAMED(name##_8, 16, 8, 4, 192, 32, 8, 1),                               \
        NAMED(name##_8, 16, 8, 4, 192, 32, 12, 1), NAMED(name##_8_two, 32, 8, 4, 192, 16, 4, 1),                      \
        NAMED(name##_8_two, 32, 8, 4, 192, 16, 8, 1), NAMED(name##_8_two, 32, 8, 4, 192, 16, 12, 1),                  \
        NAMED(name##_8_four, 64, 8, 4, 192, 16, 4, 1), NAMED(name##_8_wide, 32, 8, 1, 128, 16, 4, 1),                 \
        NAMED(name##_8_wide, 32, 8, 1, 128, 16, 8, 1), NAMED(name##_8_wide, 32, 8, 1, 128, 16, 4, 4),                 \
        NAMED(name##_16, 16, 16, 4, 192, 32, 4, 1), NAMED(name##_32, 16, 32, 4, 192, 16, 4, 1),                       \
        SHARED(name##_64_narrow, 32, 64, 1, 352, 8, 4), SHARED(name##_64, 64, 64, 1, 416, 8, 3),                      \
        SHARED(name##_wgmma_64, 64, 64, 1, 256, 8, 4), SHARED(name##_128_narrow, 64, 128, 1, 416, 8, 4),              \
        SHARED(name##_128, 128, 128, 1, 576, 8, 3), SHARED(name##_wgmma_128, 128, 128, 1, 384, 8, 4)

static const Variant variants[] = {
    EIGHT_BITS(matmul_fp8),
    EIGHT_BITS(matmul_int8),
    NAMED(matmul_bf16_8, 16, 8, 4, 192, 16, 4, 1),
    NAMED(matmul_bf16_8, 16, 8, 4, 192, 16, 8, 1),
    NAMED(matmul_bf16_8, 16, 8, 4, 192, 16, 12, 1),
    NAMED(matmul_bf16_8_two, 32, 8, 4, 192, 8, 4, 1),
    NAMED(matmul_bf16_8_two, 32, 8, 4, 192, 8, 8, 1),
    NAMED(matmul_bf16_8_two, 32, 8, 4, 192, 8, 12, 1),
    NAMED(matmul_bf16_8_four, 64, 8, 4, 192, 8, 4, 1),
    NAMED(matmul_bf16_8_narrow, 16, 8, 1, 96, 16, 3, 4),
    NAMED(matmul_bf16_8_narrow, 16, 8, 1, 96, 16, 6, 4),
    NAMED(matmul_bf16_8_wide, 32, 8, 1, 96, 8, 8, 1),
    NAMED(matmul_bf16_8_wide, 32, 8, 1, 96, 8, 6, 4),
    NAMED(matmul_bf16_8_wide, 32, 8, 1, 96, 8, 8, 4),
    NAMED(matmul_bf16_16, 16, 16, 4, 192, 16, 4, 1),
    NAMED(matmul_bf16_16, 16, 16, 4, 192, 16, 8, 1),
    NAMED(matmul_bf16_32, 16, 32, 4, 192, 8, 8, 1),
    SHARED(matmul_bf16_64_narrow, 32, 64, 1, 352, 8, 4),
    SHARED(matmul_bf16_64, 64, 64, 1, 416, 8, 3),
    SHARED(matmul_wgmma_64x64, 64, 64, 1, 384, 8, 5),
    SHARED(matmul_wgmma_64x80, 80, 64, 1, 384, 8, 4),
    SHARED(matmul_wgmma_64x96, 96, 64, 1, 384, 8, 4),
    SHARED(matmul_wgmma_64x128, 128, 64, 1, 384, 8, 3),
    SHARED(matmul_bf16_128_narrow, 64, 128, 1, 416, 8, 4),
    SHARED(matmul_bf16_128, 128, 128, 1, 576, 8, 3),
    SHARED(matmul_wgmma_128x64, 64, 128, 1, 384, 8, 4),
    SHARED(matmul_wgmma_128, 128, 128, 1, 384, 8, 3),
    SHARED(matmul_wgmma_160x64, 64, 160, 1, 384, 8, 3),
    SHARED(matmul_wgmma_160, 128, 160, 1, 384, 8, 3),
};

// A number made up from a place, from -1 to 1.
static __device__ unsigned short made_up(unsigned place, unsigned seed) {
    unsigned h = place * 2654435761u ^ seed;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return to_bf16(((int)(h >> 8 & 0xffff) - 32768) / 32768.0f);
}

static __global__ void fill(unsigned short* to, long long count, unsigned seed) {
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < count; i += (long long)gridDim.x * blockDim.x) {
        to[i] = made_up((unsigned)i, seed);
    }
}

static __global__ void fill_rows(unsigned short* to, int first, int rows, int depth, int group) {
    int tiles = (depth + 15) / 16;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < rows * tiles * 16; i += gridDim.x * blockDim.x) {
        to[fragment_of(i / (tiles * 16), i % (tiles * 16), tiles, group)] =
            made_up((unsigned)(i + first * tiles * 16), 77u);
    }
}

static __global__ void put_rows(Counts* counts, int rows, int group) {
    counts->rows = rows;
    counts->groups[0] = group;
}

static void set_rows(Counts* counts, int rows, int group, cudaStream_t stream) { put_rows<<<1, 1, 0, stream>>>(counts, rows, group); }

struct Pause {
    int clocks;
};

// Stands for a launch that takes its time and streams nothing.
EDDY_KERNEL(pause, Pause) {
    long long begin = clock64();
    while (clock64() - begin < p.clocks) {
    }
}

struct Shape {
    int width, depth;
};

static void launch(const Variant& v, MatMulBf16Params& p, int rows, bool near, cudaStream_t stream) {
    cudaLaunchConfig_t config = {};
    config.gridDim = dim3((rows + v.rows - 1) / v.rows, (p.products[0].out.width + v.outputs - 1) / v.outputs, v.blocks);
    config.blockDim = dim3(v.threads, 1, 1);
    config.dynamicSmemBytes = v.shared(rows);
    config.stream = stream;
    cudaLaunchAttribute attributes[2] = {};
    attributes[0].id = cudaLaunchAttributeClusterDimension;
    attributes[0].val.clusterDim = {1, 1, (unsigned)v.blocks};
    attributes[1].id = cudaLaunchAttributeProgrammaticStreamSerialization;
    attributes[1].val.programmaticStreamSerializationAllowed = 1;
    config.attrs = attributes;
    config.numAttrs = near ? 2 : 1;
    p.stages = v.stages;
    p.held = v.held(rows);
    TRY(cudaLaunchKernelEx(&config, v.kernel, p));
}

static void launch_pause(Pause p, cudaStream_t stream) {
    cudaLaunchConfig_t config = {};
    config.gridDim = dim3(5, 1, 1);
    config.blockDim = dim3(128, 1, 1);
    config.stream = stream;
    cudaLaunchAttribute attribute = {};
    attribute.id = cudaLaunchAttributeProgrammaticStreamSerialization;
    attribute.val.programmaticStreamSerializationAllowed = 1;
    config.attrs = &attribute;
    config.numAttrs = 1;
    TRY(cudaLaunchKernelEx(&config, pause, p));
}

int main(int count, char** arguments) {
    std::vector<int> rows = {1, 8, 16, 32, 64, 128, 320, 1024};
    if (count > 1) {
        rows.clear();
        for (char* at = strtok(arguments[1], ","); at != nullptr; at = strtok(nullptr, ",")) rows.push_back(atoi(at));
    }
    int most = (*std::max_element(rows.begin(), rows.end()) + 639) / 640 * 640;  // whole groups of fragments
    int function = count > 2 ? atoi(arguments[2]) : -1;
    const char* named = count > 3 ? arguments[3] : "";
    const Shape shapes[] = {{4096, 4096}, {7680, 2560}, {10240, 2560}, {2560, 10240}, {2560, 2560}, {2560, 5120}, {192, 5120}, {5120, 160}, {8448, 2560}, {10240, 96},
                            {10576, 2560}, {12288, 4096}, {4096, 16384}, {16384, 4096}};
    const long long widest = 16384;  // of rows and results
    const long long pool = 1ll << 30;
    unsigned short* weights;
    unsigned short* x;
    unsigned short* fragments;
    float* out;
    float* first;
    Counts* counts;
    TRY(cudaMalloc(&weights, pool + (1 << 28)));
    TRY(cudaMalloc(&x, most * widest * 2));
    TRY(cudaMalloc(&fragments, most * widest * 2));
    TRY(cudaMalloc(&out, most * widest * 4));
    TRY(cudaMalloc(&first, most * widest * 4));
    TRY(cudaMalloc(&counts, sizeof *counts));
    fill<<<1024, 256>>>(weights, (pool + (1 << 28)) / 2, 1);
    cudaStream_t stream;
    TRY(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    cudaEvent_t begin, end;
    TRY(cudaEventCreate(&begin));
    TRY(cudaEventCreate(&end));
    TRY(cudaDeviceSynchronize());
    int wrong = 0;
    for (const Shape& shape : shapes) {
        int tiles = (shape.depth + 15) / 16;
        std::vector<float> actual((size_t)shape.width * most), each[3];  // each: what is expected of each kind of weights
        for (int r : rows) {
            printf("%d x %d, %d rows\n", shape.width, shape.depth, r);
            for (const Variant& v : variants) {
                if (!v.takes(r)) continue;
                if (v.shared(r) > 226 * 1024 || strstr(v.name, named) == nullptr) continue;
                TRY(cudaFuncSetAttribute(v.kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, v.shared(most)));
                long long bytes = (long long)(shape.width + 31) / 32 * 2 * tiles * 256 * v.weight_bytes();
                int copies = (int)(pool / bytes);
                std::vector<float>& expected = each[v.weights()];
                MatMulBf16Params p = {};
                p.batch.counts = counts;
                p.count = 1;
                p.products[0].x = (const uint2*)x;
                p.products[0].out = {out, shape.width, shape.width};
                p.products[0].tiles = tiles;
                p.products[0].function = function;
                p.products[0].fragments = function < 0 ? nullptr : fragments;
                p.products[0].fragment_width = shape.width;
                p.products[0].weights = (const uint4*)weights;
                set_rows(counts, r, v.group(r), stream);
                // Bits: each row, and those of the first kernel with eight rows.
                fill_rows<<<1024, 256, 0, stream>>>(x, 0, r, shape.depth, v.group(r));
                TRY(cudaMemsetAsync(out, 0, (long long)r * shape.width * 4, stream));
                launch(v, p, r, false, stream);
                TRY(cudaMemcpyAsync(actual.data(), out, (size_t)r * shape.width * 4, cudaMemcpyDeviceToHost, stream));
                TRY(cudaStreamSynchronize(stream));
                if (expected.empty()) {
                    const Variant* alone = variants;
                    while (alone->weights() != v.weights()) {
                        alone++;
                    }
                    expected.resize(actual.size());
                    set_rows(counts, 1, 0, stream);
                    TRY(cudaFuncSetAttribute(alone->kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, alone->shared(most)));
                    for (int row = 0; row < most; row++) { // each row alone, where the first row lies
                        fill_rows<<<64, 256, 0, stream>>>(x, row, 1, shape.depth, 0);
                        launch(*alone, p, 1, false, stream);
                        TRY(cudaMemcpyAsync(first + (size_t)row * shape.width, out, shape.width * 4,
                                            cudaMemcpyDeviceToDevice, stream));
                    }
                    TRY(cudaMemcpyAsync(expected.data(), first, expected.size() * 4, cudaMemcpyDeviceToHost, stream));
                    TRY(cudaStreamSynchronize(stream));
                    set_rows(counts, r, v.group(r), stream);
                }
                bool same = memcmp(expected.data(), actual.data(), (size_t)r * shape.width * 4) == 0;
                wrong += !same;
                float took[3];
                for (int near = 0; near < 3; near++) { // 2: with a pause before each
                    const int launches = 24;
                    cudaGraph_t graph;
                    cudaGraphExec_t executable;
                    TRY(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
                    for (int i = 0; i < launches; i++) {
                        p.products[0].weights = (const uint4*)((char*)weights + (i % copies) * bytes);
                        if (near >= 2) {
                            launch_pause({7000}, stream);
                        }
                        launch(v, p, r, near >= 1 && i > 0, stream);
                    }
                    TRY(cudaStreamEndCapture(stream, &graph));
                    TRY(cudaGraphInstantiate(&executable, graph, 0));
                    float best = 1e9f;
                    for (int trial = 0; trial < 4; trial++) {
                        TRY(cudaEventRecord(begin, stream));
                        TRY(cudaGraphLaunch(executable, stream));
                        TRY(cudaEventRecord(end, stream));
                        TRY(cudaEventSynchronize(end));
                        float ms;
                        TRY(cudaEventElapsedTime(&ms, begin, end));
                        best = ms / launches < best ? ms / launches : best;
                    }
                    TRY(cudaGraphExecDestroy(executable));
                    TRY(cudaGraphDestroy(graph));
                    took[near] = best * 1000;
                }
                printf("  %-24s %2d stages %d blocks  apart %7.1f  near %7.1f  after a pause %7.1f  %6.0f GB/s %6.1f TFLOP/s%s\n", v.name, v.stages,
                       v.blocks, took[0], took[1], took[2], bytes / took[1] / 1e3, 2.0 * shape.width * shape.depth * r / took[1] / 1e6,
                       same ? "" : "  OTHER BITS");
                fflush(stdout);
            }
        }
    }
    printf("%d of the variants gave other bits\n", wrong);
    return wrong != 0;
}
