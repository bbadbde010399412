// Runs a layer's launches again on a card, as an engine makes them: one graph, launches that overlap, any number of copies
// one after the other, each with weights and states of its own, so that nothing is in the second-level cache that would not be.
// Kernels may come from several builds, which take turns. Only launches and sizes are real: what memory holds is made up.
//
// A step is recorded where there is no card, by the emulated driver, from a config.json of few layers but real widths:
//   EDDY_CUDA_DRIVER=.../libcuda.so.1 EDDY_EMULATED_MEMORY=17179869184 EDDY_EMULATED_RECORD=FILE
//   eddy bench decode --backend cuda:0 --dtype bf16 --random-weights --sessions 64 --model FOLDER
// which may be stopped as soon as it would decode. FILE then has every graph: first those of 1, 2, 4, 8, 12, ... rows.
//   nvcc -std=c++17 -O3 -fmad=false -gencode arch=compute_90,code=sm_90 -cubin -o FOLDER/NAME.cubin NAME.cu   (90a for *wgmma)
//   g++ -O1 -std=c++17 -I/usr/local/cuda/include -o replay replay.cpp -lcuda
//   replay FILE GRAPH FIRST COUNT COPIES [--each | --tune] FOLDER...
// takes COUNT launches from FIRST on (list them by `replay FILE GRAPH`), and prints the median of a copy, µs, by each FOLDER's
// kernels (what it lacks comes from the first). --each: by the first, also without each of the launches, and each alone.
// --tune: tries other blocks for each product of up to eight rows, one product at a time, and keeps what makes the copy faster.
#include <cuda.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#define TRY(call)                                                        \
    do {                                                                 \
        CUresult code = (call);                                          \
        if (code != CUDA_SUCCESS) {                                      \
            const char* text = "?";                                      \
            cuGetErrorString(code, &text);                               \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, text);    \
            exit(1);                                                     \
        }                                                                \
    } while (0)

struct Memory {
    unsigned long from, bytes;  // when it was recorded
    std::vector<CUdeviceptr> copies;  // one, or as many as there are of the layer
};

struct Launch {
    std::string file, name;
    unsigned grid[3], block, cluster, shared;
    int overlaps;
    std::vector<unsigned char> params;

    template <class T>
    T& at(size_t byte) {
        return *(T*)&params[byte];
    }
};

// As batch.cuh has them; every kernel's parameters begin with a Batch.
struct Batch {
    unsigned long counts, entries, ids, row_entry, selected, arena;
    long long slot_bytes;
};
struct Counts {
    int entries, rows, selected;
    unsigned short groups[2];
    CUdeviceptr pool;
};
struct Entry {
    long long start;
    unsigned long long seed;
    int slot, offset, length, flags, branch, absorbed, rest[16];
};
static_assert(sizeof(Batch) == 56 && sizeof(Entry) == 104, "batch.cuh");

typedef std::vector<Launch*> Layer;

static std::vector<Memory> memory;
static std::vector<Launch> launches;
static CUstream stream;
static int copies;

// Counts and, for each copy of the layer, the signals of its launches; 0 when a graph begins.
static CUdeviceptr counts_at;
static const int SIGNALS = 64;

static void read(const char* path, int graph) {
    std::ifstream in(path);
    std::string line, what, hex;
    for (int at = -1; std::getline(in, line);) {
        std::istringstream fields(line);
        fields >> what;
        at += what == "graph";
        if (at != graph) {
            continue;
        }
        if (what == "memory") {
            Memory m{};
            fields >> std::hex >> m.from >> m.bytes;
            memory.push_back(m);
        } else if (what == "kernel") {
            Launch l{};
            fields >> l.file >> l.name >> l.grid[0] >> l.grid[1] >> l.grid[2] >> l.block >> l.cluster >> l.shared >> l.overlaps >> hex;
            for (size_t i = 0; i < hex.size(); i += 2) {
                l.params.push_back((unsigned char)strtoul(hex.substr(i, 2).c_str(), nullptr, 16));
            }
            launches.push_back(l);
        }
    }
}

static Memory* holding(unsigned long address) {
    for (Memory& m : memory) {
        if (address >= m.from && address < m.from + m.bytes) {
            return &m;
        }
    }
    return nullptr;
}

// Where on the card what was at an address is; anything that is no address stays as it is.
static CUdeviceptr moved(unsigned long address, int copy) {
    Memory* m = holding(address);
    return m == nullptr ? address : m->copies[copy % m->copies.size()] + (address - m->from);
}

