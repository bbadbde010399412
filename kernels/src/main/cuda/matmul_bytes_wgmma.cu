// The products of matmul_bf16.cu of more than eight rows and weights of eight bits by Hopper's instruction (wgmma.cuh): its left
// operand is in registers, which widen the weights. The same order of sums, so that a row's bits depend on that row alone and
// are those of mma.sync (src/test/gpu/products.cu looks). Reference: as for matmul_bf16.cu.
#include "byte_weights.cuh"
#include "product_left.cuh"

#if EDDY_WGMMA

// GROUPS warpgroups multiply, each 64 outputs by all ROWS rows, and one more copies; a stage in shared memory has a chunk's
// k-tiles.
template <class Weights, int GROUPS, int ROWS>
struct WideningBlock : WeightsLeft<WideningBlock<Weights, GROUPS, ROWS>, GROUPS, 1, ROWS> {
    typedef WeightsLeft<WideningBlock, GROUPS, 1, ROWS> Left;
    using Left::same_in_warp;
    using Left::TILES_M;
    using Left::TILES_N;
    static constexpr int AHEAD = 2;  // k-tiles that are widened while those before are multiplied
    typedef ::Stages<TILES_M, TILES_N, Weights::TILE_BYTES, 1, 1, Left::COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;

    // A segment of the calling warp's outputs.
    static EDDY_DEVICE void multiply_segment(float (&d)[TILES_N][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        int warp = same_in_warp(threadIdx.x / 32);
        each_stage(s, c, full, empty, [&](const char* stage, int deep) {
            const char* weights = stage + warp * deep * Weights::TILE_BYTES;
            WgmmaOperand rows = wgmma_rows(stage + Stages::WEIGHTS);
            int next = TILES_N == 8 ? s.row_bytes : TILES_N * 256;  // as in matmul_wgmma.cu
            uint2 held[CHUNK];
            uint32_t a[CHUNK][4];
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                held[k] = Weights::held(weights, k);
            }
            // With a test before each tile, as in matmul_wgmma.cu: whole chunks in a piece of code of their own, with half of one
            // widened while that of the stage before is multiplied, take longer, and what is left then has other bits.
#pragma unroll
            for (int from = 0; from < CHUNK; from += AHEAD) {
#pragma unroll
                for (int k = from; k < from + AHEAD; k++) {
                    Weights::widen(a[k], held[k]);
                }
                wgmma_fence();
#pragma unroll
                for (int k = from; k < from + AHEAD; k++) {
                    if (k < deep) {
                        wgmma_bf16(d, a[k], wgmma_further(rows, k * next), c.step > 0 || k > 0);
                    }
                }
            }
            wgmma_commit();
            wgmma_wait<0>();
        });
        wgmma_done(d);
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductChoice and ProductBlock have the same numbers.
#define WIDENING_PRODUCT(name, Weights, GROUPS, ROWS, most)                                    \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(128 * ((GROUPS) + 1), most)) { \
        run_product<WideningBlock<Weights, GROUPS, ROWS>>(p);                                  \
    }

WIDENING_PRODUCT(matmul_int8_wgmma_64, ByteWeights, 1, 64, 2)
WIDENING_PRODUCT(matmul_int8_wgmma_128, ByteWeights, 2, 128, 1)
WIDENING_PRODUCT(matmul_fp8_wgmma_64, EightWeights, 1, 64, 2)
WIDENING_PRODUCT(matmul_fp8_wgmma_128, EightWeights, 2, 128, 1)

#endif
