package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Program;
import java.util.List;
import java.util.function.ToIntFunction;

/** What a step begins and ends with: pending ids and masks, scores and sampled ids. */
final class Head {
    /** Most threads of a block of sample.cu. */
    private static final int THREADS = 1024;

    /** Least ones: a lane of a row's sums each. */
    private static final int LANES = 128;

    /** Blocks that share a row: as many as a cluster may have anywhere. */
    private static final int BLOCKS = 8;

    /** From this vocabulary on it is worth it. */
    private static final int SHARED = 4096;

    private final Program program;
    private final Layout layout;
    private final Kernels kernels;
    private final long totals;
    private final long originals;

    /**
     * @param own where {@link #bytes} bytes lie that nothing else uses
     */
    Head(Program program, CompileOptions options, Layout layout, Kernels kernels, long own) {
        this.program = program;
        this.layout = layout;
        this.kernels = kernels;
        totals = own;
        originals = own + totalsBytes(options);
    }

    private static long totalsBytes(CompileOptions options) {
        return Math.ceilDiv(4L * options.maxSelected(), 256) * 256;
    }

    /** Memory that sampling takes. */
    static long bytes(Program program, CompileOptions options) {
        return totalsBytes(options) + 4L * options.maxEntries() * replaced(program);
    }

    /** Logits of an entry that biases and penalties may replace. */
    private static long replaced(Program program) {
        return Sampling.MAX_PENALTY_WINDOW + (long) program.output().value().width();
    }

    /** What precedes the first operator. */
    Work prepare() {
        int vocabulary = program.input() instanceof Program.Input.Ids ids ? ids.vocabulary() : 0;
        Params p =
                layout.batch()
                        .address(layout.outputAddress())
                        .address(layout.sampler())
                        .integer(vocabulary)
                        .integer(0);
        return new Work.Kernel(
                kernels.of("embed", "prepare"), 0, p.segment(), b -> new Grid(b.entries(), 32));
    }

    /** What follows the last one: scores, then samples. */
    List<Work> results() {
        int width = program.output().value().width();
        Params score =
                layout.batch()
                        .rows(layout.of(program.output().value()))
                        .address(totals)
                        .address(layout.outputAddress() + layout.output().scores());
        Params sample =
                layout.batch()
                        .rows(layout.of(program.output().value()))
                        .address(totals)
                        .address(layout.outputAddress())
                        .address(layout.outputAddress() + layout.output().topIds())
                        .address(layout.outputAddress() + layout.output().topLogProbs())
                        .address(originals)
                        .address(layout.sampler());
        return List.of(
                onRows("score", score, Bucket::selected),
                onRows("sample", sample, b -> b.selected() > 0 ? b.entries() : 0));
    }

    /** A kernel of sample.cu: a row has several blocks where they find multiprocessors. */
    private Work onRows(String name, Params params, ToIntFunction<Bucket> rows) {
        Work alone = onRows(name, params, rows, 1);
        if (!kernels.haveClusters() || program.output().value().width() < SHARED) {
            return alone;
        }
        Work together = onRows(name, params, rows, BLOCKS);
        return new Work.Variant(
                b -> rows.applyAsInt(b) * BLOCKS <= Grid.MOST_AT_ONCE ? together : alone);
    }

    private Work onRows(String name, Params params, ToIntFunction<Bucket> rows, int blocks) {
        int quads = Math.ceilDiv(program.output().value().width(), 4 * blocks);
        int threads = Math.max(LANES, Grid.warps(quads, THREADS));
        return new Work.Kernel(
                kernels.of("sample", name),
                0,
                blocks,
                params.segment(),
                b -> new Grid(rows.applyAsInt(b), 1, blocks, threads));
    }
}