// Numbers of about 0.01 whether read as float32 or as bfloat16.
static void make_up(CUdeviceptr at, size_t bytes) {
    std::vector<unsigned> some(1 << 20);
    unsigned h = 12345;
    for (unsigned& v : some) {
        h = h * 1664525 + 1013904223;
        v = 0x3c003c00u | (h >> 9 & 0x807f807fu);
    }
    for (size_t done = 0; done < bytes; done += some.size() * 4) {
        TRY(cuMemcpyHtoD(at + done, some.data(), std::min(bytes - done, some.size() * 4)));
    }
}

// The layer's weights, the largest of what is no state, and states are copied; the rest is there once.
static void allocate(const Batch& batch) {
    Memory* states = holding(batch.arena);
    Memory* weights = nullptr;
    for (Memory& m : memory) {
        if (&m != states && (weights == nullptr || m.bytes > weights->bytes)) {
            weights = &m;
        }
    }
    for (Memory& m : memory) {
        for (int c = 0; c < (&m == weights || &m == states ? copies : 1); c++) {
            CUdeviceptr at;
            TRY(cuMemAlloc(&at, m.bytes));
            m.copies.push_back(at);
            if (c == 0) {
                make_up(at, m.bytes);
            } else {
                TRY(cuMemcpyDtoD(at, m.copies[0], m.bytes));
            }
        }
    }
}

// A step of one element an entry; every page of keys is the first.
static void write_batch(const Batch& batch, int rows, bool tall) {
    unsigned short group = 0;  // kinds of groups: fragments.cuh
    while (group < 7 && 1 << group < rows) {
        group++;
    }
    group = tall ? 8 : group;
    Memory* input = holding(batch.counts);
    size_t pool = std::min<size_t>(input->bytes / 4, 65536);
    Counts counts = {rows, rows, rows, {group, group}, input->copies[0] + input->bytes - pool};
    TRY(cuMemsetD8(counts.pool, 0, pool));
    std::vector<Entry> entries(rows);
    std::vector<int> row_entry(rows);
    for (int i = 0; i < rows; i++) {
        entries[i] = {};
        entries[i].start = 100;
        entries[i].slot = entries[i].offset = row_entry[i] = i;
        entries[i].length = entries[i].absorbed = 1;
    }
    TRY(cuMemAlloc(&counts_at, 64 + 4 * (1 + SIGNALS * copies)));
    TRY(cuMemcpyHtoD(counts_at, &counts, sizeof counts));
    TRY(cuMemcpyHtoD(moved(batch.entries, 0), entries.data(), rows * sizeof(Entry)));
    TRY(cuMemcpyHtoD(moved(batch.row_entry, 0), row_entry.data(), rows * 4));
}

struct Build {
    std::string folder, otherwise;
    std::map<std::string, CUmodule> modules;

    CUfunction function(const Launch& l) {
        std::string stem = l.file.substr(0, l.file.size() - 3);
        if (!modules.count(stem)) {
            std::string path = folder + "/" + stem + ".cubin";
            path = std::ifstream(path) ? path : otherwise + "/" + stem + ".cubin";
            if (cuModuleLoad(&modules[stem], path.c_str()) != CUDA_SUCCESS) {
                fprintf(stderr, "replay: %s cannot be loaded\n", path.c_str());
                exit(1);
            }
        }
        CUfunction function;
        if (cuModuleGetFunction(&function, modules[stem], l.name.c_str()) != CUDA_SUCCESS) {
            fprintf(stderr, "replay: %s has no kernel %s\n", folder.c_str(), l.name.c_str());
            exit(1);
        }
        int fixed;
        TRY(cuFuncGetAttribute(&fixed, CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES, function));
        TRY(cuFuncSetAttribute(function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, (227 << 10) - fixed));
        return function;
    }
};

// Numbers of launches whose signals a launch of products raises or waits for: MatMulBf16Params of product_params.cuh.
static void move_signals(std::vector<unsigned char>& params, int copy) {
    auto move = [&](size_t at) {
        int& launch = *(int*)&params[at];
        launch = launch == 0 ? 0 : 1 + launch % SIGNALS + copy * SIGNALS;
    };
    move(76);
    for (int i = 0; i < *(int*)&params[56]; i++) {
        move(80 + 80 * i + 68);
    }
}

static void launch(Build& build, const Launch& l, int copy) {
    std::vector<unsigned char> params = l.params;
    for (size_t b = 0; b + 8 <= params.size(); b += 8) {
        unsigned long value;
        memcpy(&value, &params[b], 8);
        value = moved(value, copy);
        memcpy(&params[b], &value, 8);
    }
    memcpy(&params[0], &counts_at, 8);
    if (l.name.rfind("matmul_", 0) == 0) {
        move_signals(params, copy);
    }
    CUlaunchAttribute attributes[2] = {};
    CUlaunchConfig config = {l.grid[0], l.grid[1], l.grid[2], l.block, 1, 1, l.shared, stream, attributes, 0};
    if (l.cluster > 1) {
        attributes[config.numAttrs].id = CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION;
        attributes[config.numAttrs].value.clusterDim.x = attributes[config.numAttrs].value.clusterDim.y = 1;
        attributes[config.numAttrs++].value.clusterDim.z = l.cluster;
    }
    if (l.overlaps) {
        attributes[config.numAttrs].id = CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION;
        attributes[config.numAttrs++].value.programmaticStreamSerializationAllowed = 1;
    }
    void* all[] = {params.data()};
    TRY(cuLaunchKernelEx(&config, build.function(l), all, nullptr));
}

