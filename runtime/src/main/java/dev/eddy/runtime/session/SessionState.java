package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Elements;
import dev.eddy.runtime.session.Request.Absorb;
import dev.eddy.runtime.session.Request.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a session's log: everything but the model's state itself. Changed by {@link
 * #apply} alone, on the session's actor.
 */
final class SessionState {
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_INTS = {};

    private final int unacknowledgedLimit;

    String model = "";
    String stateId = "";
    String numericsId = "";
    long seed;
    int branch;

    /** The position that it never passes. */
    long limit;

    Durability durability = Durability.MEMORY;
    long keepSeconds;
    Map<String, String> labels = Map.of();
    long created;
    long active;
    boolean deleted;

    SamplingOptions sampling = SamplingOptions.UNSET;
    long epoch;
    boolean acknowledges;
    long lastSequence;

    /** The greatest number of an input whose elements are all absorbed. */
    long absorbedSequence;

    /** Text that is not split into ids yet, and whether its scores are wanted. */
    String unsettled = "";

    boolean unsettledScored;

    /** Taken and not wholly done, in the order in which they take effect. */
    final ArrayList<Request> requests = new ArrayList<>();

    Tail tail = new Tail();

    /** The key of the copy of the state that {@link #tail} follows; empty for none. */
    String savedKey = "";

    /** Output elements given out. */
    long outputPosition;

    Outbox outbox = new Outbox();
    Acknowledged acknowledged = Acknowledged.NOTHING;
    long inputSinceTurn;

    /** The bytes of a character that the last id left unfinished. */
    byte[] partial = NO_BYTES;

    /** How far the text of the turn under way has matched each of its stop strings. */
    int[] progress = NO_INTS;

    SessionState(int unacknowledgedLimit) {
        this.unacknowledgedLimit = unacknowledgedLimit;
    }

    boolean exists() {
        return !model.isEmpty() && !deleted;
    }

    /** Elements absorbed, a sampled one that is still to be absorbed included. */
    long position() {
        return tail.end();
    }

    /** The first turn that was asked for and is not over, or null. */
    @Nullable Sample turn() {
        for (Request request : requests) {
            if (request instanceof Sample sample) {
                return sample;
            }
        }
        return null;
    }

    /** Elements taken and not absorbed. */
    long backlog() {
        long backlog = 0;
        for (Request request : requests) {
            backlog += request instanceof Absorb absorb ? absorb.remaining() : 0;
        }
        return backlog;
    }

    /**
     * True while something waits to take effect in the midst of a turn: where it does must be
     * logged before later output is given out.
     */
    boolean awaitsStamp() {
        boolean turn = false;
        boolean interleaved = false;
        for (Request request : requests) {
            switch (request) {
                case Sample sample -> {
                    if (sample.end() != null) {
                        return true;
                    }
                    turn = true;
                }
                case Absorb absorb -> interleaved |= absorb.interleaved();
            }
        }
        return turn && interleaved;
    }

    /** All requests up to this one have taken effect, turns apart. */
    long effective() {
        long least = Long.MAX_VALUE;
        for (Request request : requests) {
            if (request instanceof Absorb absorb) {
                least = Math.min(least, absorb.sequence() - 1);
            }
        }
        return Math.min(least, absorbedSequence);
    }

    // ---- events

    SessionState apply(SessionEvent event) {
        switch (event) {
            case SessionEvent.Created e -> {
                model = e.model();
                stateId = e.stateId();
                numericsId = e.numericsId();
                seed = e.seed();
                branch = e.branch();
                limit = e.limit();
                durability = e.durability();
                keepSeconds = e.keepSeconds();
                labels = e.labels();
                created = e.at();
                active = e.at();
            }
            case SessionEvent.Attached e -> {
                epoch = e.epoch();
                sampling = e.sampling();
                acknowledges = e.acknowledges();
                active = e.at();
            }
            case SessionEvent.Rebased e -> numericsId = e.numericsId();
            case SessionEvent.InputTaken e -> inputTaken(e);
            case SessionEvent.GenerateTaken e -> {
                lastSequence = e.sequence();
                active = e.at();
                unsettled = "";
                unsettledScored = false;
                if (e.settled().count() > 0) {
                    add(new Absorb(e.sequence(), e.settled(), 0, e.scored(), 0, false));
                }
                requests.add(new Sample(e.sequence(), e.spec(), 0, null));
            }
            case SessionEvent.CancelTaken e -> {
                lastSequence = e.sequence();
                active = e.at();
                end(e.turn(), TurnEndReason.CANCELLED);
            }
            case SessionEvent.Absorbed e -> absorbed(e);
            case SessionEvent.Emitted e -> emitted(e);
            case SessionEvent.Transduced e -> {
                advance(e.sequence(), e.count());
                outbox.add(e.run(), 0);
                outputPosition = e.run().outputEnd();
                trim();
            }
            case SessionEvent.Ended e -> ended(e);
            case SessionEvent.Saved e -> {
                tail.trim(e.position());
                savedKey = e.key();
            }
            case SessionEvent.Acked e -> {
                acknowledged = acknowledged.max(e.acknowledged());
                outbox.acknowledge(acknowledged);
            }
            case SessionEvent.Deleted _ -> deleted = true;
        }
        return this;
    }

    private void inputTaken(SessionEvent.InputTaken e) {
        lastSequence = e.sequence();
        active = e.at();
        unsettled = e.unsettled();
        unsettledScored = e.scored();
        boolean interleaved = e.policy() == InputPolicy.INTERLEAVE && turn() != null;
        Absorb absorb =
                new Absorb(
                        e.sequence(), e.elements(), 0, e.scored(), e.deadlineNanos(), interleaved);
        if (e.policy() == InputPolicy.INTERRUPT) {
            requests.replaceAll(request ->
                    request instanceof Sample sample
                            ? sample.ending(TurnEndReason.INTERRUPTED)
                            : request);
        }
        if (interleaved && absorb.remaining() > 0) {
            int at = 0;
            while (!(requests.get(at) instanceof Sample)) {
                at++;
            }
            requests.add(at, absorb);
        } else {
            add(absorb);
        }
    }

    /** Puts elements in line; none are absorbed at once. */
    private void add(Absorb absorb) {
        if (absorb.remaining() > 0) {
            requests.add(absorb);
        } else {
            absorbedSequence = Math.max(absorbedSequence, absorb.sequence());
        }
    }

    private void end(long turn, TurnEndReason reason) {
        requests.replaceAll(request ->
                request instanceof Sample sample && sample.sequence() == turn
                        ? sample.ending(reason)
                        : request);
    }

    private void absorbed(SessionEvent.Absorbed e) {
        long before = position();
        advance(e.sequence(), e.count());
        float[] scores = e.scores();
        if (scores != null && scores.length > 0) {
            // The first element of a session follows nothing.
            int from = before == 0 ? 1 : 0;
            if (scores.length > from) {
                float[] known = Arrays.copyOfRange(scores, from, scores.length);
                outbox.add(
                        new Kept.Scored(
                                effective(),
                                position(),
                                new SessionReply.Scores(e.sequence(), before + from, known)));
                trim();
            }
        }
    }

    /** Moves {@code count} elements of a request to the tail. */
    private void advance(long sequence, int count) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i) instanceof Absorb absorb && absorb.sequence() == sequence) {
                tail.append(absorb.elements(), absorb.absorbed(), count);
                inputSinceTurn += count;
                Absorb rest = absorb.after(count);
                if (rest.remaining() > 0) {
                    requests.set(i, rest);
                } else {
                    requests.remove(i);
                    absorbedSequence = Math.max(absorbedSequence, sequence);
                }
                return;
            }
        }
        throw new IllegalStateException("request " + sequence + " has nothing left to absorb");
    }

    private void emitted(SessionEvent.Emitted e) {
        Run run = e.run();
        tail.append(run.ids(), 0, run.ids().length);
        outbox.add(run, e.held());
        outputPosition = run.outputEnd() - e.held();
        partial = e.partial();
        progress = e.progress();
        requests.replaceAll(request ->
                request instanceof Sample sample && sample.sequence() == run.turn()
                        ? sample.after(run.count())
                        : request);
        trim();
    }

    private void ended(SessionEvent.Ended e) {
        if (e.end().matchedId() >= 0) {
            tail.append(new int[] {e.end().matchedId()}, 0, 1);
        }
        outbox.settle(e.hidden(), e.cut());
        outbox.add(new Kept.End(e.end()));
        outputPosition = e.end().outputPosition();
        progress = NO_INTS;
        inputSinceTurn = 0;
        active = e.at();
        requests.removeIf(
                request -> request instanceof Sample sample && sample.sequence() == e.end().turn());
        trim();
    }

    private void trim() {
        if (!acknowledges) {
            outbox.trim(unacknowledgedLimit);
        }
    }

    // ---- storage

    SessionSnapshot toSnapshot() {
        return new SessionSnapshot(
                model,
                stateId,
                numericsId,
                seed,
                branch,
                limit,
                durability,
                keepSeconds,
                labels,
                created,
                active,
                deleted,
                sampling,
                epoch,
                acknowledges,
                lastSequence,
                absorbedSequence,
                unsettled,
                unsettledScored,
                List.copyOf(requests),
                tail.start(),
                tail.elements(),
                savedKey,
                outputPosition,
                outbox.items(),
                outbox.held(),
                acknowledged,
                inputSinceTurn,
                partial,
                progress);
    }

    static SessionState of(SessionSnapshot s, int unacknowledgedLimit) {
        SessionState state = new SessionState(unacknowledgedLimit);
        state.model = s.model();
        state.stateId = s.stateId();
        state.numericsId = s.numericsId();
        state.seed = s.seed();
        state.branch = s.branch();
        state.limit = s.limit();
        state.durability = s.durability();
        state.keepSeconds = s.keepSeconds();
        state.labels = s.labels();
        state.created = s.created();
        state.active = s.active();
        state.deleted = s.deleted();
        state.sampling = s.sampling();
        state.epoch = s.epoch();
        state.acknowledges = s.acknowledges();
        state.lastSequence = s.lastSequence();
        state.absorbedSequence = s.absorbedSequence();
        state.unsettled = s.unsettled();
        state.unsettledScored = s.unsettledScored();
        state.requests.addAll(s.requests());
        state.tail = new Tail(s.tailStart(), s.tail());
        state.savedKey = s.savedKey();
        state.outputPosition = s.outputPosition();
        state.outbox = new Outbox(s.kept(), s.held());
        state.acknowledged = s.acknowledged();
        state.inputSinceTurn = s.inputSinceTurn();
        state.partial = s.partial();
        state.progress = s.progress();
        return state;
    }

    /** Elements that a request still has to absorb, as they are given to the engine. */
    static Elements remaining(Absorb absorb) {
        if (absorb.absorbed() == 0) {
            return absorb.elements();
        }
        Tail rest = new Tail(0, Elements.NONE);
        rest.append(absorb.elements(), absorb.absorbed(), absorb.remaining());
        return rest.elements();
    }
}
