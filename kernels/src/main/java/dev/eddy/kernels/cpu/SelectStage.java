package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.Step;

/**
 * Copies the selected rows, from the batch or from the slots' carries, then the entries' last rows
 * into their carries. One unit: it is a few rows.
 */
final class SelectStage extends Stage {
    private static final RowOp[] NONE = {};

    private final Place x;
    private final Place out;
    private final long bytes;
    private final long carry;

    /**
     * @param width columns
     * @param carry offset of the carry within a slot
     */
    SelectStage(Place x, Place out, int width, long carry) {
        super(NONE);
        this.x = x;
        this.out = out;
        this.bytes = 4L * width;
        this.carry = carry;
    }

    @Override
    int units(Batch batch) {
        return 1;
    }

    @Override
    long cost(Batch batch) {
        return 0;
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        Step step = batch.step();
        for (int s = 0; s < step.selected(); s++) {
            int row = step.sourceRow(s);
            long source =
                    row == Step.CARRY ? batch.slot(step.sourceEntry(s)) + carry : x.at(row, 0);
            OffHeap.copy(source, out.at(s, 0), bytes);
        }
        for (int e = 0; e < batch.entries(); e++) {
            if (batch.absorbed(e) > 0) {
                int last = batch.offset(e) + batch.length(e) - 1;
                OffHeap.copy(x.at(last, 0), batch.slot(e) + carry, bytes);
            }
        }
    }
}
