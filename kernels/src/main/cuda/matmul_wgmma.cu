// The products of matmul_bf16.cu of more than eight rows by Hopper's instruction (wgmma.cuh), which alone reaches more than 60 %
// of the card's rate: the same operands, the same order of sums. A row's bits depend on that row alone and are those of
// mma.sync because the two instructions add alike (src/test/gpu/products.cu looks). Reference: as for matmul_bf16.cu.
#include "product_left.cuh"
#include "product_rows.cuh"

#if EDDY_WGMMA

// Two warpgroups multiply; a stage in shared memory has a chunk's k-tiles. A warpgroup more copies. Rows are the left operand,
// of which the instruction has 64: a block can have any multiple of 16 outputs. Up to 64 rows each warpgroup has half of the
// outputs, else half of the rows.
template <int OUTPUTS, int ROWS>
struct WarpgroupBlock : OfWarpgroups {
    static constexpr bool ALIKE = ROWS == 64;  // warpgroups have the same rows
    static_assert(ALIKE || ROWS == 128, "the instruction's left operand");
    static constexpr int WARPS = 8;
    static constexpr int READERS = WARPS;  // of a stage
    static constexpr int TILES_M = OUTPUTS / TILE_M;
    static constexpr int TILES_N = ROWS / TILE_N;
    static constexpr int EIGHTS = ALIKE ? OUTPUTS / 16 : OUTPUTS / 8;  // of a warpgroup's outputs
    typedef ::Stages<TILES_M, TILES_N, 512, 1, 1, COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;
    typedef SharedTiles<EIGHTS, 32 * WARPS> Sums;

    // A segment of the calling warpgroup's outputs; the second one may have no rows.
    static EDDY_DEVICE void multiply_segment(float (&d)[EIGHTS][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        int group = same_in_warp(threadIdx.x / 128);
        bool idle = !ALIKE && s.rows <= group * 64;
        each_stage(s, c, full, empty, [&](const char* stage, int deep) {
            int multiplied = idle ? 0 : deep;
            int eight = deep * 256;
            WgmmaOperand weights = wgmma_weights(stage + (ALIKE ? group * EIGHTS * eight : 0), eight);
            WgmmaOperand rows = wgmma_rows(stage + Stages::WEIGHTS + (ALIKE ? 0 : group * 8 * 256));
            int next = ALIKE ? s.row_bytes : TILES_N * 256;  // up to 32 rows, those after them are the next k-tile's
            wgmma_fence();
            // All in one piece of code: between two, the compiler loses registers of products on their way.
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                if (k < multiplied) {
                    wgmma_bf16(d, wgmma_further(rows, k * next), wgmma_further(weights, k * 256), c.step > 0 || k > 0);
                }
            }
            wgmma_commit();
            wgmma_wait<0>();  // two groups at a time would hold a slot for one stage more
        });
        wgmma_done(d);
    }

    static EDDY_DEVICE RowResults results(const ProductPart& part) {
        int group = threadIdx.x / 128;
        int row = part.n0 * TILE_N + (ALIKE ? 0 : group * 64) + threadIdx.x / 32 % 4 * 16;
        int output = part.m0 * TILE_M + (ALIKE ? group * EIGHTS * 8 : 0);
        return RowResults(part.w, row, output, part.rows, ALIKE ? part.group : 7);
    }

    static EDDY_DEVICE void multiply_all(const Stages& s, const ProductPart& part, Barrier* full, Barrier* empty,
                                         const Sums& sums) {
        float total[EIGHTS][4];
        float d[EIGHTS][4];
        sum_segments<WarpgroupBlock>(s, full, empty, total, d);
        if (gridDim.z == 1) {
            results(part).finish(total, 0);
            return;
        }
        if (threadIdx.x == 0) {
            sums.expect(s.depth);
        }
        meet();
        sums.bring(s.depth, total, d);
        cluster_await(sums.met, 0);
        sums.finish(s.depth, results(part));
    }

    // When the calling thread has done with the ring, of which sums take the place; waits until all blocks have.
    static EDDY_DEVICE void meet() {
        cluster_arrive();
        cluster_wait();
    }

    static EDDY_DEVICE void finish(const Stages&, const ProductPart&, const Sums&) {
        if (gridDim.z > 1 && threadIdx.x >= 32 * WARPS) {
            meet();
        }
    }
};

// Rows are the right operand, which can have 160 of them: a block copies a tenth less for a row than with 128. Each of two
// warpgroups has half of 128 outputs, or of the rows.
template <int OUTPUTS, int ROWS>
struct TallBlock : WeightsLeft<TallBlock<OUTPUTS, ROWS>, OUTPUTS / 64, 128 / OUTPUTS, ROWS> {
    typedef WeightsLeft<TallBlock, OUTPUTS / 64, 128 / OUTPUTS, ROWS> Left;
    using Left::MINE;
    using Left::same_in_warp;
    using Left::TILES_N;
    typedef ::Stages<Left::TILES_M, TILES_N, 512, 1, 1, Left::COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;

    // A segment of the calling warpgroup's outputs and rows.
    static EDDY_DEVICE void multiply_segment(float (&d)[MINE][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        int group = same_in_warp(threadIdx.x / 128);
        int part = Left::part_of(group);
        int beside = group - part * (OUTPUTS / 64);
        each_stage(s, c, full, empty, [&](const char* stage, int deep) {
            int eight = deep * 256;
            WgmmaOperand weights = wgmma_weights(stage + beside * 8 * eight, eight);
            WgmmaOperand rows = wgmma_rows(stage + Stages::WEIGHTS + part * MINE * 256);
            wgmma_fence();
            // In one piece of code, as in WarpgroupBlock.
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                if (k < deep) {
                    wgmma_bf16(d, wgmma_further(weights, k * 256), wgmma_further(rows, k * TILES_N * 256), c.step > 0 || k > 0);
                }
            }
            wgmma_commit();
            wgmma_wait<0>();
        });
        wgmma_done(d);
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductChoice and ProductBlock have the same numbers.
#define WARPGROUP_PRODUCT(name, OUTPUTS, ROWS)                             \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(384, 1)) { \
        run_product<WarpgroupBlock<OUTPUTS, ROWS>>(p);                     \
    }

WARPGROUP_PRODUCT(matmul_wgmma_64x64, 64, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x80, 80, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x96, 96, 64)
WARPGROUP_PRODUCT(matmul_wgmma_64x128, 128, 64)
WARPGROUP_PRODUCT(matmul_wgmma_128x64, 64, 128)
WARPGROUP_PRODUCT(matmul_wgmma_128, 128, 128)

#define TALL_PRODUCT(name, OUTPUTS, ROWS)                                  \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(384, 1)) { \
        run_product<TallBlock<OUTPUTS, ROWS>>(p);                          \
    }

TALL_PRODUCT(matmul_wgmma_160x64, 64, 160)
TALL_PRODUCT(matmul_wgmma_160, 128, 160)

#endif
