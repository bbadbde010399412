package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * A run of outputs to sample, each absorbed in its turn.
 *
 * @param id what the reports call it
 * @param maxElements most ids sampled, stops apart
 * @param maxNanos longest it may take from its first step, in time with credit; 0 for no limit
 * @param elementDeadlineNanos how soon each output should follow the one before; 0 for no hurry
 * @param sampling how, with the ids that end it
 * @param inspector decides after each id whether it ends the turn; without one the turn may run
 *     ahead
 */
public record Turn(
        long id,
        long maxElements,
        long maxNanos,
        long elementDeadlineNanos,
        Sampling sampling,
        @Nullable Inspector inspector) {
    /** No limit to the elements. */
    public static final long ENDLESS = Long.MAX_VALUE;

    /** Why a turn ended. Whatever the reason, all its ids are absorbed. */
    public enum End {
        /**
         * An id of its sampling's stop ids was sampled; it is absorbed and not among the outputs.
         */
        STOP_ID,
        /** Its inspector said so; the id is the last output. */
        INSPECTED,
        /** As many as asked for were sampled. */
        MAX_ELEMENTS,
        /** Its time was over. */
        MAX_DURATION,
        /** The session has reached its limit. */
        MAX_POSITION,
        /** It was cancelled. */
        CANCELLED,
        /** The session has absorbed nothing: there is nothing to sample from. */
        NOTHING_ABSORBED
    }
}
