// When each kernel of a process began and ended on the device: a library that the driver loads into the process and that
// asks CUPTI, so that launches overlap as they do without it. timeline.py reads what it writes.
//   g++ -shared -fPIC -O2 -I/usr/local/cuda/include -o libtimeline.so timeline.cpp -L/usr/local/cuda/lib64 -lcupti
//   TIMELINE=FILE CUDA_INJECTION64_PATH=$PWD/libtimeline.so eddy bench decode ...
// A line a kernel: graph, begin and end in ns, blocks along x, y and z, threads, dynamic shared bytes, name.
#include <cupti.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>

static FILE* out;
static std::mutex turns;

static void wanted(uint8_t** buffer, size_t* size, size_t* records) {
    *size = 8 << 20;
    *buffer = static_cast<uint8_t*>(aligned_alloc(8, *size));
    *records = 0;
}

static void filled(CUcontext, uint32_t, uint8_t* buffer, size_t, size_t size) {
    std::lock_guard<std::mutex> turn(turns);
    CUpti_Activity* record = nullptr;
    while (cuptiActivityGetNextRecord(buffer, size, &record) == CUPTI_SUCCESS) {
        if (record->kind == CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL) {
            auto* k = reinterpret_cast<CUpti_ActivityKernel10*>(record);
            fprintf(out, "%u %llu %llu %d %d %d %d %d %s\n", k->graphId, static_cast<unsigned long long>(k->start),
                    static_cast<unsigned long long>(k->end), k->gridX, k->gridY, k->gridZ, k->blockX,
                    k->dynamicSharedMemory, k->name);
        }
    }
    free(buffer);
}

static void finish() {
    cuptiActivityFlushAll(1);
    fclose(out);
}

extern "C" int InitializeInjection(void) {
    const char* file = getenv("TIMELINE");
    out = file == nullptr ? nullptr : fopen(file, "w");
    if (out == nullptr || cuptiActivityRegisterCallbacks(wanted, filled) != CUPTI_SUCCESS ||
        cuptiActivityEnable(CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL) != CUPTI_SUCCESS) {
        fprintf(stderr, "timeline: TIMELINE must name a file that can be written, and CUPTI be free\n");
        return 0;
    }
    atexit(finish);
    return 1;
}
