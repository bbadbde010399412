// The products of matmul_bf16.cu of many rows by Hopper's instruction (wgmma.cuh), which alone reaches more than 60 % of the
// card's rate: the same operands, the same order of sums. A row's bits depend on that row alone and are those of mma.sync
// because the two instructions add alike (src/test/gpu/products.cu looks). Reference: as for matmul_bf16.cu.
#include "product.cuh"
#include "wgmma.cuh"

#if EDDY_WGMMA

// WM warpgroups multiply, each 64 outputs and ROWS rows; a stage in shared memory has a chunk's k-tiles. A warpgroup
// more copies.
template <int WM, int ROWS>
struct WarpgroupBlock {
    static constexpr int COPIERS = 4;
    static constexpr int WARPS = 4 * WM;
    static constexpr int READERS = WARPS;  // of a stage
    static constexpr bool APART = false;
    static constexpr int TILES_M = 4 * WM;
    static constexpr int TILES_N = ROWS / TILE_N;
    typedef ::Stages<TILES_M, TILES_N, 512, 1, 1, COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;
    typedef ::Sums<TILES_M, TILES_N> Sums;

    // Said so that the compiler knows: it lets no wgmma overlap another where warps might part.
    static EDDY_DEVICE int same_in_warp(int x) { return __shfl_sync(0xffffffffu, x, 0); }

    // A segment of the calling warpgroup's outputs and the first 8 TILES rows.
    template <int TILES>
    static EDDY_DEVICE void multiply_segment(float (&d)[TILES][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        bool first = (threadIdx.x & 31) == 0;
#pragma unroll 1
        for (c.step = 0; c.step < s.depth.steps; c.next_step(s.depth)) {
            int deep = s.depth.deep(c.of, c.step);
            int at = c.slot(s.depth);
            barrier_wait(full + at, c.use & 1);
            __syncwarp();  // lanes may have parted there
            WgmmaOperand a = wgmma_operand(s.ring + at * s.stage + threadIdx.x / 128 * 4 * deep * 512, deep * 256);
            WgmmaOperand b = wgmma_operand(s.ring + at * s.stage + Stages::WEIGHTS, 256);
            wgmma_fence();
            // All in one piece of code: between two, the compiler loses registers of products on their way.
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                if (k < deep) {
                    wgmma_bf16(d, wgmma_further(a, k * 256), wgmma_further(b, k * TILES_N * 256), c.step > 0 || k > 0);
                }
            }
            wgmma_commit();
            wgmma_wait<0>();  // two groups at a time would hold a slot for one stage more
            if (first) {
                barrier_arrive(empty + at);
            }
        }
        wgmma_done(d);
    }

    template <int TILES>
    static EDDY_DEVICE void put(const Sums& sums, const float (&d)[TILES][4], int slot) {
#pragma unroll
        for (int t = 0; t < TILES; t++) {
            sums.put(d[t], slot, threadIdx.x / 32, t);
        }
    }

    // The last group of rows may have so few of them that half of an instruction does.
    static EDDY_DEVICE void multiply_all(const Stages& s, int rows, Barrier* full, Barrier* empty, const Sums& sums) {
        if (ROWS == 128 && rows <= 64) {
            sum_segments<WarpgroupBlock, 8>(s, full, empty, sums);
        } else {
            sum_segments<WarpgroupBlock, TILES_N>(s, full, empty, sums);
        }
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductBlock has the same numbers.
#define WARPGROUP_PRODUCT(name, WM, ROWS)                                                                            \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(128 * (WM) + 128, 1)) {                             \
        run_product<WarpgroupBlock<WM, ROWS>>(p);                                                                   \
    }

WARPGROUP_PRODUCT(matmul_wgmma_64, 2, 64)
WARPGROUP_PRODUCT(matmul_wgmma_128, 2, 128)

#endif
