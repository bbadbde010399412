package dev.eddy.runtime.engine;

/**
 * Elements for a session to absorb.
 *
 * @param tag what the reports call them
 * @param elements at least one
 * @param placement where they go
 * @param scored report each one's log-probability
 * @param deadlineNanos how long after arrival they should be absorbed; 0 for no hurry
 */
public record Given(
        long tag, Elements elements, Placement placement, boolean scored, long deadlineNanos) {
    /** Where given elements go among what the session was told before. */
    public enum Placement {
        /** After all of it. */
        LAST,
        /** Between two outputs of the turn under way, or before the next turn's first. */
        INTERLEAVED
    }
}
