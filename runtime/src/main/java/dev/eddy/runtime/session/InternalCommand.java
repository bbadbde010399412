package dev.eddy.runtime.session;

import java.lang.foreign.MemorySegment;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a session is told by what it works with. */
sealed interface InternalCommand extends SessionCommand {
    /** The engine has reported something: poll the lease. */
    record EngineReported() implements InternalCommand {}

    /** The store has the state that was asked for, or failed. */
    record StateFetched(@Nullable MemorySegment state, @Nullable Throwable failure)
            implements InternalCommand {}

    /** The store has a copy of the state at a position, or failed. */
    record StateStored(long position, String key, @Nullable Throwable failure)
            implements InternalCommand {}

    /** A stream's actor is no more. */
    record StreamGone(ActorRef<SessionReply> stream) implements InternalCommand {}

    /** What was sampled and not logged is old enough. */
    record LogIsDue() implements InternalCommand {}

    /** Nothing may have happened for a while. */
    record MaybeIdle() implements InternalCommand {}

    /** The server goes away: let go of the stream once nothing is in flight. */
    record Drain(ActorRef<SessionAnswer> replyTo) implements InternalCommand {}

    /** The log of a deleted session is erased. */
    record Erased() implements InternalCommand {}

    /** Do nothing: whatever waits behind is handled next. */
    record Unstash() implements InternalCommand {}

    /** Leave memory. */
    record Stop() implements InternalCommand {}
}
