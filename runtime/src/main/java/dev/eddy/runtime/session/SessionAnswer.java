package dev.eddy.runtime.session;

/** What a session answers to those who are not attached to it. */
public sealed interface SessionAnswer {
    /** Where it stands. */
    record Described(SessionInfo session) implements SessionAnswer {}

    /** It is gone for good. */
    record Deleted(String sessionId) implements SessionAnswer {}

    /** It refused. */
    record Refused(Refusal refusal) implements SessionAnswer {}
}
