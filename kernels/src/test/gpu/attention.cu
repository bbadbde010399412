// Times the kernels of attention in decoding steps (and two of prefill) over pages, as StripedHyena-7B's and others' are, and
// prints a digest of its results. On a machine with a card, or compiled elsewhere for it:
//   nvcc -std=c++17 -O3 -fmad=false -gencode arch=compute_90a,code=sm_90a -o attention attention.cu && ./attention
// A figure is the median of a launch among many, µs, each with another layer's keys and values as far as there is room for
// layers; "near" counts launches that overlap, "apart" others. GB/s are the latter's, of all the keys and values that a
// launch's rows see, once a group.
// With -DOTHERS='"FILE"' it also runs other versions, whose results it compares by bits: FILE includes them, under other names
// and in namespaces, and defines OTHER_VARIANTS as their entries of `variants`.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#pragma nv_diag_suppress 1556  // every kernel declares the shared memory of its own launch
#include "../../main/cuda/attention.cu"
#include "../../main/cuda/attention_many.cu"
#include "try.cuh"

struct Variant {
    const char* name;
    void (*kernel)(AttentionParams);
    int heads;  // of a block
    int (*shared)(int heads, int blocks);  // bytes
    int blocks;  // of a cluster
    int rows;    // of a block
    int threads;
};

enum { HEAD = 128 };

static int shared_of(int heads, int blocks) {
    return ((heads == 1 ? Room<1>::TILES : Room<4>::TILES) * TILE + (blocks > 1 ? 2 : 1) * heads * KEY_BLOCK + heads * (2 * HEAD + 5)) * 4;
}

static int shared_of_many(int, int) { return (MANY_TILES * TILE + ROWS * (SCORES + HEAD)) * 4; }

#ifdef OTHERS
#include OTHERS
#else
#define OTHER_VARIANTS
#endif

static const Variant variants[] = {
    {"attention, 1 block", attention, 1, shared_of, 1, 1, THREADS},
    {"attention, 2 blocks", attention, 1, shared_of, 2, 1, THREADS},
    {"attention, 4 blocks", attention, 1, shared_of, 4, 1, THREADS},
    {"attention, 8 blocks", attention, 1, shared_of, 8, 1, THREADS},
    {"heads, 1 block", attention_heads, 4, shared_of, 1, 1, THREADS},
    {"heads, 2 blocks", attention_heads, 4, shared_of, 2, 1, THREADS},
    {"heads, 4 blocks", attention_heads, 4, shared_of, 4, 1, THREADS},
    {"heads, 8 blocks", attention_heads, 4, shared_of, 8, 1, THREADS},
    {"many rows", attention_many, 1, shared_of_many, 1, GROUP_ELEMENTS, MANY_THREADS},
    OTHER_VARIANTS
};

struct Case {
    int sessions, rows, positions;  // rows a session brings, and how many it has with them
    int heads, groups;
};

static const Case cases[] = {
    {1, 1, 480, 32, 8},   {2, 1, 480, 32, 8},    {4, 1, 480, 32, 8},    {8, 1, 450, 32, 8},   {16, 1, 400, 32, 8}, {32, 1, 350, 32, 8},
    {64, 1, 280, 32, 8},  {64, 1, 1200, 32, 8},  {1, 1, 4096, 32, 8},   {1, 1, 100, 32, 8},   {1, 1, 300, 32, 32}, {1, 1, 1200, 32, 32},
    {8, 1, 300, 32, 32},  {64, 1, 300, 32, 32},  {64, 1, 1200, 32, 32}, {1, 512, 1024, 32, 8},  {8, 64, 512, 32, 8},
};

enum { TRIALS = 9, MOST_LAYERS = 24 };
static const long long POOL = 1ll << 30;  // floats, of keys as of values

