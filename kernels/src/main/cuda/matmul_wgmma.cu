// The products of matmul_bf16.cu of many rows by Hopper's instruction (wgmma.cuh), which alone reaches more than 60 % of the
// card's rate: the same operands, the same order of sums. A row's bits depend on that row alone and are those of mma.sync
// because the two instructions add alike (src/test/gpu/products.cu looks). Reference: as for matmul_bf16.cu.
#include "product.cuh"
#include "wgmma.cuh"

#if EDDY_WGMMA

// What all lanes of a warp have, said so that the compiler knows: it lets no wgmma overlap another where warps might part.
EDDY_DEVICE int same_in_warp(int x) { return __shfl_sync(0xffffffffu, x, 0); }

// WM warpgroups multiply, each 64 outputs and ROWS rows; a stage in shared memory has a chunk's k-tiles. A warpgroup
// more copies.
template <int WM, int ROWS>
struct WarpgroupBlock {
    static constexpr int COPIERS = 4;
    static constexpr int TILES_M = 4 * WM;
    static constexpr int TILES_N = ROWS / TILE_N;
    typedef ::Stages<TILES_M, TILES_N, 512, 1, 1, COPIERS> Stages;
    typedef typename Stages::Cursor Cursor;
    typedef ::Sums<TILES_M, TILES_N> Sums;

    // A segment of the calling warpgroup's outputs and the first 8 TILES rows.
    template <int TILES>
    static EDDY_DEVICE void multiply_segment(float (&d)[TILES][4], const Stages& s, Cursor& c, Barrier* full, Barrier* empty) {
        bool first = (threadIdx.x & 31) == 0;
        Barrier* before = nullptr;
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
            wgmma_wait<1>();
            if (before != nullptr && first) {
                barrier_arrive(before);
            }
            before = empty + at;
        }
        wgmma_wait<0>();
        wgmma_done(d);
        if (before != nullptr && first) {
            barrier_arrive(before);
        }
    }

    template <int TILES>
    static EDDY_DEVICE void put(const Sums& sums, const float (&d)[TILES][4], int slot) {
#pragma unroll
        for (int t = 0; t < TILES; t++) {
            sums.put(d[t], slot, threadIdx.x / 32, t);
        }
    }

    // As multiply_all of matmul_bf16.cu.
    template <int TILES>
    static EDDY_DEVICE void multiply_all(const Stages& s, Barrier* full, Barrier* empty, const Sums& sums) {
        float total[TILES][4];
        float d[TILES][4];
        float zero = s.depth.first == 0 ? 0.0f : -0.0f;
#pragma unroll
        for (int i = 0; i < 4 * TILES; i++) {
            total[i / 4][i & 3] = zero;
        }
#pragma unroll 1
        for (Cursor c(0); c.of < s.depth.count; c.of++) {
            multiply_segment(d, s, c, full, empty);
            if (c.of == 0 || s.depth.first == 0) {
#pragma unroll
                for (int i = 0; i < 4 * TILES; i++) {
                    total[i / 4][i & 3] += d[i / 4][i & 3];
                }
            }
        }
        named_barrier(128 * WM);  // nobody reads the ring any longer
        put(sums, total, 0);
        if (s.depth.first > 0 && s.depth.count > 1) {
            put(sums, d, 1);
        }
    }

    // Grid and shared memory: as Block::run of matmul_bf16.cu.
    static EDDY_DEVICE void run(const MatMulBf16Params& p) {
        EDDY_DYNAMIC_SHARED(char, ring);
        EDDY_SHARED(Barrier, full, MAX_STAGES);
        EDDY_SHARED(Barrier, empty, MAX_STAGES);
        grid_release();
        const ProductBf16& w = p.products[product_of(p)];
        int m0 = (blockIdx.y - w.first_block) * TILES_M;
        int n0 = blockIdx.x * TILES_N;
        int rows = same_in_warp(rows_of(p.batch, p.selected));
        if (n0 * TILE_N >= rows) {
            return;
        }
        prepare_barriers(full, empty, p.stages, COPIERS, 4 * WM);
        Stages s(w, m0, n0, rows, p.stages, ring);
        Sums sums = {(float*)ring};
        int warp = same_in_warp(threadIdx.x / 32);
        if (warp >= 4 * WM) {
            if (copies_here()) {
                s.copy(warp - 4 * WM, full, empty);
            }
        } else {
            if (ROWS == 128 && rows - n0 * TILE_N <= 64) {
                multiply_all<8>(s, full, empty, sums);
            } else {
                multiply_all<TILES_N>(s, full, empty, sums);
            }
        }
        end_of_sums();
        sums.store(w, s.depth, s.depth.each, false, m0, n0, rows);
        end_of_reading();
    }
};

// Outputs, rows and shared bytes of a block: dev.eddy.kernels.cuda.ProductBlock has the same numbers.
#define WARPGROUP_PRODUCT(name, WM, ROWS)                                                                            \
    EDDY_KERNEL_AHEAD(name, MatMulBf16Params, __launch_bounds__(128 * (WM) + 128, 1)) {    \
        WarpgroupBlock<WM, ROWS>::run(p);                                                                           \
    }

WARPGROUP_PRODUCT(matmul_wgmma_64, 2, 64)
WARPGROUP_PRODUCT(matmul_wgmma_128, 2, 128)

#endif
