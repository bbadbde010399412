package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    /** product_params.cuh: columns of a tile along the depth, and segments of a depth at most. */
    private static final int TILE_K = 16;

    private static final int SEGMENTS = 4;

    /** fragments.cuh: k-tiles of a chunk of weights. */
    private static final int CHUNK = 8;

    /** Of an H100 or H200; figures of others lead to the same bits. */
    private static final int MULTIPROCESSOR_BYTES = 226 << 10;

    /**
     * Blocks that run at the same time in clusters of four, one a multiprocessor: not on all of
     * them, as a cluster keeps to a part of the chip. Clusters of two find room on all.
     */
    private static final int CLUSTERED = 120;

    /**
     * Depths in k-tiles: those from which on few outputs of few rows are faster where blocks share
     * them, and those of which four stages have all.
     */
    private static final int DEEP = 320;

    private static final int SHALLOW = 32;

    /**
     * matmul_bf16.cu: blocks of so many rows have stages twice as long where weights have eight
     * bits.
     */
    private static final int MOST_OF_LONGER = 32;

    /** Blocks of 16 outputs that are few. */
    private static final int FEW = 160;

    /** Blocks of up to eight rows: three a multiprocessor. */
    private static final int BESIDE = 3 * Grid.MULTIPROCESSORS;

    /**
     * matmul_wgmma.cu: stages of at most 64 rows. With more, the kernels beside have less of the
     * first-level cache, which all they read at a time must find room in.
     */
    private static final int FEW_ROWS_BYTES = 160 << 10;

    /** matmul_wgmma.cu: outputs of the blocks that there are for at most 64 rows. */
    private static final int[] OUTPUTS_OF_64_ROWS = {64, 80, 96, 128};

    /**
     * Stages left of most blocks, and of those that ask for many, when the next launch may come.
     */
    private static final int ENDING = 6;

    private static final int ENDING_OF_LONG = 8;

    /** Blocks that are too few for pairs: too many multiprocessors would have but one. */
    private static final int FEW_PAIRS = 3 * Grid.MULTIPROCESSORS / 2;

    /**
     * What blocks that share a depth cost more, as bytes that a multiprocessor copies meanwhile:
     * with it the choice takes at most 2 % longer than the best of 14 shapes' on an H200.
     */
    private static final int MEETING = 160 << 10;

    /** Outputs from which on 64 rows, and more, are faster in blocks with more of them. */
    private static final int WIDE = 8192;

    private static final int WIDE_OF_MORE = 4096;

    /**
     * The products of a launch.
     *
     * @param widths outputs of each
     * @param tiles k-tiles of the one with the fewest
     * @param form of their weights
     */
    record Shape(List<Integer> widths, int tiles, WeightPlan.Form form) {
        /** Blocks of so many outputs. */
        int blocks(int outputs) {
            return widths.stream().mapToInt(width -> Grid.cover(width, outputs)).sum();
        }

        int outputs() {
            return widths.stream().mapToInt(Integer::intValue).sum();
        }

        /** What the names of kernels begin with. */
        private String weights() {
            return switch (form) {
                case BYTES -> "matmul_int8";
                case EIGHTS -> "matmul_fp8";
                default -> "matmul_bf16";
            };
        }

        /** k-tiles of a segment. */
        private int segment() {
            return Math.ceilDiv(Math.ceilDiv(tiles, SEGMENTS), CHUNK) * CHUNK;
        }

        /** Blocks that can share a depth: each needs a segment. */
        int mostSharing() {
            return Integer.highestOneBit(Math.ceilDiv(tiles, segment()));
        }

        /** The most k-tiles that one of {@code sharing} blocks has. */
        int deepest(int sharing) {
            int segments = Math.ceilDiv(Math.ceilDiv(tiles, segment()), sharing);
            return Math.min(tiles, segments * segment());
        }
    }

    /** The block that is the fastest, by measurements on an H200, for at most {@code rows} rows. */
    static ProductBlock of(Shape shape, int rows, Kernels kernels) {
        ProductBlock block = chosen(shape, rows, kernels);
        return shape.form().hasScales() ? block : block.endingBy(shape);
    }

    private static ProductBlock chosen(Shape shape, int rows, Kernels kernels) {
        int sharing = kernels.haveClusters() ? shape.mostSharing() : 1;
        boolean warpgroups = kernels.haveWarpgroups();
        if (warpgroups && shape.form().hasScales() && rows > 32) {
            return rows <= 64
                    ? ofSixtyFourAndBytes(shape, sharing)
                    : widening(shape, "_128", 128, 128, 384, 4)
                            .shared(shape, Grid.cover(rows, 128), sharing);
        }
        return switch (Bucket.group(rows)) {
            case 8 -> ofFew(shape, rows == 1 ? 1 : 8, sharing);
            case 16 -> mma(shape, "_16", 16, 16, 4, 192, 2, 4);
            case 32 -> mma(shape, "_32", 16, 32, 4, 192, 1, shape.form().hasScales() ? 4 : 8);
            case 64 ->
                    warpgroups
                            ? ofSixtyFour(shape, sharing)
                            : (shape.outputs() < WIDE
                                            ? mma(shape, "_64_narrow", 32, 64, 1, 352, 1, 4)
                                            : mma(shape, "_64", 64, 64, 1, 416, 1, 3))
                                    .shared(shape, 1, sharing);
            default ->
                    (warpgroups
                                    ? ofManyRows(shape)
                                    : shape.outputs() < WIDE_OF_MORE
                                            ? mma(shape, "_128_narrow", 64, 128, 1, 416, 1, 4)
                                            : mma(shape, "_128", 128, 128, 1, 576, 1, 3))
                            .shared(shape, Grid.cover(rows, 128), sharing);
        };
    }

    /**
     * Up to eight rows, where launches wait for one another more than for memory: blocks large
     * enough that the next launch's find room beside them. Where all find room at once they may be
     * small; where they come in two turns, fewer with more of their weights on the way are faster;
     * with very many the turns hide one another.
     */
    private static ProductBlock ofFew(Shape shape, int held, int sharing) {
        // Which widening bounds: more warps are faster then, and stages are long.
        boolean bytes = shape.form().hasScales();
        ProductBlock wide =
                mma(shape, "_8_wide", 32, 8, 1, bytes ? 128 : 96, 1, bytes ? 4 : 8).holding(held);
        if (sharing == SEGMENTS && (!bytes || held > 1)) {
            boolean few = SEGMENTS * shape.blocks(16) <= CLUSTERED;
            if (few && shape.tiles() >= DEEP && !bytes) {
                return mma(shape, "_8_narrow", 16, 8, 1, 96, 2, held == 1 ? 6 : 3)
                        .holding(held)
                        .sharedBy(SEGMENTS);
            }
            if (shape.blocks(16) <= FEW && (held > 1 || shape.tiles() >= 2 * DEEP)) {
                return wide.staged(held == 1 ? 8 : bytes ? 4 : 6).sharedBy(SEGMENTS);
            }
        }
        ProductBlock one = mma(shape, "_8", 16, 8, 4, 192, 2, 12).holding(held);
        if (shape.blocks(16) <= BESIDE) {
            return shape.tiles() <= SHALLOW
                    ? one.staged(SEGMENTS)
                    : one.withRoomFor(Grid.cover(shape.blocks(16), Grid.MULTIPROCESSORS), shape);
        }
        if (shape.tiles() <= SHALLOW) {
            return shape.blocks(32) <= BESIDE
                    ? wide.staged(SEGMENTS)
                    : mma(shape, "_8_four", 64, 8, 4, 192, 1, SEGMENTS).holding(held);
        }
        int blocks = shape.blocks(32);
        if (held == 1 && blocks > (bytes ? 2 : 4) * Grid.MULTIPROCESSORS) {
            return one.staged(SEGMENTS);
        }
        return blocks > 2 * Grid.MULTIPROCESSORS && blocks <= BESIDE
                ? wide.withRoomFor(3, shape)
                : mma(shape, "_8_two", 32, 8, 4, 192, 1, 12).holding(held).withRoomFor(2, shape);
    }

    /** With so few stages that a multiprocessor has room for so many blocks. */
    private ProductBlock withRoomFor(int blocks, Shape shape) {
        int room = MULTIPROCESSOR_BYTES / blocks - (1 << 10);
        ProductBlock block = this;
        while (block.stages > turns && block.sharedBytes(shape.form()) > room) {
            block = block.staged(block.stages - turns);
        }
        return block;
    }

    private static ProductBlock mma(
            Shape shape,
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
                rows,
                turns,
                threads,
                longer ? 2 * chunks : chunks,
                stages,
                1,
                0);
    }

    /** Of weights of eight bits, which registers widen. */
    private static ProductBlock widening(
            Shape shape, String suffix, int outputs, int rows, int threads, int stages) {
        return new ProductBlock(
                "matmul_bytes_wgmma",
                shape.weights() + "_wgmma" + suffix,
                outputs,
                rows,
                rows,
                1,
                threads,
                1,
                stages,
                1,
                0);
    }

    /**
     * Up to 64 rows and weights of eight bits: small blocks, two a multiprocessor, which share a
     * depth as long as all run at the same time.
     */
    private static ProductBlock ofSixtyFourAndBytes(Shape shape, int mostSharing) {
        ProductBlock block = widening(shape, "_64", 64, 64, 256, 4);
        int most = shape.tiles() <= SHALLOW ? 1 : mostSharing;
        int sharing = 1;
        while (2 * sharing <= most
                && 2 * sharing * shape.blocks(block.outputs) <= 2 * Grid.MULTIPROCESSORS) {
            sharing *= 2;
        }
        return block.sharedBy(sharing);
    }

    private static ProductBlock wgmma(String name, int outputs, int rows) {
        int most = rows <= 64 ? FEW_ROWS_BYTES : MULTIPROCESSOR_BYTES;
        int stages = most / (CHUNK * TILE_K * 2 * (outputs + rows));
        return new ProductBlock("matmul_wgmma", name, outputs, rows, rows, 1, 384, 1, stages, 1, 0);
    }

    /**
     * More than 64 rows: where there is hardly any depth, two small blocks a multiprocessor, of
     * which one finishes its results while the other multiplies.
     */
    private static ProductBlock ofManyRows(Shape shape) {
        return shape.tiles() <= SHALLOW
                ? wgmma("matmul_wgmma_128x64", 64, 128).withRoomFor(2, shape)
                : wgmma("matmul_wgmma_128", 128, 128);
    }

    /**
     * Up to 64 rows: two small blocks a multiprocessor, where there are about as many, or hardly
     * any depth; else the outputs and the sharing that cost least.
     */
    private static ProductBlock ofSixtyFour(Shape shape, int mostSharing) {
        ProductBlock small = wgmma("matmul_wgmma_64x64", 64, 64).withRoomFor(2, shape);
        for (int sharing = 1; sharing <= Math.min(2, mostSharing); sharing++) {
            int blocks = sharing * shape.blocks(small.outputs);
            if (blocks > FEW_PAIRS && blocks <= 2 * Grid.MULTIPROCESSORS) {
                return small.sharedBy(sharing);
            }
        }
        if (shape.tiles() <= SHALLOW && shape.blocks(small.outputs) > Grid.MULTIPROCESSORS) {
            return small;
        }
        return IntStream.of(OUTPUTS_OF_64_ROWS)
                .mapToObj(outputs -> wgmma("matmul_wgmma_64x" + outputs, outputs, 64))
                .flatMap(block -> Stream.of(1, 2, SEGMENTS).map(block::sharedBy))
                .filter(block -> block.sharing <= mostSharing)
                .min(Comparator.comparingLong(block -> block.cost(shape)))
                .orElseThrow();
    }

    /** What the busiest multiprocessor copies, which has one block at a time. */
    private long cost(Shape shape) {
        int room = sharing == SEGMENTS ? CLUSTERED : Grid.MULTIPROCESSORS;
        long rounds = Grid.cover(sharing * shape.blocks(outputs), room);
        long copied = (long) shape.deepest(sharing) * TILE_K * 2 * (outputs + rows);
        return rounds * (copied + (sharing > 1 ? MEETING : 0));
    }

    /** Shared by as many blocks as run at the same time, at most {@code most}. */
    private ProductBlock shared(Shape shape, int groups, int most) {
        int blocks = groups * shape.blocks(outputs);
        int sharing = 1;
        while (2 * sharing <= most
                && 2 * sharing * blocks <= (sharing == 1 ? Grid.MULTIPROCESSORS : CLUSTERED)) {
            sharing *= 2;
        }
        return sharedBy(sharing);
    }

    private ProductBlock sharedBy(int blocks) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, stages, blocks, ending);
    }

    private ProductBlock holding(int most) {
        return new ProductBlock(
                file, name, outputs, rows, most, turns, threads, chunks, stages, sharing, ending);
    }

    private ProductBlock staged(int count) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, count, sharing, ending);
    }

    /**
     * When the next launch's blocks may come, whose weights take memory's time from this one's:
     * late, where that made whole layers on an H200 faster, and at once where many blocks come in
     * turns or there is little to copy.
     */
    private ProductBlock endingBy(Shape shape) {
        if (rows > 8) {
            return ending(ENDING);
        }
        if (sharing > 1) {
            return ending(shape.tiles() > DEEP ? ENDING_OF_LONG : 0);
        }
        if (turns == 1) {
            return ending(shape.tiles() > SHALLOW ? ENDING_OF_LONG : 0);
        }
        int blocks = shape.blocks(outputs);
        return switch (outputs) {
            case 16 -> ending(blocks <= FEW ? ENDING : blocks > BESIDE ? ENDING_OF_LONG : 0);
            case 32 -> ending(held == 1 ? ENDING : 0);
            default -> ending(0);
        };
    }

    private ProductBlock ending(int left) {
        return new ProductBlock(
                file, name, outputs, rows, held, turns, threads, chunks, stages, sharing, left);
    }

    /** The stages and, where several warps share the depth, a sum of each segment. */
    int sharedBytes(WeightPlan.Form form) {
        int ring =
                stages
                        * chunks
                        * CHUNK
                        * TILE_K
                        * (outputs * (form.hasScales() ? 1 : 2) + held * 2);
        return ring + (turns > 1 ? SEGMENTS * (outputs + 4) * rows * 4 : 0);
    }
}
