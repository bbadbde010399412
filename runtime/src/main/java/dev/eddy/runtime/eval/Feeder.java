package dev.eddy.runtime.eval;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Feeds one sequence through slot 0 of an executable in chunks, and hands on what each element
 * yields.
 */
public final class Feeder {
    private final Executable executable;
    private final Step step;
    private final int width;
    private long position;

    /**
     * A feeder at position 0.
     *
     * @param width columns of an output row
     */
    public Feeder(Executable executable, int width) {
        this.executable = executable;
        this.step = executable.newStep();
        this.width = width;
        restart();
    }

    /** Goes back to position 0. */
    public void restart() {
        executable.arena().clear(0);
        position = 0;
    }

    /** Takes one output row. */
    @FunctionalInterface
    public interface Rows {
        void row(float[] row);
    }

    /** Takes a log-probability. */
    @FunctionalInterface
    public interface Scores {
        void score(float logProb);
    }

    /** Absorbs {@code count} ids as one chunk and hands on the logits after each. */
    public void logits(int[] ids, int from, int count, Rows rows) {
        begin(ids, from, count);
        step.output();
        run();
        MemorySegment output = step.outputRows();
        float[] row = new float[width];
        for (int i = 0; i < count; i++) {
            long offset = (long) step.selection(0, i) * width * Float.BYTES;
            MemorySegment.copy(output, ValueLayout.JAVA_FLOAT, offset, row, 0, width);
            rows.row(row);
        }
        position += count;
    }

    /**
     * Absorbs {@code count} ids as one chunk and hands on the log-probability of each that has a
     * predecessor.
     */
    public void score(int[] ids, int from, int count, Scores scores) {
        begin(ids, from, count);
        step.score();
        run();
        for (int i = position == 0 ? 1 : 0; i < count; i++) {
            scores.score(step.score(0, i));
        }
        position += count;
    }

    private void begin(int[] ids, int from, int count) {
        step.reset();
        step.entry(0, position);
        step.elements(ids, from, count);
    }

    private void run() {
        step.seal();
        executable.submit(step);
        step.await();
    }
}
