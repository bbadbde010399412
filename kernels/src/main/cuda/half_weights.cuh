// How the left operand of m16n8k16 is read from weights of bfloat16 in shared memory.
#pragma once
#include "device.cuh"

// Of a chunk (fragments.cuh) of `deep` k-tiles, the calling lane's part of the
// k-tile `inner`, as the left operand of m16n8k16.
struct HalfWeights {
    static constexpr int TILE_BYTES = 512;

    static EDDY_DEVICE void load(uint32_t (&a)[4], const char* chunk, int inner, int deep) {
        int lane = threadIdx.x & 31;
        const char* row = chunk + (lane >> 3 & 1) * deep * 256 + inner * 256 + (lane >> 4) * 128 + (lane & 7) * 16;
        load_matrices(a, row);
    }
};
