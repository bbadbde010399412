package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.Step;

/** What becomes of the output: ids sampled from its rows and given ids scored. A unit is a row. */
final class ResultStage extends Stage {
    private static final RowOp[] NONE = {};

    /** Nanoseconds a logit. */
    private static final double COST = 0.6;

    private final Place output;
    private final int width;
    private final Sampler sampler;

    ResultStage(Place output, int width, Sampler sampler) {
        super(NONE);
        this.output = output;
        this.width = width;
        this.sampler = sampler;
    }

    @Override
    int units(Batch batch) {
        return batch.step().selected();
    }

    @Override
    long cost(Batch batch) {
        return (long) (COST * batch.step().selected() * width);
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        Step step = batch.step();
        for (int s = from; s < to; s++) {
            int e = step.sourceEntry(s);
            boolean samples = step.wantsSample(e) && !step.isMasked(e) && step.samplingRow(e) == s;
            int target = step.target(s);
            if (samples || target != Step.NONE) {
                long row = output.at(s, 0);
                float total = Reductions.logSumExp(row, width, worker);
                if (target != Step.NONE) {
                    step.scored(s, OffHeap.get(row + 4L * target) - total);
                }
                if (samples) {
                    sampler.sample(step, e, row, total, worker);
                }
            }
        }
    }
}
