package dev.eddy.runtime.engine;

import org.jspecify.annotations.Nullable;

/** What the engine reports of a session, in the order in which it happened. */
public sealed interface Report permits Report.Event, Sampled {
    /** A report that stands alone. */
    sealed interface Event extends Report {}

    /** The session was admitted. */
    record Opened() implements Event {}

    /**
     * The session was not admitted; the lease has ended.
     *
     * @param message the numbers, for a person
     * @param open sessions open now
     * @param limit most sessions open at once
     */
    record Refused(String message, long open, long limit) implements Event {}

    /** The state that the session was opened with was read: its memory may be reused. */
    record Restored() implements Event {}

    /**
     * Given elements were absorbed.
     *
     * @param tag theirs
     * @param position elements absorbed after the last of them
     * @param done true if these were the tag's last
     * @param scores log-probabilities of those absorbed since the last report; null if none were
     *     asked for. A session's first element has none: NaN
     * @param latenessNanos by how much they missed their deadline, 0 if they did not
     */
    record Absorbed(
            long tag, long position, boolean done, float @Nullable [] scores, long latenessNanos)
            implements Event {}

    /**
     * Output rows of a program that samples nothing, one for each element absorbed.
     *
     * @param tag of which given elements
     * @param firstPosition elements absorbed before the first of them
     * @param width floats in a row
     */
    record Rows(long tag, long firstPosition, int width, float[] values) implements Event {}

    /**
     * A turn is over, its ids absorbed.
     *
     * @param position elements absorbed
     * @param stopId the id for STOP_ID, else -1
     * @param late outputs that missed the element deadline
     * @param queuedNanos from its arrival to its first step
     * @param withoutCreditNanos how long it had no credit
     */
    record TurnEnded(
            long turn,
            Turn.End end,
            long position,
            int stopId,
            long late,
            long queuedNanos,
            long withoutCreditNanos)
            implements Event {}

    /**
     * A copy of the state, asked for with {@link Lease#save}; to be released. Null at position 0.
     */
    record Saved(@Nullable Snapshot snapshot) implements Event {}

    /** Memory is short and the session idle: leave, if nothing speaks against it. */
    record Pressed() implements Event {}

    /** The device is to be emptied: leave with the state, to go on elsewhere. */
    record Vacate() implements Event {}

    /**
     * The lease has ended as {@link Lease#leave} asked, or because the device is lost and the state
     * was not on it.
     *
     * @param position elements absorbed
     * @param snapshot the state, if it was asked for and the position is not 0; to be released
     */
    record Left(long position, @Nullable Snapshot snapshot) implements Event {}

    /**
     * The state is lost and the lease has ended; all reports before this one hold. With a {@link
     * dev.eddy.kernels.backend.DeviceLostException} the device is, and the session can go on
     * elsewhere.
     */
    record Failed(RuntimeException cause) implements Event {}
}