static __global__ void fill(float* to, long long count, unsigned seed) {
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < count; i += (long long)gridDim.x * blockDim.x) {
        unsigned h = (unsigned)i * 2654435761u ^ (unsigned)(i >> 32) ^ seed;
        h ^= h >> 15;
        h *= 2246822519u;
        h ^= h >> 13;
        to[i] = ((int)(h >> 8 & 0xffff) - 32768) / 32768.0f;
    }
}

template <class T>
static T* on_card(const std::vector<T>& values) {
    T* at;
    TRY(cudaMalloc(&at, values.size() * sizeof(T)));
    TRY(cudaMemcpy(at, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice));
    return at;
}

// Pages of a layer; a session's are not neighbours.
static int pages_of(const Case& c) { return (c.positions + PAGE_POSITIONS - 1) / PAGE_POSITIONS * c.sessions; }

static Batch batch_of(const Case& c) {
    int pages = pages_of(c);
    int step = 37;
    while (pages % step == 0) step += 2;
    std::vector<int> pool(pages);
    for (int i = 0; i < pages; i++) pool[i] = (int)((long long)i * step % pages);
    std::vector<Entry> entries(c.sessions);
    std::vector<int> row_entry;
    for (int e = 0; e < c.sessions; e++) {
        entries[e] = {};
        entries[e].start = c.positions - c.rows;
        entries[e].offset = e * c.rows;
        entries[e].length = entries[e].absorbed = c.rows;
        entries[e].pages = e * (pages / c.sessions);
        row_entry.insert(row_entry.end(), c.rows, e);
    }
    Batch batch = {};
    batch.counts = on_card(std::vector<Counts>{{c.sessions, c.sessions * c.rows, 0, {}, on_card(pool)}});
    batch.entries = on_card(entries);
    batch.row_entry = on_card(row_entry);
    return batch;
}

static void launch(const Variant& v, const AttentionParams& p, int rows, bool near, cudaStream_t stream) {
    unsigned blocks = v.blocks;
    int heads = p.heads / p.groups;
    cudaLaunchConfig_t config = {};
    config.gridDim = dim3(p.groups * ((heads + v.heads - 1) / v.heads), (rows + v.rows - 1) / v.rows, blocks);
    config.blockDim = dim3(v.threads, 1, 1);
    config.dynamicSmemBytes = v.shared(v.heads, v.blocks);
    config.stream = stream;
    cudaLaunchAttribute attributes[2] = {};
    attributes[0].id = cudaLaunchAttributeClusterDimension;
    attributes[0].val.clusterDim = {1, 1, blocks};
    attributes[1].id = cudaLaunchAttributeProgrammaticStreamSerialization;
    attributes[1].val.programmaticStreamSerializationAllowed = 1;
    config.attrs = attributes;
    config.numAttrs = near ? 2 : 1;
    TRY(cudaLaunchKernelEx(&config, v.kernel, p));
}

