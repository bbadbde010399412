package dev.eddy.runtime.session;

/** What a session keeps until its client acknowledges it. */
sealed interface Kept {
    /** Output elements. */
    record Outputs(Run run) implements Kept {}

    /** The end of a turn. */
    record End(SessionReply.TurnEnded end) implements Kept {}

    /**
     * Scores.
     *
     * @param absorbed all requests up to this one had taken effect
     * @param position elements absorbed after the last of them
     */
    record Scored(long absorbed, long position, SessionReply.Scores scores) implements Kept {}
}
