package dev.eddy.runtime.eval;

import dev.eddy.kernels.backend.Executable;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Scores ids as they arrive, in chunks through one slot, and adds up their log-probabilities. */
final class ScoreTotals implements IntConsumer {
    private final Feeder feeder;
    private final OptionalInt start;
    private final int[] chunk = new int[FileScore.ROWS];
    private int count;
    private double nats;
    private long scored;

    /**
     * Totals of nothing yet.
     *
     * @param start the element before a sequence's first, if the model has one
     */
    ScoreTotals(Executable executable, OptionalInt start) {
        this.feeder = new Feeder(executable, 0);
        this.start = start;
    }

    /** Starts a sequence. */
    void begin() {
        feeder.restart();
        start.ifPresent(this);
    }

    @Override
    public void accept(int id) {
        chunk[count++] = id;
        if (count == FileScore.ROWS) {
            end();
        }
    }

    /** Scores what has not been scored yet. */
    void end() {
        if (count > 0) {
            feeder.score(chunk, 0, count, this::add);
        }
        count = 0;
    }

    private void add(float logProb) {
        nats -= logProb;
        scored++;
    }

    /** Minus the sum of all log-probabilities. */
    double nats() {
        return nats;
    }

    /** How many elements were scored: all but a sequence's first. */
    long scored() {
        return scored;
    }
}
