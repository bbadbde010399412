package dev.eddy.runtime.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A session's attached stream: its credit, and how far it was told. */
final class StreamSide {
    final ActorRef<SessionReply> ref;
    final InputPolicy policy;
    final boolean acknowledges;

    /** Output elements that may still be sent. */
    private long credit;

    /** The first item of the outbox that was not wholly told. */
    private long number;

    /** Output elements told, or known to the client. */
    private long sent;

    /** True once no more requests will come. */
    boolean finishing;

    /** Whether credit may still come although no more requests will. */
    boolean creditFollows;

    /** The number of a request whose {@link SessionReply.Taken} is held back, or 0. */
    long takenOwed;

    StreamSide(SessionCommand.Attach attach, long firstNumber, long sent) {
        ref = attach.stream();
        policy = attach.policy();
        acknowledges = attach.acknowledges();
        credit = attach.credit();
        number = firstNumber;
        this.sent = sent;
    }

    long credit() {
        return credit;
    }

    void addCredit(long elements) {
        long sum = credit + elements;
        credit = sum < 0 ? Long.MAX_VALUE : sum;
    }

    long sent() {
        return sent;
    }

    void tell(SessionReply reply) {
        ref.tell(reply);
    }

    /**
     * Tells all that is kept and was not told, as far as the credit goes.
     *
     * @param fresh what is not logged yet, or null
     * @param until output position up to which output may be given out
     */
    void deliver(Outbox outbox, @Nullable Run fresh, long until, TurnClocks clocks) {
        number = Math.max(number, outbox.firstNumber());
        while (number < outbox.nextNumber()) {
            switch (outbox.get(number)) {
                case Kept.Outputs(Run run) -> {
                    if (!deliver(run, until)) {
                        return;
                    }
                }
                case Kept.End(SessionReply.TurnEnded end) ->
                        tell(end.withTimings(clocks.timings(end.turn())));
                case Kept.Scored scored ->
                        tell(
                                new SessionReply.Absorbed(
                                        scored.absorbed(),
                                        scored.position(),
                                        scored.scores(),
                                        null));
            }
            number++;
        }
        if (fresh != null) {
            deliver(fresh, until);
        }
    }

    /** True if all of the run is told now. */
    private boolean deliver(Run run, long until) {
        int from = (int) Math.clamp(sent - run.output(), 0, run.count());
        int to = (int) Math.clamp(until - run.output(), from, run.count());
        to = (int) Math.min(to, Math.min(credit, run.count()) + from);
        if (to > from) {
            credit -= to - from;
            sent = run.output() + to;
            tell(run.slice(from, to).reply());
        }
        return to == run.count();
    }

    /** True if nothing that may be given out is left to tell. */
    boolean isUpToDate(Outbox outbox, long output) {
        return number >= outbox.nextNumber() && sent >= output;
    }
}
