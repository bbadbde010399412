package dev.eddy.runtime.session;

import java.util.List;

/**
 * A turn as it was asked for, defaults filled in.
 *
 * @param maxElements most elements shown, {@link Long#MAX_VALUE} for no limit
 * @param maxNanos longest it may take, 0 for no limit
 * @param endIds ids that end it: its own and, unless ignored, the model's
 * @param logProbabilities candidates with each element; -1 for no log-probabilities
 * @param elementDeadlineNanos 0 for no hurry
 */
record TurnSpec(
        long maxElements,
        long maxNanos,
        List<String> stopStrings,
        int[] stopIds,
        int[] endIds,
        SamplingOptions sampling,
        int logProbabilities,
        long elementDeadlineNanos) {}
