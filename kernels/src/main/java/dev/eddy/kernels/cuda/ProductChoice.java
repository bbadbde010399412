package dev.eddy.kernels.cuda;

import static dev.eddy.kernels.cuda.ProductBlock.SEGMENTS;
import static dev.eddy.kernels.cuda.ProductBlock.TILE_K;

import dev.eddy.kernels.cuda.Work.Grid;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which block a launch's products get: by shape and rows, the one that was the fastest. */
final class ProductChoice {
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

    /** The fewest k-tiles that a few blocks' outputs of one row share. */
    private static final int DEEP_OF_ONE = 256;

    /** Blocks of 16 outputs that are few. */
    private static final int FEW = 160;

    /** Blocks of up to eight rows: three a multiprocessor. */
    private static final int BESIDE = 3 * Grid.MULTIPROCESSORS;

    /** matmul_wgmma.cu: outputs of the blocks that there are for at most 64 rows. */
    private static final int[] OUTPUTS_OF_64_ROWS = {64, 80, 96, 128};

    /** Blocks that are too few for pairs: too many multiprocessors would have but one. */
    private static final int FEW_PAIRS = 3 * Grid.MULTIPROCESSORS / 2;

    /**
     * What blocks that share a depth cost more, as bytes that a multiprocessor copies meanwhile:
     * with it the choice takes at most 2 % longer than the best of 14 shapes' on an H200.
     */
    private static final int MEETING = 150 << 10;

    /** Outputs from which on 64 rows, and more, are faster in blocks with more of them. */
    private static final int WIDE = 8192;

    private static final int WIDE_OF_MORE = 4096;

    /**
     * Stages left of most blocks, and of those that ask for many, when the next launch may come.
     */
    private static final int ENDING = 6;

    private static final int ENDING_OF_LONG = 8;

    /** A k-tile of a block of 128 outputs by 128 and by 160 rows; a block's beginning and end. */
    private static final double MICROSECONDS_OF_TILE = 0.097;

    private static final double MICROSECONDS_OF_TALL_TILE = 0.12;
    private static final double MICROSECONDS_AROUND = 4;

    private final ProductShape shape;
    private final boolean bytes;
    private final boolean warpgroups;
    private final int mostSharing;

    private ProductChoice(ProductShape shape, Kernels kernels) {
        this.shape = shape;
        bytes = shape.form().hasScales();
        warpgroups = kernels.haveWarpgroups();
        mostSharing = kernels.haveClusters() ? shape.mostSharing() : 1;
    }

    /**
     * The block that is the fastest, by measurements on an H200, for at most {@code rows} rows,
     * which lie in groups of {@code group} ({@link RowGroups}).
     */
    static ProductBlock of(ProductShape shape, int rows, int group, Kernels kernels) {
        ProductChoice choice = new ProductChoice(shape, kernels);
        ProductBlock block = choice.block(rows, group);
        return block.ending(choice.ending(block));
    }

    /**
     * About how long these products take by groups of 128 or more rows, to compare such groups: as
     * on an H200, to a tenth. Those of hardly any depth are not counted.
     */
    static double microseconds(ProductShape shape, int rows, int group, Kernels kernels) {
        if (shape.tiles() <= SHALLOW) {
            return 0;
        }
        ProductBlock block = of(shape, rows, group, kernels);
        int deep = shape.deeperThan(SHALLOW).blocks(block.outputs());
        int blocks = Grid.cover(rows, group) * deep * block.sharing();
        double tile = group == RowGroups.TALL ? MICROSECONDS_OF_TALL_TILE : MICROSECONDS_OF_TILE;
        return Grid.cover(blocks, Grid.MULTIPROCESSORS)
                * (shape.deepest(block.sharing()) * tile + MICROSECONDS_AROUND);
    }

    private ProductBlock block(int rows, int group) {
        if (group <= 8) {
            return ofFew(rows == 1 ? 1 : 8);
        }
        if (warpgroups && group <= 64) {
            return bytes ? ofSixtyFourAndBytes(group) : ofSixtyFour(group);
        }
        return switch (group) {
            case 16 -> mma("_16", 16, 16, 4, 192, 2, 4);
            case 32 -> mma("_32", 16, 32, 4, 192, 1, bytes ? 4 : 8);
            case 64 ->
                    shared(
                            shape.outputs() < WIDE
                                    ? mma("_64_narrow", 32, 64, 1, 352, 1, 4)
                                    : mma("_64", 64, 64, 1, 416, 1, 3),
                            1);
            default -> {
                int groups = Grid.cover(rows, group);
                yield shared(ofManyRows(group, groups), groups);
            }
        };
    }

