// The products of matmul_bf16.cu of many rows by Hopper's instruction (wgmma.cuh), which alone reaches more than 60 % of the
// card's rate: the same operands, the same order of sums. A row's bits depend on that row alone and are those of mma.sync
// because the two instructions add alike (src/test/gpu/products.cu looks). Reference: as for matmul_bf16.cu.
#include "product.cuh"
#include "wgmma.cuh"

#if EDDY_WGMMA

// Two warpgroups multiply, each all rows by half of the outputs; a stage in shared memory has a chunk's k-tiles. A warpgroup
// more copies. The left operand always has 64 of something: all rows where there are no more, so that a block can have any
// multiple of 16 outputs, or else outputs.
template <int OUTPUTS, int ROWS>
struct WarpgroupBlock {
    static constexpr bool ROWS_LEFT = ROWS == 64;
    static_assert(ROWS_LEFT || OUTPUTS == 128, "the instruction's left operand");
    static constexpr int COPIERS = 4;
    static constexpr int WARPS = 8;
    static constexpr int READERS = WARPS;  // of a stage
    static constexpr bool APART = false;
    static constexpr int TILES_M = OUTPUTS / TILE_M;
    static constexpr int TILES_N = ROWS / TILE_N;
    static constexpr int EIGHTS = OUTPUTS / 16;  // of a warpgroup's outputs
    typedef ::Stages<TILES_M, TILES_N, 512, 1, 1, COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;
    typedef ::Sums<TILES_M, TILES_N, ROWS_LEFT ? 8 : 4> Sums;

    // Said so that the compiler knows: it lets no wgmma overlap another where warps might part.
    static EDDY_DEVICE int same_in_warp(int x) { return __shfl_sync(0xffffffffu, x, 0); }

    template <int TILES>
    static EDDY_DEVICE void multiply(float (&d)[TILES][4], WgmmaOperand weights, WgmmaOperand rows, bool adds) {
        if (ROWS_LEFT) {
            wgmma_bf16(d, rows, weights, adds);
        } else {
            wgmma_bf16(d, weights, rows, adds);
        }
    }

    // A segment of the calling warpgroup's outputs, in TILES of eight columns: all of its outputs, or the first rows.
    template <int TILES>
    static EDDY_DEVICE void multiply_segment(float (&d)[TILES][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        bool first = (threadIdx.x & 31) == 0;
#pragma unroll 1
        for (c.step = 0; c.step < s.depth.steps; c.next_step(s.depth)) {
            int deep = s.depth.deep(c.of, c.step);
            int at = c.slot(s.depth);
            barrier_wait(full + at, c.use & 1);
            __syncwarp();  // lanes may have parted there
            int eight = deep * 256;
            WgmmaOperand weights = wgmma_operand(s.ring + at * s.stage + threadIdx.x / 128 * EIGHTS * eight, eight);
            WgmmaOperand rows = wgmma_operand(s.ring + at * s.stage + Stages::WEIGHTS, 256);
            wgmma_fence();
            // All in one piece of code: between two, the compiler loses registers of products on their way.
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                if (k < deep) {
                    multiply(d, wgmma_further(weights, k * 256), wgmma_further(rows, k * TILES_N * 256), c.step > 0 || k > 0);
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
        int warp = threadIdx.x / 32;
#pragma unroll
        for (int t = 0; t < TILES; t++) {
            if (ROWS_LEFT) {
                sums.put_rows(d[t], slot, warp % 4, warp / 4 * EIGHTS + t);
            } else {
                sums.put(d[t], slot, warp, t);
            }
        }
    }

    // The last group of rows may have so few of them that half of an instruction does.
    static EDDY_DEVICE void multiply_all(const Stages& s, int rows, Barrier* full, Barrier* empty, const Sums& sums) {
        if (ROWS == 128 && rows <= 64) {
            sum_segments<WarpgroupBlock, 8>(s, full, empty, sums);
        } else {
            sum_segments<WarpgroupBlock, ROWS_LEFT ? EIGHTS : TILES_N>(s, full, empty, sums);
        }
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductBlock has the same numbers.
#define WARPGROUP_PRODUCT(name, OUTPUTS, ROWS)                             \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(384, 1)) { \
        run_product<WarpgroupBlock<OUTPUTS, ROWS>>(p);                     \
    }

WARPGROUP_PRODUCT(matmul_wgmma_64x64, 64, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x80, 80, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x96, 96, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x128, 128, 64)
WARPGROUP_PRODUCT(matmul_wgmma_128, 128, 128)

#endif
