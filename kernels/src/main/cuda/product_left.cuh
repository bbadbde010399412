// Products of warpgroups whose left operand are weights: a warpgroup has 64 outputs by a block's rows, or by a part of them, and
// a warpgroup more copies.
#pragma once
#include "product.cuh"
#include "wgmma.cuh"

// What such kernels share, whose own part is multiply_segment, of the calling warp's 16 outputs by MINE n-tiles: GROUPS
// warpgroups beside each other have all of a block's outputs, and PARTS such rows of them a part of its rows each.
template <class Kernel, int GROUPS, int PARTS, int ROWS>
struct WeightsLeft : OfWarpgroups {
    static constexpr int WARPS = 4 * GROUPS * PARTS;
    static constexpr int READERS = WARPS;  // of a stage
    static constexpr int TILES_M = 4 * GROUPS;
    static constexpr int TILES_N = ROWS / TILE_N;
    static constexpr int MINE = TILES_N / PARTS;
    typedef ::Sums<TILES_M, TILES_N> Sums;

    // Which part of the rows a warpgroup has.
    static EDDY_DEVICE int part_of(int group) { return PARTS > 1 ? group / GROUPS : 0; }

    static EDDY_DEVICE void put(const Sums& sums, const float (&d)[MINE][4], int slot) {
        int warp = threadIdx.x / 32;
        int part = part_of(warp / 4);
#pragma unroll
        for (int t = 0; t < MINE; t++) {
            sums.put(d[t], slot, warp - part * TILES_M, part * MINE + t);
        }
    }

    template <class Stages>
    static EDDY_DEVICE void multiply_all(const Stages& s, const ProductPart&, Barrier* full, Barrier* empty, const Sums& sums) {
        float total[MINE][4];
        float d[MINE][4];
        sum_segments<Kernel>(s, full, empty, total, d);
        put_segments<Kernel>(s.depth, sums, total, d);
    }

    template <class Stages>
    static EDDY_DEVICE void finish(const Stages& s, const ProductPart& part, const Sums& sums) {
        team_sync();
        sums.template store<APART>(part, s.depth);
    }
};