    private ProductBlock mma(
            String suffix, int outputs, int rows, int turns, int threads, int chunks, int stages) {
        return ProductBlock.mma(shape, suffix, outputs, rows, turns, threads, chunks, stages);
    }

    /**
     * Up to eight rows, where launches wait for one another more than for memory: blocks large
     * enough that the next launch's find room beside them. Where all find room at once they may be
     * small; where they come in two turns, fewer with more of their weights on the way are faster;
     * with very many the turns hide one another.
     */
    private ProductBlock ofFew(int held) {
        // Which widening bounds: more warps are faster then, and stages are long.
        ProductBlock wide =
                mma("_8_wide", 32, 8, 1, bytes ? 128 : 96, 1, bytes ? 4 : 8).holding(held);
        if (mostSharing == SEGMENTS && (!bytes || held > 1)) {
            int sharing = SEGMENTS * shape.blocks(16);
            boolean few =
                    shape.tiles() >= DEEP
                            ? sharing <= CLUSTERED
                            : held == 1 && shape.tiles() >= DEEP_OF_ONE && sharing <= 2 * CLUSTERED;
            if (few && !bytes) {
                return mma("_8_narrow", 16, 8, 1, 96, 2, held == 1 ? 6 : 3)
                        .holding(held)
                        .sharedBy(SEGMENTS);
            }
            if (shape.blocks(16) <= FEW && (held > 1 || shape.tiles() >= 2 * DEEP)) {
                return wide.staged(held == 1 ? 8 : bytes ? 4 : 6).sharedBy(SEGMENTS);
            }
        }
        ProductBlock two = mma("_8_two", 32, 8, 4, 192, 1, 12).holding(held);
        if (shape.mixes(SHALLOW)) { // as many at once as can be, as some wait for nobody
            if (held == 1 && (bytes || shape.blocks(32) > 2 * BESIDE)) {
                return two.withRoomFor(3, shape);
            }
            return wide.staged(bytes && shape.blocks(32) <= BESIDE ? 6 : SEGMENTS);
        }
        ProductBlock one = mma("_8", 16, 8, 4, 192, 2, 12).holding(held);
        if (shape.blocks(16) <= BESIDE) {
            if (shape.tiles() <= SHALLOW) {
                return one.staged(SEGMENTS);
            }
            int turns = Grid.cover(shape.blocks(16), Grid.MULTIPROCESSORS);
            return bytes && turns > 2 ? two.withRoomFor(2, shape) : one.withRoomFor(turns, shape);
        }
        if (shape.tiles() <= SHALLOW) {
            return shape.blocks(32) <= BESIDE
                    ? wide.staged(SEGMENTS)
                    : mma("_8_four", 64, 8, 4, 192, 1, SEGMENTS).holding(held);
        }
        int blocks = shape.blocks(32);
        if (held == 1 && blocks > (bytes ? 2 : 4) * Grid.MULTIPROCESSORS) {
            return one.staged(SEGMENTS);
        }
        return blocks > 2 * Grid.MULTIPROCESSORS && blocks <= BESIDE
                ? wide.withRoomFor(3, shape)
                : two.withRoomFor(2, shape);
    }

    /**
     * From nine to 64 rows and weights of eight bits: small blocks, two a multiprocessor, which
     * share a depth as long as all run at the same time.
     */
    private ProductBlock ofSixtyFourAndBytes(int held) {
        ProductBlock block = ProductBlock.widening(shape, "_64", 64, 64, held, 256);
        int most = shape.tiles() <= SHALLOW ? 1 : mostSharing;
        int sharing = 1;
        while (2 * sharing <= most
                && 2 * sharing * shape.blocks(block.outputs()) <= 2 * Grid.MULTIPROCESSORS) {
            sharing *= 2;
        }
        return block.sharedBy(sharing);
    }

