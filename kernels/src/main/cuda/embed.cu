// Rows of a table by element id, and what readies a step before them. Reference: ReferenceInterpreter.embed and
// SamplerSlots.admit, absorb.
#include "batch.cuh"
#include "functions.cuh"

// dev.eddy.kernels.cuda.Stored, by ordinal: how a tensor lies in device memory.
enum Stored { STORED_F32, STORED_BF16, STORED_F16 };

struct EmbedParams {
    Batch batch;
    const void* table;
    int stored;
    int unused;
    Rows out;
};

// Grid: x rows.
EDDY_KERNEL(embed, EmbedParams) {
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        long long from = (long long)p.batch.ids[row] * p.out.width;
        float* out = row_of(p.out, row);
        for (int c = threadIdx.x; c < p.out.width; c += blockDim.x) {
            if (p.stored == STORED_F32) {
                out[c] = ((const float*)p.table)[from + c];
            } else if (p.stored == STORED_BF16) {
                out[c] = from_bf16(((const unsigned short*)p.table)[from + c]);
            } else {
                out[c] = from_f16(((const unsigned short*)p.table)[from + c]);
            }
        }
    }
}

struct PrepareParams {
    Batch batch;
    EntryResult* results;
    long long sampler;  // bytes from the start of a slot
    int vocabulary;  // 0 where elements are frames
    int unused;
};

EDDY_DEVICE int resolve_pending(const PrepareParams& p, const Entry& entry, const int* sampler) {
    if (!(entry.flags & PENDING_ELEMENT)) {
        return ENTRY_DONE;
    }
    int id = sampler[PENDING];
    p.batch.ids[entry.offset] = id < 0 || id >= p.vocabulary ? 0 : id;
    if (id < 0) {
        return NOTHING_PENDING;
    }
    if (id >= p.vocabulary) {
        return BEYOND_VOCABULARY;
    }
    return sampler[HALTED] ? ENTRY_MASKED : ENTRY_DONE;
}

// Resolves pending ids, masks the entries of halted slots, and enters the absorbed ids into the slots' rings. Grid: x
// entries; block: one warp.
EDDY_KERNEL(prepare, PrepareParams) {
    int e = blockIdx.x;
    if (e >= p.batch.counts->entries) {
        return;
    }
    Entry& entry = p.batch.entries[e];
    int* sampler = (int*)state_of(p.batch, entry.slot, p.sampler);
    if (threadIdx.x == 0) {
        EntryResult result = {-1, 0.0f, resolve_pending(p, entry, sampler), 0};
        entry.absorbed = result.status == ENTRY_DONE ? entry.length : 0;
        p.results[e] = result;
        if (entry.absorbed > 0) {
            sampler[PENDING] = -1;
            sampler[HALTED] = 0;
        }
    }
    __syncthreads();
    int absorbed = entry.absorbed;
    int first = absorbed > RECENT_MASK + 1 ? absorbed - RECENT_MASK - 1 : 0;
    for (int i = first + threadIdx.x; p.vocabulary > 0 && i < absorbed; i += blockDim.x) {
        sampler[RECENT + ((entry.start + i) & RECENT_MASK)] = p.batch.ids[entry.offset + i];
    }
}