// The median launch, µs.
static float time_of(const Variant& v, AttentionParams p, int rows, int layers, long long layer, bool near,
                     cudaStream_t stream) {
    cudaGraph_t graph;
    cudaGraphExec_t executable;
    cudaEvent_t begin, end;
    TRY(cudaEventCreate(&begin));
    TRY(cudaEventCreate(&end));
    int launches = rows > 64 ? 4 : 24;
    float* keys = p.keys.pool;
    float* values = p.values.pool;
    TRY(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
    for (int i = 0; i < launches; i++) {
        p.keys.pool = keys + i % layers * layer;
        p.values.pool = values + i % layers * layer;
        launch(v, p, rows, near && i > 0, stream);
    }
    TRY(cudaStreamEndCapture(stream, &graph));
    TRY(cudaGraphInstantiate(&executable, graph, 0));
    std::vector<float> took(TRIALS);
    for (float& ms : took) {
        TRY(cudaEventRecord(begin, stream));
        TRY(cudaGraphLaunch(executable, stream));
        TRY(cudaEventRecord(end, stream));
        TRY(cudaEventSynchronize(end));
        TRY(cudaEventElapsedTime(&ms, begin, end));
    }
    TRY(cudaGraphExecDestroy(executable));
    TRY(cudaGraphDestroy(graph));
    std::sort(took.begin(), took.end());
    return took[TRIALS / 2] / launches * 1000;
}

static unsigned long long digest(const std::vector<float>& values) {
    unsigned long long h = 1469598103934665603ull;
    for (float value : values) {
        unsigned bits;
        memcpy(&bits, &value, 4);
        h = (h ^ bits) * 1099511628211ull;
    }
    return h;
}

int main() {
    float* keys;
    float* values;
    float* rows;  // the step's q, k, v and results
    const long long step = 1024ll * 32 * HEAD;
    TRY(cudaMalloc(&keys, POOL * 4));
    TRY(cudaMalloc(&values, POOL * 4));
    TRY(cudaMalloc(&rows, 4 * step * 4));
    fill<<<1024, 256>>>(keys, POOL, 1);
    fill<<<1024, 256>>>(values, POOL, 2);
    fill<<<1024, 256>>>(rows, 3 * step, 3);
    TRY(cudaDeviceSynchronize());
    cudaStream_t stream;
    TRY(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    int wrong = 0;
    for (const Variant& v : variants) {
        int at_once;
        int bytes = v.shared(v.heads, v.blocks);
        TRY(cudaFuncSetAttribute(v.kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes));
        TRY(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&at_once, v.kernel, v.threads, bytes));
        printf("%s: %d bytes, %d blocks a multiprocessor\n", v.name, bytes, at_once);
    }
    for (const Case& c : cases) {
        int width = c.groups * HEAD;
        int all = c.sessions * c.rows;
        long long layer = (long long)pages_of(c) * PAGE_POSITIONS * width;
        int layers = (int)std::min((long long)MOST_LAYERS, POOL / layer);
        AttentionParams p = {};
        p.batch = batch_of(c);
        p.q = {rows, c.heads * HEAD, c.heads * HEAD};
        p.k = {rows + step, width, width};
        p.v = {rows + 2 * step, width, width};
        p.out = {rows + 3 * step, c.heads * HEAD, c.heads * HEAD};
        p.keys = {0, keys, 0, width};
        p.values = {0, values, 0, width};
        p.heads = c.heads;
        p.groups = c.groups;
        p.scale = 0.25f;
        p.window = 0x7fffffff;
        double seen = c.rows * (c.positions - (c.rows - 1) / 2.0);
        double bytes = seen * c.sessions * width * 8;
        printf("%d sessions of %d rows and %d positions, %d heads in %d groups, %d layers\n", c.sessions, c.rows,
               c.positions, c.heads, c.groups, layers);
        std::vector<float> expected;
        for (const Variant& v : variants) {
            if (v.heads > c.heads / c.groups || (v.rows > 1) != (c.rows > 1)) continue;
            std::vector<float> actual((size_t)all * c.heads * HEAD);
            TRY(cudaMemsetAsync(p.out.at, 0xff, actual.size() * 4, stream));
            launch(v, p, all, false, stream);
            TRY(cudaMemcpyAsync(actual.data(), p.out.at, actual.size() * 4, cudaMemcpyDeviceToHost, stream));
            TRY(cudaStreamSynchronize(stream));
            if (expected.empty()) expected = actual;
            bool same = memcmp(expected.data(), actual.data(), actual.size() * 4) == 0;
            wrong += !same;
            float apart = time_of(v, p, all, layers, layer, false, stream);
            float near = time_of(v, p, all, layers, layer, true, stream);
            printf("  %-24s apart %8.1f near %8.1f  %6.0f GB/s  %016llx%s\n", v.name, apart, near, bytes / apart / 1e3,
                   digest(actual), same ? "" : "  OTHER BITS");
            fflush(stdout);
        }
    }
    printf("%d of the variants gave other bits\n", wrong);
    return wrong != 0;
}