static CUgraphExec graph_of(Build& build, const Layer& layer) {
    for (Launch* l : layer) {
        build.function(*l);  // loading is not captured
    }
    TRY(cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_GLOBAL));
    TRY(cuMemsetD8Async(counts_at + 64, 0, 4 * (1 + SIGNALS * copies), stream));
    for (int c = 0; c < copies; c++) {
        for (Launch* l : layer) {
            launch(build, *l, c);
        }
    }
    CUgraph graph;
    CUgraphExec executable;
    TRY(cuStreamEndCapture(stream, &graph));
    TRY(cuGraphInstantiate(&executable, graph, 0));
    TRY(cuGraphDestroy(graph));
    TRY(cuGraphUpload(executable, stream));
    return executable;
}

// Medians, µs a copy, of graphs in turns, each after itself.
static std::vector<float> times(const std::vector<CUgraphExec>& graphs, int turns) {
    static CUevent from, until;
    if (from == nullptr) {
        TRY(cuEventCreate(&from, 0));
        TRY(cuEventCreate(&until, 0));
    }
    std::vector<std::vector<float>> all(graphs.size());
    for (int t = -2; t < turns; t++) {
        for (size_t g = 0; g < graphs.size(); g++) {
            TRY(cuGraphLaunch(graphs[g], stream));
            TRY(cuEventRecord(from, stream));
            TRY(cuGraphLaunch(graphs[g], stream));
            TRY(cuEventRecord(until, stream));
            TRY(cuEventSynchronize(until));
            float ms;
            TRY(cuEventElapsedTime(&ms, from, until));
            if (t >= 0) {
                all[g].push_back(ms * 1e3f / copies);
            }
        }
    }
    std::vector<float> medians;
    for (std::vector<float>& some : all) {
        std::sort(some.begin(), some.end());
        medians.push_back(some[some.size() / 2]);
    }
    return medians;
}

static std::string text(const Launch& l) {
    char all[200];
    snprintf(all, sizeof all, "%s %u x %u x %u, %u threads, %u bytes", l.name.c_str(), l.grid[0], l.grid[1], l.grid[2], l.block, l.shared);
    return all;
}

// A block for up to eight rows: ProductChoice.java and matmul_bf16.cu have the same numbers.
struct Block {
    const char* name;
    int outputs, chunks, turns, threads, stages, sharing;

    // MatMulBf16Params and ProductBf16 of product_params.cuh, by their bytes.
    Launch instead_of(const Launch& l, int held) const {
        Launch other = l;
        std::string kind = l.name.substr(0, l.name.find("_8"));
        other.name = kind + "_8" + name;
        int weight = kind == "matmul_bf16" ? 2 : 1;  // bytes
        int longer = 2 / weight;
        other.block = weight == 1 && turns == 1 ? threads + 32 : threads;
        other.cluster = other.grid[2] = sharing;
        other.shared = stages * chunks * longer * 8 * 16 * (outputs * weight + held * 2) + (turns > 1 ? 4 * (outputs + 4) * 8 * 4 : 0);
        other.at<int>(64) = stages;
        other.at<int>(72) = held;
        int first = 0;
        for (int i = 0; i < other.at<int>(56); i++) {
            size_t product = 80 + 80 * i;
            other.at<int>(product + 44) = first;
            first += (other.at<int>(product + 36) + outputs - 1) / outputs;
        }
        other.grid[1] = first;
        return other;
    }
};

static const struct {
    const char* name;
    int outputs, chunks, turns, threads;
    std::vector<int> stages, sharing;
} shapes[] = {
    {"", 16, 2, 4, 192, {4, 8, 12, 16}, {1}},      {"_two", 32, 1, 4, 192, {4, 8, 12, 16}, {1}},
    {"_four", 64, 1, 4, 192, {4, 8, 12}, {1}},     {"_narrow", 16, 2, 1, 96, {2, 3, 4, 6}, {1, 4}},
    {"_wide", 32, 1, 1, 96, {4, 6, 8, 12, 16}, {1, 4}},
};

