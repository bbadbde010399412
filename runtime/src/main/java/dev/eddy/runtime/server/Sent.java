package dev.eddy.runtime.server;

import dev.eddy.runtime.session.Acknowledged;
import dev.eddy.runtime.session.SessionReply;

/** What a stream's client can have received, and so acknowledge. */
final class Sent {
    private long outputPosition;
    private long turn;
    private long position;

    void attached(SessionReply.Attached attached) {
        outputPosition = attached.outputPosition();
        turn = attached.lastSequence();
        position = attached.position();
    }

    void output(long outputPosition) {
        this.outputPosition = Math.max(this.outputPosition, outputPosition);
    }

    void turnEnded(long turn) {
        this.turn = Math.max(this.turn, turn);
    }

    void absorbed(long position) {
        this.position = Math.max(this.position, position);
    }

    /**
     * Refuses the acknowledgement of what was not sent.
     *
     * @throws ProblemException ACK_OUT_OF_RANGE
     */
    void check(Acknowledged acknowledged) {
        check("output_position", acknowledged.outputPosition(), outputPosition);
        check("turn", acknowledged.turn(), turn);
        check("position", acknowledged.position(), position);
    }

    private static void check(String name, long value, long limit) {
        if (value > limit) {
            throw new ProblemException(
                    Problem.invalid(
                            "ACK_OUT_OF_RANGE",
                            "%s %d is acknowledged; at most %d was sent"
                                    .formatted(name, value, limit),
                            value,
                            limit));
        }
    }
}
