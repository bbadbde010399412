// Times the kernels of recurrences and filters as a prompt runs them, one entry of many elements or several entries, and prints
// a digest of their results and states. On a machine with a card, or compiled elsewhere for it:
//   nvcc -std=c++17 -O3 -fmad=false -gencode arch=compute_90a,code=sm_90a -o scans scans.cu && ./scans [ELEMENTS [TRIALS]]
// A figure is the median of TRIALS runs (nine, by default; none: digests alone) of eight launches one after the other, µs a launch.
// Rows are in the second-level cache.
#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "../../main/cuda/channels.cu"
#include "../../main/cuda/delta.cu"
#include "../../main/cuda/diagonal.cu"
#include "../../main/cuda/fir.cu"
#include "../../main/cuda/matrix.cu"
#include "../../main/cuda/modal.cu"
#include "try.cuh"

enum { LAUNCHES = 8, MOST_ENTRIES = 8 };
static const long long FLOATS = 1ll << 27;
static const long long SLOT = 1ll << 24;  // bytes

static __global__ void fill(float* to, long long count, unsigned seed, float scale, float shift) {
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < count; i += (long long)gridDim.x * blockDim.x) {
        unsigned h = (unsigned)i * 2654435761u ^ seed;
        h ^= h >> 15;
        h *= 2246822519u;
        h ^= h >> 13;
        to[i] = ((h & 0xffff) / 65536.0f - 0.5f) * scale + shift;
    }
}

static int trials = 9;
static float* memory;
static long long used;

static float* take(long long floats, float scale = 1.0f, float shift = 0.0f) {
    float* at = memory + used;
    used += (floats + 63) / 64 * 64;
    if (used > FLOATS) {
        fprintf(stderr, "scans: too many elements\n");
        exit(2);
    }
    fill<<<256, 256>>>(at, floats, (unsigned)used, scale, shift);
    return at;
}

static Rows rows_of_width(int elements, int width, float scale = 1.0f, float shift = 0.0f) {
    return Rows{take((long long)elements * width, scale, shift), width, width};
}

static Batch batch_of(int entries, int elements) {
    std::vector<Entry> held(entries);
    std::vector<int> row_entry;
    for (int e = 0; e < entries; e++) {
        Entry& entry = held[e];
        memset(&entry, 0, sizeof entry);
        entry.slot = e;
        entry.offset = elements * e / entries;
        entry.length = entry.absorbed = elements * (e + 1) / entries - entry.offset;
        row_entry.insert(row_entry.end(), entry.length, e);
    }
    Counts counts = {entries, elements, 0, {}, nullptr};
    Batch batch = {};
    batch.counts = (const Counts*)take(16);
    batch.entries = (Entry*)take(entries * sizeof(Entry) / 4);
    batch.row_entry = (const int*)take(elements);
    batch.arena = (char*)take(SLOT / 4 * entries);
    batch.slot_bytes = SLOT;
    TRY(cudaMemcpy((void*)batch.counts, &counts, sizeof counts, cudaMemcpyHostToDevice));
    TRY(cudaMemcpy(batch.entries, held.data(), entries * sizeof(Entry), cudaMemcpyHostToDevice));
    TRY(cudaMemcpy((void*)batch.row_entry, row_entry.data(), 4 * elements, cudaMemcpyHostToDevice));
    return batch;
}

static unsigned long long digest(const void* device, long long bytes) {
    std::vector<unsigned> values(bytes / 4);
    TRY(cudaMemcpy(values.data(), device, bytes, cudaMemcpyDeviceToHost));
    unsigned long long h = 1469598103934665603ull;
    for (unsigned bits : values) h = (h ^ bits) * 1099511628211ull;
    return h;
}

