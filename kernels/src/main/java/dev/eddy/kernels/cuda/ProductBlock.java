package dev.eddy.kernels.cuda;

/**
 * A block of a product on tensor cores, as its kernel is instantiated in matmul_bf16.cu,
 * matmul_wgmma.cu or matmul_bytes_wgmma.cu. Whichever is taken, an output has the same bits.
 *
 * @param file without {@code .cu}
 * @param name of the kernel
 * @param outputs of a block
 * @param rows of a block
 * @param held rows for which a stage has room: fewer than {@code rows} where there are no more
 * @param turns warps that take a depth's segments in turns; 1 where each has all of them
 * @param threads of a block
 * @param chunks of a stage
 * @param stages in shared memory, a multiple of {@code turns}
 * @param sharing blocks of a cluster, which share a depth
 * @param ending stages that a block has yet to ask for when the next launch's blocks may come; 0
 *     where these may at once
 */
record ProductBlock(
        String file,
        String name,
        int outputs,
        int rows,
        int held,
        int turns,
        int threads,
        int chunks,
        int stages,
        int sharing,
        int ending) {
    /** product_params.cuh: outputs and columns of a tile, and segments of a depth at most. */
    static final int TILE_M = 16;

    static final int TILE_K = 16;

    static final int SEGMENTS = 4;

    /** fragments.cuh: k-tiles of a chunk of weights. */
    static final int CHUNK = 8;

    /** Of an H100 or H200; figures of others lead to the same bits. */
    private static final int MULTIPROCESSOR_BYTES = 226 << 10;

    /**
     * matmul_bf16.cu: blocks of so many rows have stages twice as long where weights have eight
     * bits.
     */
    private static final int MOST_OF_LONGER = 32;

    /**
     * matmul_wgmma.cu: stages of at most 64 rows. With more, the kernels beside have less of the
     * first-level cache, which all they read at a time must find room in.
     */
    private static final int FEW_ROWS_BYTES = 160 << 10;

    /** One that has room for all its rows and shares nothing. */
    private ProductBlock(
            String file,
            String name,
            int outputs,
            int rows,
            int turns,
            int threads,
            int chunks,
            int stages) {
        this(file, name, outputs, rows, rows, turns, threads, chunks, stages, 1, 0);
    }

    /** With so few stages that a multiprocessor has room for so many blocks. */
    ProductBlock withRoomFor(int blocks, ProductShape shape) {
        int room = MULTIPROCESSOR_BYTES / blocks - (1 << 10);
        ProductBlock block = this;
        while (block.stages > turns && block.sharedBytes(shape.form()) > room) {
            block = block.staged(block.stages - turns);
        }
        return block;
    }

    static ProductBlock mma(
            ProductShape shape,
            String suffix,
            int outputs,
            int rows,
            int turns,
            int threads,
            int chunks,
            int stages) {
        boolean longer = rows <= MOST_OF_LONGER && shape.form().hasScales();
        return new ProductBlock(
                "matmul_bf16",
                shape.weights() + suffix,
                outputs,
                rows,
                turns,
                threads,
                longer ? 2 * chunks : chunks,
                stages);
    }

    /** Of weights of eight bits, which registers widen. */
    static ProductBlock widening(
            ProductShape shape, String suffix, int outputs, int rows, int held, int threads) {
        String name = shape.weights() + "_wgmma" + suffix;
        int stages = 4 * (outputs + rows * 2) / (outputs + held * 2);
        return new ProductBlock("matmul_bytes_wgmma", name, outputs, rows, 1, threads, 1, stages)
                .holding(held);
    }

    static ProductBlock wgmma(String name, int outputs, int rows, int held) {
        int most = rows <= 64 ? FEW_ROWS_BYTES : MULTIPROCESSOR_BYTES;
        int stages = most / (CHUNK * TILE_K * 2 * (outputs + held));
        return new ProductBlock("matmul_wgmma", name, outputs, rows, 1, 384, 1, stages)
                .holding(held);
    }

    ProductBlock sharedBy(int blocks) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, stages, blocks, ending);
    }

    ProductBlock holding(int most) {
        return new ProductBlock(
                file, name, outputs, rows, most, turns, threads, chunks, stages, sharing, ending);
    }

    ProductBlock staged(int count) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, count, sharing, ending);
    }

    ProductBlock ending(int left) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, stages, sharing, left);
    }

    /**
     * The stages and, where several warps share the depth, a sum of each segment; and what wgmma,
     * which always takes as many rows, reads behind the last k-tile.
     */
    int sharedBytes(WeightPlan.Form form) {
        int ring =
                stages
                        * chunks
                        * CHUNK
                        * TILE_K
                        * (outputs * (form.hasScales() ? 1 : 2) + held * 2);
        return ring
                + (turns > 1 ? SEGMENTS * (outputs + 4) * rows * 4 : 0)
                + (file.endsWith("wgmma") ? (rows - held) * TILE_K * 2 : 0);
    }
}
