package dev.eddy.runtime.session;

import org.apache.pekko.actor.typed.ActorRef;

/** What the directory of sessions is told. */
sealed interface DirectoryCommand {
    /**
     * A session stands here.
     *
     * @param awake true while its actor lives and knows better
     * @param keepSeconds how long it is kept from now on, if no stream is attached
     */
    record Put(SessionInfo session, boolean awake, long keepSeconds) implements DirectoryCommand {}

    /** A session is no more: forget it and its log. */
    record Remove(String sessionId) implements DirectoryCommand {}

    /** Where a session stands: {@link Found}. */
    record Find(String sessionId, ActorRef<Found> replyTo) implements DirectoryCommand {}

    /** A page of the sessions. */
    record List(Sessions.Query query, ActorRef<Sessions.Page> replyTo)
            implements DirectoryCommand {}

    /** Let go of all streams. */
    record Drain(ActorRef<Drained> replyTo) implements DirectoryCommand {}

    /** A session has let go of its stream. */
    record LetGo(SessionAnswer answer) implements DirectoryCommand {}

    /** Delete what nobody attached to for too long. */
    record Sweep() implements DirectoryCommand {}

    /**
     * The answer to {@link Find}.
     *
     * @param session null if there is none
     * @param awake true if its actor knows better
     */
    record Found(@org.jspecify.annotations.Nullable SessionInfo session, boolean awake) {}

    /** The answer to {@link Drain}: nobody is attached. */
    record Drained() {}
}
