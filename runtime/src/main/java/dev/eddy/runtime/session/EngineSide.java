package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Given;
import dev.eddy.runtime.engine.Lease;
import dev.eddy.runtime.engine.LeaseListener;
import dev.eddy.runtime.engine.Opening;
import dev.eddy.runtime.engine.Report;
import dev.eddy.runtime.engine.Reports;
import dev.eddy.runtime.engine.Sampled;
import dev.eddy.runtime.engine.Snapshot;
import dev.eddy.runtime.engine.Turn;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session's side towards the engine: opens the lease, gives it what was taken, and turns its
 * reports into events. It runs ahead of the log by {@link #fresh}; {@link #output} and the other
 * counts are those of the reports, which the state reaches once the events are applied.
 */
final class EngineSide {
    /** The tag of elements that are absorbed anew. */
    private static final long REPLAY = -1;

    /** Where the session is, seen from the engine. */
    enum Phase {
        /** In the store. */
        AWAY,
        /** On its way from the store. */
        FETCHING,
        /** Asking to be admitted. */
        OPENING,
        /** Admitted. */
        HERE,
        /** On its way to the store. */
        LEAVING
    }

    /** What reports bring, to be persisted and done. */
    static final class Outcome {
        final List<SessionEvent> events = new ArrayList<>();

        /** The position after the last input that was absorbed, or -1. */
        long absorbed = -1;

        long latenessNanos;

        /** How long the last turn that ended had waited for its first step. */
        long queuedNanos;

        /** The turn that had outputs, or 0. */
        long sampledTurn;

        /** Outputs. */
        int sampled;

        boolean opened;
        boolean pressed;

        /** The device is to be emptied. */
        boolean vacate;

        Report.@Nullable Refused refused;
        @Nullable RuntimeException failed;

        /** A copy of the state, to be stored and released. */
        @Nullable Snapshot snapshot;

        boolean left;
    }

    /**
     * How a session is to be placed.
     *
     * @param end the position that it never passes
     * @param numericsId those to go on with; empty for any
     * @param rebase whether others will do
     */
    record Placement(String model, long seed, long end, String numericsId, boolean rebase) {}

    private final Surroundings with;
    private final Runnable reported;

    Phase phase = Phase.AWAY;
    private @Nullable Lease lease;

    private @Nullable Watch watch;

    /** Requests that the lease knows. */
    private final Set<Long> givenInputs = new HashSet<>();

    private final Set<Long> givenTurns = new HashSet<>();
    private final Set<Long> cancelled = new HashSet<>();

    /** Outputs that the lease has reported, and how many it was told it may have. */
    private long outputs;

    private long limit;
    private int replayed;

    /** True while a copy of the state is on its way to the store. */
    boolean saving;

    /** Sampled and not logged; null if there is nothing. */
    @Nullable FreshRun fresh;

    private @Nullable TurnText text;
    private long textTurn;

    /** Output elements so far, those held back included. */
    private long output;

    /** Output elements at the end that are held back. */
    private int held;

    private long position;
    private long inputSinceTurn;
    private long shown;

    EngineSide(Surroundings with, Runnable reported) {
        this.with = with;
        this.reported = reported;
    }

    /**
     * Opens the lease of a session whose state is {@code saved}, replays the tail and gives what
     * was taken.
     */
    void open(SessionState state, Placement how, @Nullable MemorySegment saved) {
        phase = Phase.OPENING;
        Tail tail = state.tail;
        Watch newWatch = new Watch(reported);
        Lease newLease =
                with.engines()
                        .open(
                                new Opening(
                                        how.model(),
                                        how.seed(),
                                        state.branch,
                                        how.end(),
                                        tail.start(),
                                        saved),
                                how.numericsId(),
                                how.rebase(),
                                newWatch);
        newWatch.lease = newLease;
        watch = newWatch;
        lease = newLease;
        givenInputs.clear();
        givenTurns.clear();
        cancelled.clear();
        outputs = 0;
        limit = 0;
        saving = false;
        fresh = null;
        text = null;
        sync(state);
        replayed = 0;
        if (tail.count() > 0) {
            SessionModel known = with.models().get(how.model());
            replayed = known == null || known.samples() ? 0 : tail.count();
            newLease.give(new Given(REPLAY, tail.elements(), Given.Placement.LAST, false, 0));
        }
        submit(state, 0);
    }

    /**
     * Gives the lease what it does not know yet. A turn with stop strings waits for the turns
     * before it: its text goes on where theirs ends.
     *
     * @param used how much of the first turn's time is over
     */
    void submit(SessionState state, long used) {
        Lease to = lease;
        if (to == null || phase == Phase.LEAVING) {
            return;
        }
        boolean afterTurn = false;
        for (Request request : state.requests) {
            switch (request) {
                case Request.Absorb absorb -> {
                    if (givenInputs.add(absorb.sequence())) {
                        to.give(
                                new Given(
                                        absorb.sequence(),
                                        SessionState.remaining(absorb),
                                        absorb.interleaved() && anyTurnGiven(state)
                                                ? Given.Placement.INTERLEAVED
                                                : Given.Placement.LAST,
                                        absorb.scored(),
                                        absorb.deadlineNanos()));
                    }
                }
                case Request.Sample sample -> {
                    if (!givenTurns.contains(sample.sequence())) {
                        if (afterTurn && !sample.spec().stopStrings().isEmpty()) {
                            return;
                        }
                        givenTurns.add(sample.sequence());
                        to.generate(turn(state, sample, afterTurn ? 0 : used));
                    } else if (sample.end() != null && cancelled.add(sample.sequence())) {
                        to.cancel(sample.sequence());
                    }
                    afterTurn = true;
                }
            }
        }
    }

    private boolean anyTurnGiven(SessionState state) {
        for (Request request : state.requests) {
            if (request instanceof Request.Sample sample
                    && givenTurns.contains(sample.sequence())) {
                return true;
            }
        }
        return false;
    }

    private Turn turn(SessionState state, Request.Sample sample, long used) {
        TurnSpec spec = sample.spec();
        long left = sample.end() != null ? 0 : spec.maxElements() - sample.sampled();
        long nanos = spec.maxNanos() == 0 ? 0 : Math.max(1, spec.maxNanos() - used);
        return new Turn(
                sample.sequence(),
                left,
                nanos,
                spec.elementDeadlineNanos(),
                Requests.sampling(spec),
                spec.stopStrings().isEmpty()
                        ? null
                        : turnText(state, sample, state.partial, state.progress));
    }

    private TurnText turnText(
            SessionState state, Request.Sample sample, byte[] partial, int[] progress) {
        SessionModel model = with.models().get(state.model);
        return new TurnText(
                model == null ? null : model.tokenizer(),
                partial,
                sample.spec().stopStrings(),
                progress);
    }

    // ---- credit

    /** Output elements that a stream has credit and room for, beyond those that there are. */
    long allowance(@Nullable StreamSide stream, Acknowledged acknowledged) {
        if (stream == null) {
            return 0;
        }
        // What the client has beyond the log is made again, on no credit.
        long credit = saturated(stream.credit(), stream.sent() - output);
        long kept = output - acknowledged.outputPosition();
        long room =
                stream.acknowledges ? with.settings().unacknowledgedLimit() - kept : Long.MAX_VALUE;
        return Math.min(credit, room);
    }

    private static long saturated(long credit, long more) {
        long sum = credit + more;
        return more > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Lets the engine put out so many more elements than it has reported. */
    void allow(long allowance) {
        Lease to = lease;
        if (to == null) {
            return;
        }
        int window = with.settings().window();
        long target = outputs + replayed + Math.clamp(allowance, 0, window);
        boolean isRoom = limit - outputs > window / 2;
        if (target < limit || target > limit && !isRoom) {
            limit = target;
            to.limit(limit);
        }
    }

    /** Output elements so far, those held back and not logged included. */
    long output() {
        return output;
    }

    /** Output elements that may be given out, were they logged. */
    long releasable() {
        return output - held;
    }

    /** The position that the session may have reached once all that it is allowed has happened. */
    long reach(SessionState state) {
        long turns = state.requests.stream().filter(Request.Sample.class::isInstance).count();
        long allowed = lease == null ? 0 : Math.max(0, limit - outputs);
        // A turn's last id may be one that is absorbed and not put out.
        return turns == 0 ? position : position + allowed + turns;
    }

    /** The numerics of the device that it is on; those given where it is on none. */
    String numericsId(String otherwise) {
        Lease known = lease;
        return known == null ? otherwise : known.numericsId();
    }

    boolean isResident() {
        Lease known = lease;
        return known != null && known.isResident();
    }

    // ---- leaving

    /** Ends the lease; {@link Outcome#left} follows. */
    void leave(boolean withState) {
        Lease known = lease;
        if (known != null && phase != Phase.LEAVING) {
            phase = Phase.LEAVING;
            known.leave(withState);
        }
    }

    /** Copies the state; {@link Outcome#snapshot} follows. */
    void save() {
        Lease known = lease;
        if (known != null && phase == Phase.HERE) {
            saving = true;
            known.save();
        }
    }

    /** Lets go of the lease at once, whatever it may still report. */
    void abandon() {
        Lease known = lease;
        Watch listener = watch;
        if (known != null && listener != null) {
            known.leave(false);
            listener.abandon();
            end();
        }
    }

    // ---- reports

    /** Reads all reports. */
    Outcome poll(SessionState state) {
        Outcome outcome = new Outcome();
        Lease known = lease;
        Reports reports = known == null ? null : known.poll();
        if (known == null || reports == null) {
            return outcome;
        }
        for (int i = 0; i < reports.size(); i++) {
            switch (reports.get(i)) {
                case Sampled sampled -> sampled(sampled, state, outcome);
                case Report.Event event -> event(event, state, outcome);
            }
        }
        known.recycle(reports);
        FreshRun run = fresh;
        if (run != null
                && (!outcome.events.isEmpty()
                        || run.count() >= with.settings().logElements()
                        || state.awaitsStamp())) {
            flush(outcome.events);
        }
        return outcome;
    }

    private void sampled(Sampled sampled, SessionState state, Outcome outcome) {
        Request.Sample turn = turn(state, sampled.turn());
        TurnText turnText = text;
        if (turnText == null || textTurn != sampled.turn()) {
            // A character that the turn before left unfinished goes on; its stop strings do not.
            turnText =
                    turnText == null
                            ? turnText(state, turn, state.partial, state.progress)
                            : turnText(state, turn, turnText.partial(), new int[0]);
            text = turnText;
            textTurn = sampled.turn();
        }
        FreshRun run = fresh;
        if (run == null) {
            run = new FreshRun(sampled.turn(), turn.spec(), output, position);
            fresh = run;
        }
        run.add(sampled, turnText);
        outcome.sampledTurn = sampled.turn();
        outcome.sampled += sampled.size();
        outputs += sampled.size();
        output += sampled.size();
        position += sampled.size();
        shown += sampled.size();
        held = trailing(state, turnText.isMatched() ? turnText.matchedFromEnd() : turnText.held());
    }

    /** How many of the last output elements reach into the last {@code chars} characters. */
    private int trailing(SessionState state, int chars) {
        FreshRun run = fresh;
        int most = state.outbox.outputs() + (run == null ? 0 : run.count());
        int count = 0;
        int length = 0;
        while (length < chars && count < most) {
            length += textLength(state, count++);
        }
        return count;
    }

    private int textLength(SessionState state, int back) {
        FreshRun run = fresh;
        int recent = run == null ? 0 : run.count();
        return run != null && back < recent
                ? run.textLength(back)
                : state.outbox.textLength(back - recent);
    }

    private static Request.Sample turn(SessionState state, long sequence) {
        for (Request request : state.requests) {
            if (request instanceof Request.Sample sample && sample.sequence() == sequence) {
                return sample;
            }
        }
        throw new IllegalStateException("the engine samples turn " + sequence + ", which is over");
    }

    private void event(Report.Event event, SessionState state, Outcome outcome) {
        switch (event) {
            case Report.Opened() -> {
                phase = phase == Phase.OPENING ? Phase.HERE : phase;
                outcome.opened = true;
            }
            case Report.Refused refused -> {
                end();
                outcome.refused = refused;
            }
            case Report.Restored() -> {}
            case Report.Absorbed absorbed -> absorbed(absorbed, state, outcome);
            case Report.Rows rows -> rows(rows, outcome);
            case Report.TurnEnded ended -> ended(ended, state, outcome);
            case Report.Saved(Snapshot snapshot) -> {
                flush(outcome.events);
                saving = snapshot != null;
                outcome.snapshot = snapshot;
            }
            case Report.Pressed() -> outcome.pressed = true;
            case Report.Vacate() -> outcome.vacate = true;
            case Report.Left left -> {
                flush(outcome.events);
                end();
                outcome.left = true;
                outcome.snapshot = left.snapshot();
            }
            case Report.Failed(RuntimeException cause) -> {
                flush(outcome.events);
                end();
                outcome.failed = cause;
            }
        }
    }

    /**
     * Ends the turn under way, whose state the engine lost, where the log stands.
     *
     * @param events those before it
     */
    void failTurn(SessionState state, Refusal refusal, List<SessionEvent> events) {
        Request.Sample sample = state.turn();
        boolean ended =
                events.stream()
                        .anyMatch(event ->
                                event instanceof SessionEvent.Ended e
                                        && sample != null
                                        && e.end().turn() == sample.sequence());
        if (sample == null || ended || !givenTurns.contains(sample.sequence())) {
            return;
        }
        SessionReply.Usage usage = new SessionReply.Usage(inputSinceTurn, shown, 0, 0);
        SessionReply.TurnEnded end =
                new SessionReply.TurnEnded(
                        sample.sequence(),
                        TurnEndReason.FAILED,
                        position,
                        output,
                        -1,
                        "",
                        usage,
                        null,
                        refusal);
        held = 0;
        events.add(new SessionEvent.Ended(end, 0, -1, with.clock().millis()));
    }

    /** Takes the counts from the log, where the session is not on the engine. */
    void sync(SessionState state) {
        output = state.outputPosition + state.outbox.held();
        held = state.outbox.held();
        position = state.position();
        inputSinceTurn = state.inputSinceTurn;
        Request.Sample turn = state.turn();
        shown = turn == null ? 0 : turn.sampled();
    }

    /** Elements sampled and not logged. */
    @Nullable Run freshRun() {
        FreshRun run = fresh;
        return run == null ? null : run.toRun();
    }

    private void end() {
        lease = null;
        phase = Phase.AWAY;
        saving = false;
    }

    private void absorbed(Report.Absorbed absorbed, SessionState state, Outcome outcome) {
        if (absorbed.tag() == REPLAY) {
            replayed = 0;
            return;
        }
        SessionModel model = with.models().get(state.model);
        if (model == null || model.samples()) {
            flush(outcome.events);
            float[] scores = absorbed.scores();
            int count = scores != null ? scores.length : remaining(state, absorbed.tag());
            outcome.events.add(new SessionEvent.Absorbed(absorbed.tag(), count, scores));
            position += count;
            inputSinceTurn += count;
        }
        if (absorbed.done()) {
            outcome.absorbed = absorbed.position();
        }
        outcome.latenessNanos = Math.max(outcome.latenessNanos, absorbed.latenessNanos());
    }

    private static int remaining(SessionState state, long sequence) {
        for (Request request : state.requests) {
            if (request instanceof Request.Absorb absorb && absorb.sequence() == sequence) {
                return absorb.remaining();
            }
        }
        throw new IllegalStateException(
                "the engine absorbed input " + sequence + ", which is absorbed");
    }

    private void rows(Report.Rows rows, Outcome outcome) {
        int count = rows.values().length / rows.width();
        outputs += count;
        outcome.sampled += rows.tag() == REPLAY ? 0 : count;
        if (rows.tag() == REPLAY) {
            replayed -= count;
            return;
        }
        Run run = Run.ofFrames(output, position, rows.width(), rows.values());
        outcome.events.add(new SessionEvent.Transduced(rows.tag(), count, run));
        output += count;
        position += count;
        inputSinceTurn += count;
    }

    private void ended(Report.TurnEnded ended, SessionState state, Outcome outcome) {
        Request.Sample sample = turn(state, ended.turn());
        TurnText turnText = textTurn == ended.turn() ? text : null;
        int hidden = 0;
        int cut = -1;
        String matched = "";
        if (ended.end() == Turn.End.INSPECTED && turnText != null) {
            matched = turnText.matched();
            int chars = turnText.matchedFromEnd();
            hidden = trailing(state, chars);
            int length = 0;
            for (int i = 0; i < hidden; i++) {
                length += textLength(state, i);
            }
            if (length > chars) {
                // The stop string begins within this element's text: what is before it is shown.
                hidden--;
                cut = length - chars;
            }
        }
        flush(outcome.events);
        boolean stopped = ended.end() == Turn.End.STOP_ID;
        position += stopped ? 1 : 0;
        output -= hidden;
        held = 0;
        if (position != ended.position()) {
            throw new IllegalStateException(
                    "the log is at position " + position + ", the engine at " + ended.position());
        }
        SessionReply.Usage usage =
                new SessionReply.Usage(
                        inputSinceTurn, shown - hidden, hidden + (stopped ? 1 : 0), ended.late());
        boolean failed = ended.end() == Turn.End.NOTHING_ABSORBED;
        SessionReply.TurnEnded end =
                new SessionReply.TurnEnded(
                        ended.turn(),
                        reason(ended, sample),
                        position,
                        output,
                        ended.stopId(),
                        matched,
                        usage,
                        null,
                        failed
                                ? Refusal.of(
                                        Reason.NOTHING_ABSORBED,
                                        "the session has absorbed nothing to go on from")
                                : null);
        outcome.queuedNanos = ended.queuedNanos();
        outcome.events.add(new SessionEvent.Ended(end, hidden, cut, with.clock().millis()));
        inputSinceTurn = 0;
        shown = 0;
    }

    private static TurnEndReason reason(Report.TurnEnded ended, Request.Sample sample) {
        TurnEndReason asked = sample.end();
        return switch (ended.end()) {
            case STOP_ID ->
                    contains(sample.spec().stopIds(), ended.stopId())
                            ? TurnEndReason.STOP_ID
                            : TurnEndReason.END_ID;
            case INSPECTED -> TurnEndReason.STOP_STRING;
            case MAX_ELEMENTS -> asked != null ? asked : TurnEndReason.MAX_ELEMENTS;
            case MAX_DURATION -> TurnEndReason.MAX_DURATION;
            case MAX_POSITION -> asked != null ? asked : TurnEndReason.MAX_POSITION;
            case CANCELLED -> asked != null ? asked : TurnEndReason.CANCELLED;
            case NOTHING_ABSORBED -> TurnEndReason.FAILED;
        };
    }

    private static boolean contains(int[] ids, int id) {
        for (int other : ids) {
            if (other == id) {
                return true;
            }
        }
        return false;
    }

    /** Makes what is fresh an event. */
    void flush(List<SessionEvent> events) {
        FreshRun run = fresh;
        TurnText turnText = text;
        if (run != null && turnText != null) {
            events.add(
                    new SessionEvent.Emitted(
                            run.toRun(), turnText.partial(), turnText.progress(), held));
            fresh = null;
        }
    }

    /**
     * Hears the engine's reports of one lease; once that is abandoned, lets go of what they hold.
     */
    private static final class Watch implements LeaseListener {
        private final Runnable reported;
        private volatile @Nullable Lease lease;
        private volatile boolean abandoned;

        Watch(Runnable reported) {
            this.reported = reported;
        }

        void abandon() {
            abandoned = true;
            reported();
        }

        @Override
        public void reported() {
            if (!abandoned) {
                reported.run();
                return;
            }
            Lease known = lease;
            Reports reports = known == null ? null : known.poll();
            for (int i = 0; reports != null && i < reports.size(); i++) {
                if (reports.get(i) instanceof Report.Saved(Snapshot snapshot) && snapshot != null) {
                    snapshot.release();
                }
            }
        }
    }
}
