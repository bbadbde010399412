package dev.eddy.runtime.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells its stream. Positions are those after the last element a message carries.
 */
public sealed interface SessionReply {
    /**
     * The stream is attached; comes once, first.
     *
     * @param lastSequence last request taken, 0 for none
     * @param turn the turn under way, or 0
     * @param unacknowledgedLimit output elements kept for sending again
     * @param inputLimit elements that are taken ahead of being absorbed; {@link Taken} is held back
     *     only beyond it, so that a client which keeps within it always gets its credit through
     */
    record Attached(
            String sessionId,
            long epoch,
            long position,
            long outputPosition,
            long lastSequence,
            long turn,
            long seed,
            int branch,
            long stateBytes,
            boolean growing,
            String stateId,
            String numericsId,
            String model,
            Durability durability,
            long unacknowledgedLimit,
            long inputLimit)
            implements SessionReply {}

    /**
     * A sequenced request was taken, or had been taken before: the stream may read the next one. It
     * is held back while the session has much left to absorb, which is how input is held by flow
     * control.
     */
    record Taken(long sequence) implements SessionReply {}

    /**
     * Input was absorbed.
     *
     * @param sequence all requests up to this one have taken effect
     * @param lateness by how much the latest missed its deadline; null if none did
     */
    record Absorbed(
            long sequence, long position, @Nullable Scores scores, @Nullable Duration lateness)
            implements SessionReply {}

    /**
     * Log-probabilities of absorbed elements that follow each other.
     *
     * @param sequence the request that they belong to: the input, or for a text's last piece
     *     whatever settled it
     * @param firstPosition elements absorbed before the first of them
     */
    record Scores(long sequence, long firstPosition, float[] logProbabilities) {}

    /** What is on stable storage; not sent for {@link Durability#MEMORY}. */
    record Durable(long position, long sequence, long outputPosition) implements SessionReply {}

    /**
     * Output elements that follow each other.
     *
     * @param turn the turn they belong to; 0 for a model that gives one output for each element it
     *     absorbs
     * @param ids empty for frames
     * @param text whole characters only
     * @param frames empty for ids
     * @param frameWidth floats in a frame, 0 for ids
     */
    record Output(
            long turn,
            long outputPosition,
            long position,
            int[] ids,
            String text,
            float[] frames,
            int frameWidth,
            @Nullable LogProbabilities logProbabilities)
            implements SessionReply {}

    /**
     * How probable output elements were, by the model's own distribution.
     *
     * @param chosen one an element
     * @param candidates how many candidates each element has
     * @param ids candidates' ids, likeliest first, element by element
     * @param logProbabilities theirs
     */
    record LogProbabilities(float[] chosen, int candidates, int[] ids, float[] logProbabilities) {}

    /**
     * A turn is over.
     *
     * @param position elements absorbed, matched stops included
     * @param matchedId for END_ID and STOP_ID, else -1
     * @param matchedString for STOP_STRING, else empty
     * @param refusal for FAILED, else null
     */
    record TurnEnded(
            long turn,
            TurnEndReason reason,
            long position,
            long outputPosition,
            int matchedId,
            String matchedString,
            Usage usage,
            @Nullable Timings timings,
            @Nullable Refusal refusal)
            implements SessionReply {
        TurnEnded withTimings(@Nullable Timings known) {
            return new TurnEnded(
                    turn,
                    reason,
                    position,
                    outputPosition,
                    matchedId,
                    matchedString,
                    usage,
                    known,
                    refusal);
        }
    }

    /**
     * What a turn took, in elements.
     *
     * @param input absorbed since the turn before ended
     * @param output shown
     * @param hidden chosen, absorbed and not shown
     * @param late outputs that missed the element deadline
     */
    record Usage(long input, long output, long hidden, long late) {}

    /**
     * Where a turn's time went; not known again after a restart.
     *
     * @param queued from the request to the first step made for it
     * @param firstOutput from the request to the first output; null if there was none
     * @param total from the request to its end
     * @param withoutCredit the part of it without credit
     */
    record Timings(
            Duration queued,
            @Nullable Duration firstOutput,
            Duration total,
            Duration withoutCredit) {}

    /** The stream ends; comes once, last. */
    record Detached(
            DetachReason reason,
            String sessionId,
            long epoch,
            long position,
            long outputPosition,
            long lastSequence,
            @Nullable Refusal refusal)
            implements SessionReply {}

    /** A request was refused and had no effect; {@code sequence} is 0 where it had none. */
    record Refused(long sequence, Refusal refusal) implements SessionReply {}
}