static void report(const char* name, int entries, int elements, const Batch& batch, const Rows& out, std::function<void()> launch) {
    launch();
    TRY(cudaDeviceSynchronize());
    unsigned long long result = digest(out.at, 4ll * elements * out.width);
    unsigned long long state = digest(batch.arena, 1 << 20);
    cudaEvent_t begin, end;
    TRY(cudaEventCreate(&begin));
    TRY(cudaEventCreate(&end));
    std::vector<float> took(trials);
    for (float& ms : took) {
        TRY(cudaEventRecord(begin));
        for (int i = 0; i < LAUNCHES; i++) launch();
        TRY(cudaEventRecord(end));
        TRY(cudaEventSynchronize(end));
        TRY(cudaEventElapsedTime(&ms, begin, end));
    }
    std::sort(took.begin(), took.end());
    double us = took.empty() ? 0 : took[trials / 2] * 1e3 / LAUNCHES;
    printf("%-44s %d x %4d  %8.1f us  %6.3f us an element  %016llx %016llx\n", name, entries, elements / entries, us,
           us * entries / elements, result, state);
    fflush(stdout);
}

// As an engine launches: it may overlap with the one before, and there are blocks for more entries than come.
template <class Params>
static void launch(void (*kernel)(const Params), dim3 grid, int threads, const Params& p) {
    cudaLaunchAttribute overlaps = {};
    overlaps.id = cudaLaunchAttributeProgrammaticStreamSerialization;
    overlaps.val.programmaticStreamSerializationAllowed = getenv("APART") == nullptr;
    cudaLaunchConfig_t config = {};
    config.gridDim = grid;
    config.blockDim = dim3(threads);
    config.attrs = &overlaps;
    config.numAttrs = 1;
    TRY(cudaLaunchKernelEx(&config, kernel, p));
}

static int blocks_of(int entries) { return getenv("BLOCKS") ? atoi(getenv("BLOCKS")) : entries; }

static void delta_case(const char* name, void (*kernel)(const DeltaParams), int entries, int elements, int heads, int keys,
                       int columns, bool per_key) {
    used = 0;
    DeltaParams p = {};
    p.batch = batch_of(entries, elements);
    p.q = rows_of_width(elements, heads * keys);
    p.k = rows_of_width(elements, heads * keys);
    p.v = rows_of_width(elements, heads * columns);
    p.decay = rows_of_width(elements, per_key ? heads * keys : heads, 0.1f, 0.9f);
    p.a = rows_of_width(elements, heads * keys, 0.02f);
    p.b = rows_of_width(elements, heads * keys);
    p.out = rows_of_width(elements, heads * columns);
    p.heads = heads;
    p.columns = DELTA_COLUMNS;
    dim3 grid(heads * columns / DELTA_COLUMNS, blocks_of(entries));
    report(name, entries, elements, p.batch, p.out, [&] { launch(kernel, grid, DELTA_COLUMNS, p); });
}

static void matrix_case(const char* name, void (*kernel)(const MatrixParams), int entries, int elements, int heads, int groups,
                        int keys, int columns, DecayAxis axis, int threads) {
    used = 0;
    MatrixParams p = {};
    p.batch = batch_of(entries, elements);
    p.q = rows_of_width(elements, groups * keys);
    p.k = rows_of_width(elements, groups * keys);
    p.v = rows_of_width(elements, heads * columns);
    int decays = axis == DECAY_HEAD ? heads : axis == DECAY_KEY ? heads * keys : heads * columns;
    p.decay = rows_of_width(elements, decays, 0.1f, 0.9f);
    p.out = rows_of_width(elements, heads * columns);
    p.axis = axis;
    p.heads = heads;
    p.groups = groups;
    p.columns = MATRIX_THREADS;
    dim3 grid(heads * columns / MATRIX_THREADS, blocks_of(entries));
    report(name, entries, elements, p.batch, p.out, [&] { launch(kernel, grid, threads, p); });
}

static void diagonal_case(int entries, int elements, int channels) {
    used = 0;
    DiagonalParams p = {};
    p.batch = batch_of(entries, elements);
    p.x = rows_of_width(elements, channels);
    p.dt = rows_of_width(elements, channels, 0.1f, 0.1f);
    p.b = rows_of_width(elements, 16);
    p.c = rows_of_width(elements, 16);
    p.out = rows_of_width(elements, channels);
    p.in_fours = 1;
    p.a = take(16ll * channels, 4.0f, -4.0f);
    dim3 grid((channels + ScanRing::CHANNELS - 1) / ScanRing::CHANNELS, blocks_of(entries));
    report("diagonal_f32 5120 x 16 (Mamba-2.8B)", entries, elements, p.batch, p.out,
           [&] { launch(diagonal_f32, grid, ScanRing::THREADS, p); });
}

