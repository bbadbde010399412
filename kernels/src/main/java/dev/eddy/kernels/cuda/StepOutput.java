package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Layout of the buffer that carries one step's results back: a result for each entry, a score for
 * each selected row, then the likeliest ids and their log-probabilities for each entry.
 */
final class StepOutput {
    private static final int RESULT_BYTES = 16;
    private static final int TOP = Sampling.MAX_TOP_LOG_PROBS;

    private static final int MASKED = 1;
    private static final int NOTHING_PENDING = 2;
    private static final int BEYOND_VOCABULARY = 3;

    private final long scores;
    private final long topIds;
    private final long topLogProbs;
    private final long bytes;

    StepOutput(CompileOptions options) {
        scores = align((long) RESULT_BYTES * options.maxEntries());
        topIds = align(scores + 4L * options.maxSelected());
        topLogProbs = topIds + 4L * TOP * options.maxEntries();
        bytes = align(topLogProbs + 4L * TOP * options.maxEntries());
    }

    private static long align(long offset) {
        return Math.ceilDiv(offset, 256) * 256;
    }

    long bytes() {
        return bytes;
    }

    long scores() {
        return scores;
    }

    long topIds() {
        return topIds;
    }

    long topLogProbs() {
        return topLogProbs;
    }

    /** Bytes that hold what a step wants. */
    long wanted(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.wantsSample(e) && step.sampling(e).topLogProbs() > 0) {
                return bytes;
            }
        }
        return step.selected() > 0 ? scores + 4L * step.selected() : scores;
    }

    /**
     * Hands a step its results.
     *
     * @throws BackendException if an entry had nothing pending to absorb, or an id that the program
     *     cannot embed
     */
    void read(MemorySegment buffer, Step step, int vocabulary) {
        for (int e = 0; e < step.entries(); e++) {
            long at = (long) RESULT_BYTES * e;
            int id = buffer.get(ValueLayout.JAVA_INT, at);
            switch (buffer.get(ValueLayout.JAVA_INT, at + 8)) {
                case MASKED -> step.mask(e);
                case NOTHING_PENDING ->
                        throw new BackendException(
                                "slot " + step.slot(e) + " has no pending id to absorb");
                case BEYOND_VOCABULARY ->
                        throw new BackendException(
                                "slot "
                                        + step.slot(e)
                                        + " sampled an id beyond the vocabulary of "
                                        + vocabulary
                                        + ", which it cannot absorb; bias such ids away");
                default -> {
                    if (step.wantsSample(e)) {
                        step.sampled(e, id, buffer.get(ValueLayout.JAVA_FLOAT, at + 4));
                        readTop(buffer, step, e);
                    }
                }
            }
        }
        for (int s = 0; s < step.selected(); s++) {
            if (step.target(s) != Step.NONE) {
                step.scored(s, buffer.get(ValueLayout.JAVA_FLOAT, scores + 4L * s));
            }
        }
    }

    private void readTop(MemorySegment buffer, Step step, int e) {
        for (int i = 0; i < step.sampling(e).topLogProbs(); i++) {
            long at = 4L * (TOP * e + i);
            step.top(
                    e,
                    i,
                    buffer.get(ValueLayout.JAVA_INT, topIds + at),
                    buffer.get(ValueLayout.JAVA_FLOAT, topLogProbs + at));
        }
    }
}
