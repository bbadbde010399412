// What kernels of products on the tensor cores share, whichever instruction multiplies: a block from its first copy to its
// last store.
//
// Weights are the left operand (M), rows the right one (N), but where matmul_wgmma.cu says otherwise. An output is the sum, in
// ascending order, of at most SEGMENTS segments of its depth; a segment runs from zero through one accumulator, k-tiles
// ascending. That order depends on the depth alone: not on how many rows there are, nor on which warps or blocks take which
// segments.
#pragma once
#include "product_depth.cuh"
#include "product_sums.cuh"

// Barriers of as many stages as there can be (a loop over those that there are takes longer): full when `copiers` warps' bytes
// have come, empty when `readers` threads have done with it. One more opens when one thread has said how many bytes come from
// other blocks, and these have come.
EDDY_DEVICE void prepare_barriers(Barrier* full, Barrier* empty, Barrier* met, int copiers, int readers) {
    if (threadIdx.x == 0) {
        barrier_init(met, 1);
#pragma unroll
        for (int s = 0; s < MAX_STAGES; s++) {
            barrier_init_for_copies(full + s, copiers);
        }
        barriers_ready();
    } else if (threadIdx.x == 32) {
#pragma unroll
        for (int s = 0; s < MAX_STAGES; s++) {
            barrier_init(empty + s, readers);
        }
        barriers_ready();
    }
    __syncthreads();
}

// Calls f(a stage in shared memory, its k-tiles) for the stages of the cursor's segment, each when its copies have come; what f
// returns has been read. By whole warps that multiply.
template <class Stages, class F>
EDDY_DEVICE void each_stage(const Stages& s, typename Stages::Cursor& c, Barrier* full, Barrier* empty, F f) {
    bool first = (threadIdx.x & 31) == 0;
#pragma unroll 1
    for (c.step = 0; c.step < s.depth.steps; c.next_step(s.depth)) {
        int deep = s.depth.deep(c.of, c.step);
        int at = c.slot(s.depth);
        barrier_wait(full + at, c.use & 1);
        __syncwarp();  // lanes may have parted there
        f(s.ring + at * s.stage, deep);
        if (first) {
            barrier_arrive(empty + at);
        }
    }
}

// By the warps that multiply: the block's segments of a warp's T tiles. The first block of a product has the sum of all of
// its segments in total, another one its first there and its second, if there is one, in d.
template <class Kernel, int T>
EDDY_DEVICE void sum_segments(const typename Kernel::Stages& s, Barrier* full, Barrier* empty, float (&total)[T][4],
                              float (&d)[T][4]) {
    float zero = s.depth.first == 0 ? 0.0f : -0.0f;
#pragma unroll
    for (int i = 0; i < 4 * T; i++) {
        total[i / 4][i & 3] = zero;
    }
#pragma unroll 1
    for (typename Kernel::Cursor c(0); c.of < s.depth.count; c.of++) {
        Kernel::multiply_segment(d, s, c, full, empty);
        if (c.of == 0 || s.depth.first == 0) {
#pragma unroll
            for (int i = 0; i < 4 * T; i++) {
                total[i / 4][i & 3] += d[i / 4][i & 3];
            }
        }
    }
}

// Puts them where others read them, when nobody reads the ring any longer.
template <class Kernel, int T, class Sums>
EDDY_DEVICE void put_segments(const typename Kernel::Stages::Depth& depth, const Sums& sums, const float (&total)[T][4],
                              const float (&d)[T][4]) {
    named_barrier(32 * Kernel::WARPS);
    Kernel::put(sums, total, 0);
    if (depth.first > 0 && depth.count > 1) {
        Kernel::put(sums, d, 1);
    }
}

// By the lanes that wait for the kernel before this one, in every block.
EDDY_DEVICE void wait_for_launch(const MatMulBf16Params& p) {
    grid_wait();
    if (p.launch > 0 && blockIdx.x == 0 && blockIdx.y == 0 && blockIdx.z == 0) {
        signal_raise(signal_of(p.batch, p.launch));
    }
}

// By the lanes that copy rows, which may be there before the last launches have ended, or even begun.
template <class Stages>
EDDY_DEVICE void copy_rows(const MatMulBf16Params& p, const ProductBf16& w, const Stages& s, Barrier* full, Barrier* empty) {
    if (w.since == 0) {
        wait_for_launch(p);
    } else {
        signal_wait(signal_of(p.batch, w.since));
    }
    s.copy(0, full, empty, 0);
    if (w.since != 0) {
        wait_for_launch(p);  // so that whoever waits for this launch has waited for all before it
    }
}

// A kernel's block. Grid: x groups of TILES_N n-tiles, which run together so that weights come from memory once, y blocks of
// TILES_M m-tiles of all products, z blocks of a cluster, which share the depth (one where warps do). Shared memory: the ring,
// of which sums take the place; where warps share a depth they come behind it.
template <class Kernel>
EDDY_DEVICE void run_product(const MatMulBf16Params& p) {
    EDDY_DYNAMIC_SHARED(char, ring);
    EDDY_SHARED(Barrier, full, MAX_STAGES);
    EDDY_SHARED(Barrier, empty, MAX_STAGES);
    EDDY_SHARED(Barrier, met, 1);
    if (p.ending == 0) {
        grid_release();
    }
    int all = rows_of(p.batch, p.selected);  // on their way until they are used, and weights come without them
    int group = group_of(p.batch, p.selected);
    const ProductBf16& w = p.products[product_of(p)];
    int m0 = (blockIdx.y - w.first_block) * Kernel::TILES_M;
    int n0 = blockIdx.x * Kernel::TILES_N;
    typename Kernel::Stages s(w, m0, n0, p.stages, p.held, ring);
    prepare_barriers(full, empty, met, Kernel::COPIERS, Kernel::READERS);
    if (n0 > 0 && n0 * TILE_N >= all) {
        return;
    }
    typename Kernel::Sums sums((float*)(Kernel::APART ? ring + p.stages * s.stage : ring), met);
    ProductPart part = {w, m0, n0, all, group};
    auto warp = Kernel::same_in_warp(threadIdx.x / 32);
    if (warp > Kernel::WARPS) {
        if (copies_here()) {
            s.copy(warp - Kernel::WARPS, full, empty, p.ending);
        }
    } else {
        s.hold(Kernel::same_in_warp(all), Kernel::same_in_warp(group));
        if (warp < Kernel::WARPS) {
            Kernel::multiply_all(s, part, full, empty, sums);
        } else if (copies_here()) {
            copy_rows(p, w, s, full, empty);
        }
    }
    Kernel::finish(s, part, sums);
}
