package dev.eddy.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a session can be told. A stream is known by the actor that attached it. */
public sealed interface SessionCommand
        permits SessionCommand.Attach,
                SessionCommand.Streamed,
                SessionCommand.Describe,
                SessionCommand.Delete,
                InternalCommand {
    /**
     * Attaches a stream, fencing the one before. Answered with {@link SessionReply.Attached}, or
     * with {@link SessionReply.Detached} if it is refused. The session watches {@code stream}: its
     * end detaches it.
     *
     * @param stream who gets the replies
     * @param create the session to be created; null to attach to the one that has this id
     * @param epoch for a known session, the epoch that the client had; 0 attaches whatever the
     *     epoch
     * @param allowRebase go on with other numerics than the session began with
     * @param sampling the session's defaults; for a known one those that are set replace its own
     * @param policy for input of this stream that does not say itself
     * @param durability what the session shall survive; null for its own, or the server's default
     * @param acknowledged what the client has; null for what was acknowledged last
     * @param acknowledges true if the client gives credit and will acknowledge: output pauses at
     *     the limit of what is kept. False: what is beyond it counts as acknowledged, the oldest
     *     first
     * @param credit output elements that may be sent before the first {@link Credit}
     */
    record Attach(
            ActorRef<SessionReply> stream,
            @Nullable NewSession create,
            long epoch,
            boolean allowRebase,
            SamplingOptions sampling,
            InputPolicy policy,
            @Nullable Durability durability,
            @Nullable Acknowledged acknowledged,
            boolean acknowledges,
            long credit)
            implements SessionCommand {}

    /** What a stream says once it is attached; a fenced stream's are passed over. */
    sealed interface Streamed extends SessionCommand {
        /** The stream that says it. */
        ActorRef<SessionReply> stream();
    }

    /**
     * A request that takes a sequence number; each is answered with {@link SessionReply.Taken} or
     * {@code Refused}.
     */
    sealed interface Sequenced extends Streamed {
        /**
         * One more than that of the request before; 0 takes the next; one already taken is passed
         * over.
         */
        long sequence();
    }

    /**
     * Elements to absorb.
     *
     * @param endOfMessage settle the text's last piece
     * @param timestamp when the first element was captured, kept in the log
     * @param deadline how soon after arrival they should be absorbed; null for no hurry
     * @param scored return how probable each was
     * @param policy null for the stream's
     */
    record Input(
            ActorRef<SessionReply> stream,
            long sequence,
            Payload payload,
            boolean endOfMessage,
            @Nullable Instant timestamp,
            @Nullable Duration deadline,
            boolean scored,
            @Nullable InputPolicy policy)
            implements Sequenced {}

    /**
     * Asks for a turn.
     *
     * @param maxElements most elements shown; null for no limit
     * @param maxDuration longest it may take, in time with credit; null for no limit
     * @param stopStrings end the turn, are absorbed and not shown
     * @param stopIds end the turn, are absorbed and not shown
     * @param ignoreEndIds go on after the model's own end ids
     * @param logProbabilities how many of the likeliest to return with each element; null for no
     *     log-probabilities
     * @param elementDeadline how soon each element should follow the one before; null for no hurry
     */
    record Generate(
            ActorRef<SessionReply> stream,
            long sequence,
            @Nullable Long maxElements,
            @Nullable Duration maxDuration,
            List<String> stopStrings,
            int[] stopIds,
            boolean ignoreEndIds,
            SamplingOptions sampling,
            @Nullable Integer logProbabilities,
            @Nullable Duration elementDeadline)
            implements Sequenced {
        public Generate {
            stopStrings = List.copyOf(stopStrings);
        }
    }

    /**
     * Ends a turn at the first position not yet submitted: {@code turn}, or with 0 the one under
     * way.
     */
    record Cancel(ActorRef<SessionReply> stream, long sequence, long turn) implements Sequenced {}

    /** Makes room for more output elements on this stream; adds up. */
    record Credit(ActorRef<SessionReply> stream, long elements) implements Streamed {}

    /** Says what arrived. */
    record Ack(ActorRef<SessionReply> stream, Acknowledged acknowledged) implements Streamed {}

    /**
     * No more requests will come: the turns asked for are finished as far as the credit goes, then
     * comes {@link SessionReply.Detached} (COMPLETED or OUT_OF_CREDIT).
     *
     * @param creditFollows the stream still gives credit of its own as its client reads: without
     *     credit the session waits instead of detaching; it is said again with false once all is
     *     given
     */
    record Finish(ActorRef<SessionReply> stream, boolean creditFollows) implements Streamed {}

    /**
     * Ends the stream; answered with {@link SessionReply.Detached} with {@code why}. A turn under
     * way pauses.
     */
    record Detach(ActorRef<SessionReply> stream, DetachReason why) implements Streamed {}

    /** Asks where the session stands; wakes it if it is passive. */
    record Describe(ActorRef<SessionAnswer> replyTo) implements SessionCommand {}

    /** Ends the session for good. */
    record Delete(ActorRef<SessionAnswer> replyTo) implements SessionCommand {}
}
