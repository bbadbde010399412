package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.program.Op;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Launches of attention and of rotary positions. */
final class AttentionLaunches {
    /** attention_many.cu: rows of a block. */
    private static final int MANY_ROWS = 32;

    private static final int THREADS = 256;

    /** attention.cuh: numbers of the tiles in shared memory, two of 32 columns a thread. */
    private static final int TILE_NUMBERS = 2 * THREADS * 32;

    /** Blocks of a cluster that take blocks of keys at the same time. */
    private static final int BLOCKS = 4;

    private final LaunchParts common;
    private final Layout layout;
    private final Kernels kernels;
    private final FilterLaunches filters;

    AttentionLaunches(LaunchParts common, FilterLaunches filters) {
        this.common = common;
        this.filters = filters;
        layout = common.layout();
        kernels = common.kernels();
    }

    Stream<Work> attention(Op.Attention op) {
        Params p = common.of(op.q(), op.k(), op.v(), op.out());
        layout.history(p, op.keys());
        layout.history(p, op.values())
                .integer(op.heads())
                .integer(op.groups())
                .number(op.scale())
                .number(op.cap())
                .integer(op.window())
                .integer(0);
        int columns = op.v().width() / op.groups();
        int keys = Math.min(op.window(), Op.Attention.BLOCK);
        int threads = Grid.warps(Math.max(keys, columns), THREADS);
        int bytes = attentionBytes(op.q().width() / op.heads(), columns);
        boolean parts = kernels.haveClusters() && op.window() > Op.Attention.BLOCK;
        GpuFunction kernel = common.kernel("attention", "attention");
        Work alone = attention(op, kernel, bytes, threads, 1, p);
        Work together = attention(op, kernel, bytes, threads, BLOCKS, p);
        Work ofOne =
                new Work.Variant(b ->
                        parts && b.rows() * op.heads() <= Grid.MULTIPROCESSORS ? together : alone);
        Work ofMany = attentionOfMany(op, p);
        Work attend = new Work.Variant(b -> b.single() || ofMany == null ? ofOne : ofMany);
        return Stream.of(attend, filters.keep(op.k(), op.keys(), op.v(), op.values()));
    }

    private static Work attention(
            Op.Attention op, GpuFunction kernel, int bytes, int threads, int blocks, Params p) {
        return new Work.Kernel(
                kernel,
                bytes,
                blocks,
                p.segment(),
                b -> new Grid(op.heads(), Math.min(b.rows(), Grid.MOST_Y), blocks, threads));
    }

    /** For entries of many elements; null where heads have other columns than it takes. */
    private @Nullable Work attentionOfMany(Op.Attention op, Params p) {
        int width = op.q().width() / op.heads();
        int columns = op.v().width() / op.groups();
        int scores = MANY_ROWS * (Op.Attention.BLOCK + 4);
        int bytes = 4 * (TILE_NUMBERS + scores + MANY_ROWS * width);
        if (width % 4 != 0
                || columns % 4 != 0
                || columns > 128
                || bytes > kernels.sharedBytesPerBlock()) {
            return null;
        }
        return new Work.Kernel(
                common.kernel("attention_many", "attention_many"),
                bytes,
                p.segment(),
                b ->
                        new Grid(
                                op.heads(),
                                Grid.cover(b.rows(), LaunchParts.GROUP_ELEMENTS),
                                THREADS));
    }

    /** attention.cu, AttentionShared: tiles, weights, a number a warp, two rows of sums, q. */
    private static int attentionBytes(int width, int columns) {
        int padded = Math.ceilDiv(columns, 4) * 4;
        int sums = THREADS / 32 + 2 * padded + 4;
        return 4 * (TILE_NUMBERS + Op.Attention.BLOCK + sums + width);
    }

    Work rotate(Op.Rotate op) {
        int pairs = Math.toIntExact(op.frequencies().elements());
        Params p =
                common.of(op.x(), op.out())
                        .address(layout.plain(op.frequencies()))
                        .integer(pairs)
                        .integer(op.heads())
                        .number(op.magnitude())
                        .integer(op.interleaved());
        int threads = Grid.warps(pairs * op.heads(), LaunchParts.CHANNEL_THREADS);
        int parts = Grid.cover(op.heads(), Math.max(1, threads / Math.max(1, pairs)));
        return new Work.Kernel(
                common.kernel("attention", "rotate"),
                0,
                p.segment(),
                b -> new Grid(b.rows(), Grid.parts(b.rows(), parts), threads));
    }
}
