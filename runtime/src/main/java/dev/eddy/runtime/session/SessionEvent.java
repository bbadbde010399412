package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Elements;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's log holds: inputs and commands as they were taken, and where they took effect.
 * Where it says where, that is the order: each event begins at the position where the one before it
 * ended. Stored by {@link SessionSerializer}; a change of meaning needs a new name.
 */
sealed interface SessionEvent {
    /**
     * The session began.
     *
     * @param limit the position that it never passes
     * @param keepSeconds how long it is kept while no stream is attached
     * @param at milliseconds since 1970, as in all events
     */
    record Created(
            String model,
            String stateId,
            String numericsId,
            long seed,
            int branch,
            long limit,
            Durability durability,
            long keepSeconds,
            Map<String, String> labels,
            long at)
            implements SessionEvent {}

    /** A stream attached; {@code sampling} are the session's defaults from now on. */
    record Attached(long epoch, SamplingOptions sampling, boolean acknowledges, long at)
            implements SessionEvent {}

    /** From here on the session goes on with other numerics. */
    record Rebased(String numericsId, long position) implements SessionEvent {}

    /**
     * An input was taken.
     *
     * @param elements what is to be absorbed now
     * @param unsettled the text that is not split into ids yet
     * @param timestampMicros when its first element was captured, microseconds since 1970; or null
     */
    record InputTaken(
            long sequence,
            Elements elements,
            String unsettled,
            InputPolicy policy,
            boolean scored,
            @Nullable Long timestampMicros,
            long deadlineNanos,
            long at)
            implements SessionEvent {}

    /**
     * A turn was asked for.
     *
     * @param settled what the unsettled text before it became
     */
    record GenerateTaken(long sequence, Elements settled, boolean scored, TurnSpec spec, long at)
            implements SessionEvent {}

    /** A turn is to end; 0 for one that does not exist. */
    record CancelTaken(long sequence, long turn, long at) implements SessionEvent {}

    /**
     * Given elements were absorbed here.
     *
     * @param sequence of which request
     * @param count how many
     * @param scores theirs, if it wanted them
     */
    record Absorbed(long sequence, int count, float @Nullable [] scores) implements SessionEvent {}

    /**
     * Ids were sampled, and are absorbed here.
     *
     * @param partial the bytes of a character that they left unfinished
     * @param progress how far they matched each stop string
     * @param held how many of the last output elements are held back
     */
    record Emitted(Run run, byte[] partial, int[] progress, int held) implements SessionEvent {}

    /** Frames were absorbed here, and as many put out. */
    record Transduced(long sequence, int count, Run run) implements SessionEvent {}

    /**
     * A turn ended here.
     *
     * @param hidden how many of the last output elements are never shown
     * @param cut characters that stay of the last one shown; -1 for all
     */
    record Ended(SessionReply.TurnEnded end, int hidden, int cut, long at)
            implements SessionEvent {}

    /** The state at a position was copied to the store. */
    record Saved(long position, String key) implements SessionEvent {}

    /** The client has what came before. */
    record Acked(Acknowledged acknowledged) implements SessionEvent {}

    /** The session is no more. */
    record Deleted(long at) implements SessionEvent {}
}