    /**
     * From nine to 64 rows: two small blocks a multiprocessor, where there are about as many, or
     * hardly any depth; else the outputs and the sharing that cost least.
     */
    private ProductBlock ofSixtyFour(int held) {
        ProductBlock small =
                ProductBlock.wgmma("matmul_wgmma_64x64", 64, 64, held).withRoomFor(2, shape);
        if (shape.mixes(SHALLOW)) {
            if (held <= 32 && mostSharing > 1) {
                return small.withRoomFor(3, shape).sharedBy(2);
            }
            if (held > 32 && shape.blocks(small.outputs()) > 2 * Grid.MULTIPROCESSORS) {
                return small;
            }
        }
        for (int sharing = 1; sharing <= Math.min(2, mostSharing); sharing++) {
            int blocks = sharing * shape.blocks(small.outputs());
            if (blocks > FEW_PAIRS && blocks <= 2 * Grid.MULTIPROCESSORS) {
                return small.sharedBy(sharing);
            }
        }
        if (shape.tiles() <= SHALLOW && shape.blocks(small.outputs()) > Grid.MULTIPROCESSORS) {
            return small;
        }
        return IntStream.of(OUTPUTS_OF_64_ROWS)
                .mapToObj(outputs ->
                        ProductBlock.wgmma("matmul_wgmma_64x" + outputs, outputs, 64, held))
                .flatMap(block -> Stream.of(1, 2, SEGMENTS).map(block::sharedBy))
                .filter(block -> block.sharing() <= mostSharing)
                .min(Comparator.comparingLong(this::cost))
                .orElseThrow();
    }

    /** What the busiest multiprocessor copies, which has one block at a time. */
    private long cost(ProductBlock block) {
        int sharing = block.sharing();
        int room = sharing == SEGMENTS ? CLUSTERED : Grid.MULTIPROCESSORS;
        long rounds = Grid.cover(sharing * shape.blocks(block.outputs()), room);
        long copied = (long) shape.deepest(sharing) * TILE_K * 2 * (block.outputs() + block.held());
        return rounds * (copied + (sharing > 1 ? MEETING : 0));
    }

    /**
     * More than 64 rows: where there is hardly any depth, two small blocks a multiprocessor, of
     * which one finishes its results while the other multiplies; and small ones where so few share
     * a depth that all run at the same time.
     */
    private ProductBlock ofManyRows(int group, int groups) {
        boolean shallow = shape.tiles() <= SHALLOW;
        boolean few = !shallow && SEGMENTS * groups * shape.blocks(64) <= CLUSTERED;
        if (group == RowGroups.TALL) {
            return few
                    ? ProductBlock.wgmma("matmul_wgmma_160x64", 64, group, group)
                    : ProductBlock.wgmma("matmul_wgmma_160", 128, group, group);
        }
        if (warpgroups && bytes) {
            return ProductBlock.widening(shape, "_128", 128, 128, 128, 384);
        }
        if (!warpgroups) {
            return shape.outputs() < WIDE_OF_MORE
                    ? mma("_128_narrow", 64, 128, 1, 416, 1, 4)
                    : mma("_128", 128, 128, 1, 576, 1, 3);
        }
        ProductBlock small = ProductBlock.wgmma("matmul_wgmma_128x64", 64, 128, 128);
        if (shallow) {
            return small.withRoomFor(2, shape);
        }
        return few ? small : ProductBlock.wgmma("matmul_wgmma_128", 128, 128, 128);
    }

    /** A block shared by as many as run at the same time. */
    private ProductBlock shared(ProductBlock block, int groups) {
        int blocks = groups * shape.blocks(block.outputs());
        int sharing = 1;
        while (2 * sharing <= mostSharing
                && 2 * sharing * blocks <= (sharing == 1 ? Grid.MULTIPROCESSORS : CLUSTERED)) {
            sharing *= 2;
        }
        return block.sharedBy(sharing);
    }

    /**
     * How late the next launch's blocks may come, whose weights take memory's time from this one's:
     * late, where that made whole layers on an H200 faster, and at once where many blocks come in
     * turns or there is little to copy. With weights of eight bits it has not been measured.
     */
    private int ending(ProductBlock block) {
        if (bytes) {
            return 0;
        }
        if (block.rows() > 8) {
            return ENDING;
        }
        if (block.sharing() > 1) {
            return shape.tiles() > DEEP ? ENDING_OF_LONG : 0;
        }
        if (block.turns() == 1) {
            return shape.tiles() > SHALLOW ? ENDING_OF_LONG : 0;
        }
        int blocks = shape.blocks(block.outputs());
        return switch (block.outputs()) {
            case 16 -> blocks <= FEW ? ENDING : blocks > BESIDE ? ENDING_OF_LONG : 0;
            case 32 -> block.held() == 1 ? ENDING : 0;
            default -> 0;
        };
    }
}
