// Who does what a block of a launch does. Threads of a team begin at a whole warp, so that lanes are those of threadIdx.
#pragma once
#include "pipeline.cuh"

// The threads that do a block's work of a launch: the block itself, or some warps of a persistent kernel's block.
struct Team {
    int thread;  // of the team
    int threads;
    int x;  // the block of the launch that the team plays
    int y;
    int barrier;  // number of the named barrier where its threads meet; 0: all of the block's
    Barrier* go;  // opens (for the parity) when what the launch reads is there; null: a launch of its own waits for the one before
    uint32_t parity;

    EDDY_DEVICE static Team block() {
        return Team{(int)threadIdx.x, (int)blockDim.x, (int)blockIdx.x, (int)blockIdx.y, 0, nullptr, 0};
    }

    EDDY_DEVICE bool is_block() const { return go == nullptr; }

    EDDY_DEVICE void sync() const {
        if (barrier == 0) {
            __syncthreads();
        } else {
            named_barrier(barrier, threads);
        }
    }

    EDDY_DEVICE void wait() const {
        if (is_block()) {
            grid_wait();
        } else {
            barrier_wait(go, parity);
            __syncwarp();  // lanes may have parted there
        }
    }
};
