// Products of warpgroups whose left operand are weights: a warpgroup has 64 outputs by all of a block's rows, and a warpgroup
// more copies.
#pragma once
#include "product.cuh"
#include "wgmma.cuh"

// What such kernels share, whose own part is multiply_segment, of the calling warp's 16 outputs.
template <class Kernel, int GROUPS, int ROWS>
struct WeightsLeft : OfWarpgroups {
    static constexpr int WARPS = 4 * GROUPS;
    static constexpr int READERS = WARPS;  // of a stage
    static constexpr int TILES_M = WARPS;
    static constexpr int TILES_N = ROWS / TILE_N;
    typedef ::Sums<TILES_M, TILES_N> Sums;

    static EDDY_DEVICE void put(const Sums& sums, const float (&d)[TILES_N][4], int slot) {
#pragma unroll
        for (int t = 0; t < TILES_N; t++) {
            sums.put(d[t], slot, threadIdx.x / 32, t);
        }
    }

    template <class Stages>
    static EDDY_DEVICE void multiply_all(const Stages& s, const ProductPart&, Barrier* full, Barrier* empty, const Sums& sums) {
        float total[TILES_N][4];
        float d[TILES_N][4];
        sum_segments<Kernel>(s, full, empty, total, d);
        put_segments<Kernel>(s.depth, sums, total, d);
    }

    template <class Stages>
    static EDDY_DEVICE void finish(const Stages& s, const ProductPart& part, const Sums& sums) {
        team_sync();
        sums.template store<APART>(part, s.depth);
    }
};
