package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Program;
import java.util.List;

/** What a step begins and ends with: pending ids and masks, scores and sampled ids. */
final class Head {
    /** Most threads of a block of sample.cu. */
    private static final int THREADS = 1024;

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
        int threads = Grid.warps(width, THREADS);
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
                new Work.Kernel(
                        kernels.of("sample", "score"),
                        0,
                        score.segment(),
                        b -> new Grid(b.selected(), threads)),
                new Work.Kernel(
                        kernels.of("sample", "sample"),
                        0,
                        sample.segment(),
                        b -> new Grid(b.selected() > 0 ? b.entries() : 0, threads)));
    }
}