static void tune(Build& build, Layer layer, int rows) {
    std::vector<Block> blocks;
    for (const auto& s : shapes) {
        for (int stages : s.stages) {
            for (int sharing : s.sharing) {
                blocks.push_back({s.name, s.outputs, s.chunks, s.turns, s.threads, stages, sharing});
            }
        }
    }
    const Layer recorded = layer;
    std::vector<Launch> tried(2 * layer.size() * blocks.size());
    size_t next = 0;
    CUgraphExec best = graph_of(build, layer);
    for (size_t turn = 0; turn < 2 * layer.size(); turn++) {
        size_t i = turn < layer.size() ? turn : 2 * layer.size() - 1 - turn;
        if (recorded[i]->name.rfind("matmul_", 0) != 0 || recorded[i]->name.find("_8") == std::string::npos) {
            continue;
        }
        for (const Block& block : blocks) {
            Launch* other = &(tried[next++] = block.instead_of(*recorded[i], rows == 1 ? 1 : 8));
            bool there = recorded[i]->name.rfind("matmul_bf16", 0) == 0 || strcmp(block.name, "_narrow") != 0;
            if (!there || other->shared > 227u << 10) {
                continue;
            }
            Layer changed = layer;
            changed[i] = other;
            CUgraphExec graph = graph_of(build, changed);
            std::vector<float> us = times({best, graph}, 3);
            if (us[1] < us[0] * 0.997f) {
                us = times({best, graph}, 9);
            }
            if (us[1] < us[0] * 0.997f) {
                printf("  %8.2f to %.2f by %s\n", us[0], us[1], text(*other).c_str());
                std::swap(best, graph);
                layer = changed;
            }
            TRY(cuGraphExecDestroy(graph));
        }
    }
    std::vector<float> us = times({graph_of(build, recorded), best}, 15);
    printf("  %8.2f us recorded, %.2f us with\n", us[0], us[1]);
    for (Launch* l : layer) {
        printf("           %s\n", text(*l).c_str());
    }
}

int main(int argc, char** argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: replay FILE GRAPH [FIRST COUNT COPIES [--each | --tune] FOLDER...]\n");
        return 2;
    }
    read(argv[1], atoi(argv[2]));
    int first = argc > 3 ? atoi(argv[3]) : 0, count = argc > 4 ? atoi(argv[4]) : 0;
    copies = argc > 5 ? atoi(argv[5]) : 0;
    std::string option = argc > 6 ? argv[6] : "";
    int folders = option == "--each" || option == "--tune" ? 7 : 6;
    if (argc <= folders || first < 0 || count < 1 || copies < 1 || first + count > (int)launches.size()) {
        for (size_t i = 0; i < launches.size(); i++) {
            printf("%zu %s\n", i, text(launches[i]).c_str());
        }
        return launches.empty() ? 1 : 0;
    }
    CUdevice device;
    CUcontext context;
    TRY(cuInit(0));
    TRY(cuDeviceGet(&device, 0));
    TRY(cuDevicePrimaryCtxRetain(&context, device));
    TRY(cuCtxSetCurrent(context));
    TRY(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));

    Batch batch = launches[first].at<Batch>(0);
    int rows = 0;
    for (const Launch& l : launches) {
        rows = l.name == "embed" ? l.grid[0] : rows;
    }
    bool tall = false;
    for (int i = first; i < first + count; i++) {
        tall = tall || launches[i].name.rfind("matmul_wgmma_160", 0) == 0;
    }
    allocate(batch);
    write_batch(batch, rows, tall);

    std::vector<Build> builds;
    for (int i = folders; i < argc; i++) {
        builds.push_back({argv[i], argv[folders], {}});
    }
    Layer layer;
    for (int i = first; i < first + count; i++) {
        layer.push_back(&launches[i]);
    }
    printf("%s, graph %s: %d rows, %d launches, %d copies\n", argv[1], argv[2], rows, count, copies);
    if (option == "--tune") {
        tune(builds[0], layer, rows);
        return 0;
    }
    std::vector<CUgraphExec> graphs;
    std::vector<std::string> names;
    for (Build& build : builds) {
        graphs.push_back(graph_of(build, layer));
        names.push_back(build.folder);
    }
    for (int i = 0; option == "--each" && i < count; i++) {
        Layer fewer = layer;
        fewer.erase(fewer.begin() + i);
        graphs.push_back(graph_of(builds[0], fewer));
        names.push_back("without " + text(*layer[i]));
        graphs.push_back(graph_of(builds[0], {layer[i]}));
        names.push_back("alone");
    }
    std::vector<float> us = times(graphs, 15);
    for (size_t i = 0; i < graphs.size(); i++) {
        printf("  %8.2f us  %s\n", us[i], names[i].c_str());
    }
    return 0;
}