static void small_cases(int entries, int elements) {
    int groups = (elements + GROUP_ELEMENTS - 1) / GROUP_ELEMENTS;
    used = 0;
    DelayParams d = {};
    d.batch = batch_of(entries, elements);
    d.x = rows_of_width(elements, 2560);
    d.out = rows_of_width(elements, 2560);
    report("delay 2560 (RWKV-7 2.9B)", entries, elements, d.batch, d.out, [&] { launch(delay, dim3(20, groups), 128, d); });
    used = 0;
    FirParams f = {};
    f.batch = batch_of(entries, elements);
    f.x = rows_of_width(elements, 5120);
    f.out = rows_of_width(elements, 5120);
    f.taps = take(5120 * 4);
    f.order = 4;
    f.keeps = 1;
    report("fir 5120 x 4 (Mamba-2.8B)", entries, elements, f.batch, f.out, [&] { launch(fir, dim3(40, groups), 128, f); });
    used = 0;
    ModalParams m = {};
    m.batch = batch_of(entries, elements);
    m.x = rows_of_width(elements, 4096);
    m.out = rows_of_width(elements, 4096);
    m.poles = take(4096 * 4, 0.9f);
    m.residues = take(4096 * 4);
    m.modes = 2;
    m.complex = 1;
    report("modal_f32 4096 x 2 (StripedHyena-7B)", entries, elements, m.batch, m.out,
           [&] { launch(modal_f32, dim3(32, entries), 128, m); });
    used = 0;
    WkvParams w = {};
    w.batch = batch_of(entries, elements);
    w.k = rows_of_width(elements, 2560);
    w.v = rows_of_width(elements, 2560);
    w.out = rows_of_width(elements, 2560);
    w.decay = take(2560, 1.0f, -1.0f);
    w.bonus = take(2560);
    report("wkv_f32 2560 (RWKV-4 3B)", entries, elements, w.batch, w.out, [&] { launch(wkv_f32, dim3(20, entries), 128, w); });
}

int main(int count, char** arguments) {
    int elements = count > 1 ? atoi(arguments[1]) : 512;
    trials = count > 2 ? atoi(arguments[2]) : trials;
    if (elements < MOST_ENTRIES || trials < 0) {
        fprintf(stderr, "usage: scans [ELEMENTS [TRIALS]], at least %d elements\n", MOST_ENTRIES);
        return 2;
    }
    TRY(cudaMalloc(&memory, FLOATS * 4));
    for (int entries : {1, (int)MOST_ENTRIES}) {
        delta_case("delta_64_f32 40 heads (RWKV-7 2.9B)", delta_64_f32, entries, elements, 40, 64, 64, true);
        delta_case("delta_64_f32 64 heads (RWKV-7 7.2B)", delta_64_f32, entries, elements, 64, 64, 64, true);
        delta_case("delta_128_f32 32 heads (gated delta rule)", delta_128_f32, entries, elements, 32, 128, 128, false);
        matrix_case("matrix_128_64_f32 80 heads (Mamba-2 2.7B)", matrix_128_64_f32, entries, elements, 80, 1, 128, 64,
                    DECAY_HEAD, 64);
        matrix_case("matrix_128_many_f32 80 heads (Mamba-2 2.7B)", matrix_128_many_f32, entries, elements, 80, 1, 128, 64,
                    DECAY_HEAD, 128);
        matrix_case("matrix_64_many_f32 32 heads by key", matrix_64_many_f32, entries, elements, 32, 32, 64, 64, DECAY_KEY, 64);
        diagonal_case(entries, elements, 5120);
        small_cases(entries, elements);
    }
    return 0;
}
