package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Launches of attention and of rotary positions. */
final class AttentionLaunches {
    /** attention_many.cu: rows of a block, its threads and its tiles. */
    private static final int MANY_ROWS = 28;

    private static final int MANY_THREADS = MANY_ROWS / 4 * 32 + 32;
    private static final int MANY_TILES = 2;

    /** attention.cu: threads of a block. */
    private static final int THREADS = 128 + 32;

    /** attention.cuh: numbers of a tile, 32 columns of a block of keys. */
    private static final int TILE_NUMBERS = Op.Attention.BLOCK * 32;

    /** attention.cu: heads that share their keys of a block. */
    private static final int HEADS = 4;

    /** From so many keys on it pays to share them. */
    private static final int MANY_KEYS = 64;

    /** Blocks that all run at the same time, about. */
    private static final int BLOCKS = 2 * Grid.MULTIPROCESSORS;

    private static final int ROTATE_THREADS = 128;

    /** rotate.cu, RotateParams: a batch and what is turned, twice. */
    private static final int ROTATE_BYTES = 56 + 2 * 56;

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

    /**
     * @param rounds whether launches of one element an entry make fragments of the result, too
     */
    Stream<Work> attention(Op.Attention op, boolean rounds) {
        Params p = params(op, false, false);
        Params keeping = params(op, rounds, true);
        Work ofMany = attentionOfMany(op, p);
        Work attend =
                new Work.Variant(b ->
                        b.single()
                                ? ofFew(op, keeping, b.rows())
                                : ofMany == null ? ofFew(op, p, b.rows()) : ofMany);
        Work keep = filters.keep(op.k(), op.keys(), op.v(), op.values());
        return Stream.of(attend, new Work.Variant(b -> b.single() ? null : keep));
    }

    private Params params(Op.Attention op, boolean rounds, boolean keeps) {
        Params p =
                common.of(op.q(), op.k(), op.v())
                        .rows(rounds ? layout.result(op.out()) : layout.of(op.out()));
        layout.history(p, op.keys());
        return layout.history(p, op.values())
                .integer(op.heads())
                .integer(op.groups())
                .number(op.scale())
                .number(op.cap())
                .integer(op.window())
                .integer(keeps)
                .address(rounds ? layout.fragments(op.out()) : 0);
    }

    /**
     * For entries of one element. Heads that share their keys are a block's, so that these are read
     * once, unless the blocks of all heads would run at the same time anyhow; few blocks share the
     * keys of each, by clusters: four, of several heads two, as larger ones do not find room.
     */
    private Work ofFew(Op.Attention op, Params p, int rows) {
        int shared = op.heads() / op.groups();
        boolean alone =
                shared == 1
                        || 2 * rows * op.heads() <= BLOCKS
                        || bytes(op, HEADS, 2) > kernels.sharedBytesPerBlock();
        int heads = alone ? 1 : HEADS;
        int sets = op.groups() * Math.ceilDiv(shared, heads);
        int most = !kernels.haveClusters() || op.window() < MANY_KEYS ? 1 : alone ? 4 : 2;
        int fit = Math.clamp(Integer.highestOneBit(BLOCKS / (Math.max(1, rows) * sets)), 1, most);
        return new Work.Kernel(
                common.kernel("attention", alone ? "attention" : "attention_heads"),
                bytes(op, heads, fit),
                fit,
                p.segment(),
                b -> new Grid(sets, Math.min(b.rows(), Grid.MOST_Y), fit, THREADS));
    }

    /** attention.cu, AttentionShared: tiles, weights, queries and sums, five numbers a head. */
    private static int bytes(Op.Attention op, int heads, int blocks) {
        int tiles = heads == 1 ? 2 : 3;
        int weights = (blocks == 1 ? 1 : 2) * Op.Attention.BLOCK;
        int width = op.q().width() / op.heads();
        int columns = op.v().width() / op.groups();
        int row = Math.ceilDiv(width, 4) * 4 + Math.ceilDiv(columns, 4) * 4;
        return 4 * (tiles * TILE_NUMBERS + heads * (weights + row + 5));
    }

    /** For entries of many elements; null where heads have other columns than it takes. */
    private @Nullable Work attentionOfMany(Op.Attention op, Params p) {
        int width = op.q().width() / op.heads();
        int columns = op.v().width() / op.groups();
        int scores = MANY_ROWS * (Op.Attention.BLOCK + 4);
        int bytes = 4 * (MANY_TILES * TILE_NUMBERS + scores + MANY_ROWS * width);
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
                                MANY_THREADS));
    }

    /** One rotation, or two. */
    Work rotate(List<Op.Rotate> ops) {
        Params p = common.of();
        int parts = 1;
        for (Op.Rotate op : ops) {
            int pairs = pairs(op);
            p.rows(layout.of(op.x()))
                    .rows(layout.of(op.out()))
                    .address(layout.plain(op.frequencies()))
                    .integer(pairs)
                    .integer(op.heads())
                    .number(op.magnitude())
                    .integer(op.interleaved());
            int together = Math.max(1, ROTATE_THREADS / Math.max(1, pairs));
            parts = Math.max(parts, Grid.cover(op.heads(), together));
        }
        int most = parts;
        int widest = ops.stream().mapToInt(op -> pairs(op) * op.heads()).max().orElseThrow();
        int threads = Grid.warps(widest, ROTATE_THREADS);
        return new Work.Kernel(
                common.kernel("rotate", "rotate"),
                0,
                p.padded(ROTATE_BYTES),
                b -> new Grid(b.rows(), Grid.parts(b.rows(), most), ops.size(), threads));
    }

    private static int pairs(Op.Rotate op) {
        return Math.toIntExact(op.frequencies().elements());
    }
}
