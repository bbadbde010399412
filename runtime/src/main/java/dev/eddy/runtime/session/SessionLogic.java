package dev.eddy.runtime.session;

import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.runtime.session.EngineSide.Outcome;
import dev.eddy.runtime.session.EngineSide.Phase;
import dev.eddy.runtime.session.EngineSide.Placement;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session does with commands and reports. Everything here but the state is forgotten when
 * the actor ends, and found again from the state.
 *
 * <p>Output may be told before it is logged: should the actor fail, the same seed at the same
 * position gives it again. Not so once something waits to take effect in the midst of a turn, an
 * interruption say: where it does cannot be made again, so from then on output is logged before it
 * is told (see {@link SessionState#awaitsStamp}).
 */
final class SessionLogic {
    private static final Logger log = LoggerFactory.getLogger(SessionLogic.class);
    private static final String LOG_TIMER = "log";
    private static final String IDLE_TIMER = "idle";

    /** So often in a row, without an element in between, the engine may fail a session. */
    private static final int MAX_ENGINE_FAILURES = 3;

    /** Acknowledged elements that are worth an event of their own. */
    private static final int ACK_EVENT = 256;

    private final String id;
    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Surroundings with;
    private final EngineSide engine;
    private final Saving saving;
    private final TurnClocks clocks;

    private @Nullable StreamSide stream;
    private SessionCommand.@Nullable Attach attaching;
    private long newSeed;
    private boolean mayRebase;
    private @Nullable ActorRef<SessionAnswer> draining;
    private Acknowledged acknowledged = Acknowledged.NOTHING;
    private int engineFailures;
    private long lastBusy;

    /** True once the session is deleted, until its log is erased too. */
    private boolean erasing;

    SessionLogic(
            String id,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            EffectFactories<SessionEvent, SessionState> effects,
            Surroundings with) {
        this.id = id;
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.effects = effects;
        this.with = with;
        ActorRef<SessionCommand> self = context.getSelf();
        InternalCommand reported = new InternalCommand.EngineReported();
        engine = new EngineSide(with, () -> self.tell(reported));
        saving = new Saving(id, self, with, engine);
        clocks = new TurnClocks(with.nanos());
        lastBusy = with.nanos().getAsLong();
    }

    Effect<SessionEvent, SessionState> on(SessionState state, SessionCommand command) {
        if (erasing && isOfThePast(command)) {
            return effects.none();
        }
        return switch (command) {
            case SessionCommand.Attach attach -> busy(onAttach(state, attach));
            case SessionCommand.Streamed streamed -> busy(onStreamed(state, streamed));
            case SessionCommand.Describe(ActorRef<SessionAnswer> replyTo) ->
                    onDescribe(state, replyTo);
            case SessionCommand.Delete(ActorRef<SessionAnswer> replyTo) -> onDelete(state, replyTo);
            case InternalCommand.EngineReported _ -> onReported(state);
            case InternalCommand.StateFetched fetched -> onFetched(state, fetched);
            case InternalCommand.StateStored stored -> onStored(state, stored);
            case InternalCommand.StreamGone(ActorRef<SessionReply> gone) -> onGone(state, gone);
            case InternalCommand.LogIsDue _ -> persist(state, logged(), () -> {});
            case InternalCommand.MaybeIdle _ -> onMaybeIdle(state);
            case InternalCommand.Drain(ActorRef<SessionAnswer> replyTo) -> onDrain(state, replyTo);
            case InternalCommand.Erased _ -> effects.stop();
            case InternalCommand.Unstash _ -> effects.none();
            case InternalCommand.Stop _ -> onStop();
        };
    }

    private <T> T busy(T effect) {
        lastBusy = with.nanos().getAsLong();
        return effect;
    }

    /** Persists events, if there are any, does {@code then}, and whatever follows from both. */
    private Effect<SessionEvent, SessionState> persist(
            SessionState state, List<SessionEvent> events, Runnable then) {
        if (events.isEmpty()) {
            then.run();
            settle(state);
            return effects.none();
        }
        if (!acknowledged.max(state.acknowledged).equals(state.acknowledged)) {
            events.addFirst(new SessionEvent.Acked(acknowledged));
        }
        return effects.persist(events)
                .thenRun(s -> {
                    then.run();
                    settle(s);
                });
    }

    /** What is sampled and not logged, as events. */
    private List<SessionEvent> logged() {
        List<SessionEvent> events = new ArrayList<>();
        engine.flush(events);
        return events;
    }

    // ---- attaching

    private Effect<SessionEvent, SessionState> onAttach(
            SessionState state, SessionCommand.Attach attach) {
        if (attaching != null) {
            return effects.stash();
        }
        boolean drained = with.draining().getAsBoolean() || draining != null;
        Refusal refusal = drained ? null : AttachCheck.refusal(id, state, attach, with);
        if (drained || refusal != null) {
            DetachReason why = drained ? DetachReason.DRAINING : DetachReason.FAILED;
            attach.stream().tell(detached(state, why, refusal));
            return stopIfNobody(state);
        }
        attaching = attach;
        mayRebase = attach.allowRebase() || with.settings().rebase();
        engineFailures = 0;
        context.watchWith(attach.stream(), new InternalCommand.StreamGone(attach.stream()));
        NewSession create = attach.create();
        Long seed = create == null ? null : create.seed();
        newSeed = seed != null ? seed : with.seeds().getAsLong();
        if (engine.phase == Phase.HERE) {
            return attached(state, attach, new ArrayList<>(), () -> {});
        }
        open(state);
        return effects.none();
    }

    private Effect<SessionEvent, SessionState> stopIfNobody(SessionState state) {
        if (!state.exists()) {
            leaveMemory();
        }
        return effects.none();
    }

    /** Asks the shard to end the actor: messages that come meanwhile wait for its successor. */
    private void leaveMemory() {
        if (erasing) {
            return; // A successor would read the log while it is erased.
        }
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }

    /** Persists {@code events} and those of an attachment, and makes it the stream. */
    private Effect<SessionEvent, SessionState> attached(
            SessionState state,
            SessionCommand.Attach attach,
            List<SessionEvent> events,
            Runnable then) {
        attaching = null;
        engine.flush(events);
        long now = with.clock().millis();
        NewSession create = attach.create();
        if (create != null) {
            SessionModel model = with.models().get(create.model());
            String usual = model == null ? "" : model.numericsId();
            events.add(AttachCheck.created(create, newSeed, engine.numericsId(usual), with, now));
        }
        SamplingOptions sampling = attach.sampling().over(state.sampling);
        events.add(
                new SessionEvent.Attached(state.epoch + 1, sampling, attach.acknowledges(), now));
        Acknowledged has = attach.acknowledged();
        acknowledged = acknowledged.max(state.acknowledged);
        acknowledged = has == null ? acknowledged : acknowledged.max(has);
        events.add(new SessionEvent.Acked(acknowledged));
        return effects.persist(events)
                .thenRun(s -> {
                    fence(s);
                    begin(s, attach);
                    then.run();
                    settle(s);
                })
                .thenUnstashAll();
    }

    private void fence(SessionState state) {
        StreamSide before = stream;
        if (before != null) {
            before.tell(detached(state, DetachReason.FENCED, null));
            context.unwatch(before.ref);
        }
    }

    private void begin(SessionState state, SessionCommand.Attach attach) {
        StreamSide now =
                new StreamSide(attach, state.outbox.firstNumber(), acknowledged.outputPosition());
        stream = now;
        if (attach.create() != null) {
            with.metrics(state.model).created.add(1);
        }
        SessionInfo info = info(state);
        Request.Sample turn = state.turn();
        put(state, true); // first: who knows that it is attached finds the session in the list
        now.tell(
                new SessionReply.Attached(
                        id,
                        state.epoch,
                        state.position(),
                        state.outputPosition,
                        state.lastSequence,
                        turn == null ? 0 : turn.sequence(),
                        state.seed,
                        state.branch,
                        info.stateBytes(),
                        info.growing(),
                        state.stateId,
                        state.numericsId,
                        state.model,
                        state.durability,
                        with.settings().unacknowledgedLimit(),
                        with.settings().inputLimit()));
    }

    /** Ends an attachment under way. */
    private Effect<SessionEvent, SessionState> refuseAttachment(
            SessionState state, DetachReason why, @Nullable Refusal refusal) {
        SessionCommand.Attach attach = attaching;
        if (attach != null) {
            attaching = null;
            context.unwatch(attach.stream());
            attach.stream().tell(detached(state, why, refusal));
        }
        return unstash(state);
    }

    private Effect<SessionEvent, SessionState> unstash(SessionState state) {
        stopIfNobody(state);
        return effects.none().thenRun(() -> {}).thenUnstashAll();
    }

    // ---- the stream's requests

    private Effect<SessionEvent, SessionState> onStreamed(
            SessionState state, SessionCommand.Streamed streamed) {
        StreamSide from = stream;
        if (attaching != null && attaching.stream().equals(streamed.stream())) {
            return effects.stash();
        }
        if (from == null || !from.ref.equals(streamed.stream())) {
            return effects.none();
        }
        switch (streamed) {
            case SessionCommand.Sequenced request -> {
                return onSequenced(state, from, request);
            }
            case SessionCommand.Credit credit -> from.addCredit(credit.elements());
            case SessionCommand.Ack(var _, Acknowledged acked) -> {
                if (acked.outputPosition() > from.sent()) {
                    from.tell(
                            new SessionReply.Refused(
                                    0,
                                    Refusal.of(
                                            Reason.ACK_OUT_OF_RANGE,
                                            "output "
                                                    + acked.outputPosition()
                                                    + " is acknowledged; at most "
                                                    + from.sent()
                                                    + " was sent",
                                            acked.outputPosition(),
                                            from.sent())));
                    return effects.none();
                }
                acknowledged = acknowledged.max(acked);
                long news = acknowledged.outputPosition() - state.acknowledged.outputPosition();
                boolean scores =
                        acked.position() > state.acknowledged.position()
                                && state.outbox.scores() >= ACK_EVENT;
                if (news >= ACK_EVENT || scores) {
                    List<SessionEvent> events = logged();
                    events.add(new SessionEvent.Acked(acknowledged));
                    return persist(state, events, () -> {});
                }
            }
            case SessionCommand.Finish finish -> {
                from.finishing = true;
                from.creditFollows = finish.creditFollows();
            }
            case SessionCommand.Detach(var _, DetachReason why) -> detach(state, why, null);
        }
        settle(state);
        return effects.none();
    }

    private Effect<SessionEvent, SessionState> onSequenced(
            SessionState state, StreamSide from, SessionCommand.Sequenced request) {
        long next = state.lastSequence + 1;
        long sequence = request.sequence() == 0 ? next : request.sequence();
        if (sequence < next) {
            from.tell(new SessionReply.Taken(sequence));
            return effects.none();
        }
        try {
            if (sequence > next) {
                throw new SessionException(
                        Refusal.of(
                                Reason.SEQUENCE_GAP,
                                "request "
                                        + sequence
                                        + " came and "
                                        + next
                                        + " is missing: send it first, then those after it",
                                sequence,
                                next));
            }
            // What was told already is logged before what may change its course.
            List<SessionEvent> events = logged();
            events.add(event(state, from, request, sequence));
            if (request instanceof SessionCommand.Generate) {
                clocks.arrived(sequence);
            }
            return persist(state, events, () -> taken(state, from, sequence));
        } catch (SessionException e) {
            from.tell(new SessionReply.Refused(request.sequence(), e.refusal()));
            return effects.none();
        }
    }

    private SessionEvent event(
            SessionState state, StreamSide from, SessionCommand.Sequenced request, long sequence) {
        SessionModel model = with.models().get(state.model);
        if (model == null) {
            throw new IllegalStateException("model " + state.model + " is gone");
        }
        Requests requests = new Requests(model, with.settings(), engine.reach(state));
        long now = with.clock().millis();
        return switch (request) {
            case SessionCommand.Input input ->
                    requests.input(
                            input,
                            state,
                            sequence,
                            input.policy() == null ? from.policy : input.policy(),
                            now);
            case SessionCommand.Generate generate ->
                    requests.generate(generate, state, sequence, now);
            case SessionCommand.Cancel cancel -> {
                Request.Sample turn = state.turn();
                long first = turn == null ? 0 : turn.sequence();
                yield new SessionEvent.CancelTaken(
                        sequence, cancel.turn() == 0 ? first : cancel.turn(), now);
            }
        };
    }

    private void taken(SessionState state, StreamSide from, long sequence) {
        giveEngine(state);
        from.takenOwed = sequence;
        if (state.absorbedSequence == sequence) {
            // All of it waits to be split into ids, or there was nothing to absorb.
            from.tell(new SessionReply.Absorbed(state.effective(), state.position(), null, null));
        }
    }

    // ---- the engine

    private void open(SessionState state) {
        if (engine.phase != Phase.AWAY || saving.isStoring()) {
            return; // it opens already, or does once it has left and its state is stored
        }
        if (state.savedKey.isEmpty()) {
            openWith(state, null);
        } else {
            engine.phase = Phase.FETCHING;
            saving.fetch(state.savedKey);
        }
    }

    private void openWith(SessionState state, @Nullable MemorySegment saved) {
        SessionCommand.Attach attach = attaching;
        NewSession create = attach == null ? null : attach.create();
        engine.open(
                state,
                create != null
                        ? new Placement(create.model(), newSeed, limit(create), "", true)
                        : new Placement(
                                state.model, state.seed, state.limit, state.numericsId, mayRebase),
                saved);
        giveEngine(state);
    }

    private long limit(NewSession create) {
        SessionModel model = with.models().get(create.model());
        return model == null ? 0 : model.limit(create.maxPosition());
    }

    private Effect<SessionEvent, SessionState> onStored(
            SessionState state, InternalCommand.StateStored stored) {
        return persist(
                state,
                saving.stored(state, stored),
                () -> {
                    saving.forget(state);
                    if (attaching != null) {
                        open(state);
                    }
                });
    }

    private Effect<SessionEvent, SessionState> onFetched(
            SessionState state, InternalCommand.StateFetched fetched) {
        if (engine.phase != Phase.FETCHING) {
            return effects.none();
        }
        Throwable failure = fetched.failure();
        if (failure == null) {
            openWith(state, fetched.state());
            settle(state);
            return effects.none();
        }
        engine.phase = Phase.AWAY;
        return fail(state, "its state cannot be read: " + failure.getMessage());
    }

    private void giveEngine(SessionState state) {
        Request.Sample turn = state.turn();
        engine.submit(state, turn == null ? 0 : clocks.used(turn.sequence()));
    }

    private Effect<SessionEvent, SessionState> onReported(SessionState state) {
        Outcome outcome = engine.poll(state);
        List<SessionEvent> events = outcome.events;
        note(state, outcome);
        if (outcome.refused != null) {
            Refusal refusal =
                    Refusal.of(
                            Reason.NO_CAPACITY,
                            outcome.refused.message(),
                            outcome.refused.open(),
                            outcome.refused.limit());
            detach(state, DetachReason.FAILED, refusal);
            return refuseAttachment(state, DetachReason.FAILED, refusal);
        }
        if (outcome.failed != null) {
            return onFailed(state, outcome, outcome.failed);
        }
        if (outcome.opened && state.exists()) {
            String numericsId = engine.numericsId(state.numericsId);
            if (!numericsId.equals(state.numericsId)) {
                log.info("session {} goes on with numerics {}", id, numericsId);
                events.addFirst(new SessionEvent.Rebased(numericsId, state.position()));
            }
        }
        Runnable then = () -> told(state, outcome);
        SessionCommand.Attach attach = attaching;
        if (attach != null && engine.phase == Phase.HERE) {
            return attached(state, attach, events, then);
        }
        return persist(state, events, then);
    }

    /** Counts what was reported. */
    private void note(SessionState state, Outcome outcome) {
        if (outcome.sampled > 0 || outcome.absorbed >= 0) {
            engineFailures = 0;
            lastBusy = with.nanos().getAsLong();
        }
        if (state.model.isEmpty()) {
            return;
        }
        SessionMetrics metrics = with.metrics(state.model);
        metrics.outputs.add(outcome.sampled);
        if (outcome.sampledTurn != 0) {
            long first = clocks.output(outcome.sampledTurn);
            if (first >= 0) {
                metrics.firstOutput.record(first);
            }
        }
        for (SessionEvent event : outcome.events) {
            if (event instanceof SessionEvent.Ended ended) {
                clocks.ended(ended.end().turn(), outcome.queuedNanos);
                metrics.turnEnded(ended.end().reason());
            }
        }
    }

    /** What follows from reports once their events are logged. */
    private void told(SessionState state, Outcome outcome) {
        StreamSide to = stream;
        if (to != null && outcome.absorbed >= 0) {
            to.tell(
                    new SessionReply.Absorbed(
                            state.effective(),
                            outcome.absorbed,
                            null,
                            outcome.latenessNanos == 0
                                    ? null
                                    : Duration.ofNanos(outcome.latenessNanos)));
        }
        if (outcome.snapshot != null) {
            saving.store(state, outcome.snapshot);
        }
        giveEngine(state);
        if (outcome.vacate) {
            engine.leave(true);
        } else if (outcome.pressed && !isRunnable(state)) {
            leave(state);
        }
        if (outcome.left && draining != null) {
            drained(state);
        } else if (outcome.left && attaching != null) {
            open(state);
        }
        if (outcome.left
                || outcome.events.stream().anyMatch(SessionEvent.Ended.class::isInstance)) {
            put(state, true);
        }
    }

    private Effect<SessionEvent, SessionState> onFailed(
            SessionState state, Outcome outcome, RuntimeException cause) {
        log.warn("session {} is restored from its log: {}", id, cause.getMessage());
        if (cause instanceof DeviceLostException) {
            // No fault of its own: what it had under way goes on where there is a device.
            return persist(state, outcome.events, () -> goOn(state));
        }
        if (++engineFailures < MAX_ENGINE_FAILURES) {
            // Perhaps of its own making, perhaps a step that another's input, or chance, made fail.
            return persist(state, outcome.events, () -> goOn(state));
        }
        Refusal refusal =
                Refusal.of(
                        Reason.INTERNAL,
                        "the engine failed %d times at position %d: %s; what was told stays so"
                                .formatted(engineFailures, state.position(), cause.getMessage()));
        engine.failTurn(state, refusal, outcome.events);
        detach(state, DetachReason.FAILED, refusal);
        refuseAttachment(state, DetachReason.FAILED, refusal);
        return persist(state, outcome.events, () -> goOn(state));
    }

    /** After the engine lost the state: whoever waits is served. */
    private void goOn(SessionState state) {
        if (draining != null) {
            drained(state);
        } else if (attaching != null) {
            open(state);
        }
    }

    /** A session that cannot go on tells everyone. */
    private Effect<SessionEvent, SessionState> fail(SessionState state, String why) {
        log.error("session {} cannot go on: {}", id, why);
        Refusal refusal = Refusal.of(Reason.INTERNAL, "session " + id + " cannot go on: " + why);
        detach(state, DetachReason.FAILED, refusal);
        return refuseAttachment(state, DetachReason.FAILED, refusal);
    }

    /** True if the engine has something to do for the session, credit permitting. */
    private boolean isRunnable(SessionState state) {
        if (state.requests.isEmpty()) {
            return false;
        }
        Request first = state.requests.getFirst();
        boolean credit = engine.allowance(stream, acknowledged) > 0;
        return switch (first) {
            case Request.Absorb _ -> model(state).samples() || credit;
            case Request.Sample sample ->
                    credit
                            || sample.end() != null
                            || sample.sampled() >= sample.spec().maxElements();
        };
    }

    private SessionModel model(SessionState state) {
        SessionModel model = with.models().get(state.model);
        if (model == null) {
            throw new IllegalStateException("model " + state.model + " is gone");
        }
        return model;
    }

    private void leave(SessionState state) {
        engine.leave(state.tail.count() > with.settings().replayLimit());
    }

    // ---- what follows from everything

    /** Tells the stream what may be told, gives the engine credit, and looks after idleness. */
    private void settle(SessionState state) {
        if (!state.exists()) {
            return;
        }
        if (engine.phase == Phase.AWAY || engine.phase == Phase.FETCHING) {
            engine.sync(state);
        }
        deliver(state);
        engine.allow(engine.allowance(stream, acknowledged));
        boolean runnable = isRunnable(state);
        clocks.credit(!runnable && state.turn() != null);
        if (runnable
                && engine.phase == Phase.AWAY
                && draining == null
                && engineFailures < MAX_ENGINE_FAILURES) {
            open(state);
        }
        oweTaken(state);
        finish(state, runnable);
        saving.maybeSave(state);
        if (engine.fresh != null && !timers.isTimerActive(LOG_TIMER)) {
            timers.startSingleTimer(
                    LOG_TIMER, new InternalCommand.LogIsDue(), with.settings().logInterval());
        }
        if (!timers.isTimerActive(IDLE_TIMER) && (engine.phase != Phase.AWAY || stream == null)) {
            timers.startSingleTimer(IDLE_TIMER, new InternalCommand.MaybeIdle(), patience());
        }
    }

    private void deliver(SessionState state) {
        StreamSide to = stream;
        if (to != null) {
            boolean logFirst = state.awaitsStamp();
            to.deliver(
                    state.outbox,
                    logFirst ? null : engine.freshRun(),
                    logFirst
                            ? Math.min(state.outputPosition, engine.releasable())
                            : engine.releasable(),
                    clocks);
        }
    }

    private void oweTaken(SessionState state) {
        StreamSide to = stream;
        if (to != null && to.takenOwed != 0 && state.backlog() <= with.settings().inputLimit()) {
            to.tell(new SessionReply.Taken(to.takenOwed));
            to.takenOwed = 0;
        }
    }

    private void finish(SessionState state, boolean runnable) {
        StreamSide to = stream;
        if (to == null || !to.finishing || engine.fresh != null) {
            return;
        }
        if (state.requests.isEmpty() && to.isUpToDate(state.outbox, state.outputPosition)) {
            detach(state, DetachReason.COMPLETED, null);
        } else if (!runnable && !to.creditFollows && to.credit() == 0) {
            detach(state, DetachReason.OUT_OF_CREDIT, null);
        }
    }

    // ---- letting go

    private void detach(SessionState state, DetachReason why, @Nullable Refusal refusal) {
        StreamSide from = stream;
        if (from != null) {
            stream = null;
            context.unwatch(from.ref);
            from.tell(detached(state, why, refusal));
            letGo(state);
        }
    }

    private void letGo(SessionState state) {
        engine.allow(0);
        put(state, true);
        if (state.keepSeconds == 0) {
            context.getSelf().tell(new SessionCommand.Delete(context.getSystem().ignoreRef()));
        }
    }

    private SessionReply.Detached detached(
            SessionState state, DetachReason why, @Nullable Refusal refusal) {
        return new SessionReply.Detached(
                why,
                id,
                state.epoch,
                state.position(),
                state.outputPosition,
                state.lastSequence,
                refusal);
    }

    private Effect<SessionEvent, SessionState> onGone(
            SessionState state, ActorRef<SessionReply> gone) {
        if (attaching != null && attaching.stream().equals(gone)) {
            attaching = null;
            return unstash(state);
        }
        if (stream != null && stream.ref.equals(gone)) {
            stream = null;
            letGo(state);
            settle(state);
        }
        return effects.none();
    }

    private Effect<SessionEvent, SessionState> onMaybeIdle(SessionState state) {
        long idle = with.nanos().getAsLong() - lastBusy;
        if (idle >= patience().toNanos() && !isRunnable(state) && attaching == null) {
            if (engine.phase == Phase.HERE) {
                leave(state);
            } else if (engine.phase == Phase.AWAY && stream == null) {
                put(state, false);
                leaveMemory();
                return effects.none();
            }
        }
        settle(state);
        return effects.none();
    }

    private Duration patience() {
        return engine.phase == Phase.AWAY
                ? with.settings().passivateAfter()
                : with.settings().restAfter();
    }

    private Effect<SessionEvent, SessionState> onDrain(
            SessionState state, ActorRef<SessionAnswer> replyTo) {
        draining = replyTo;
        if (attaching != null) {
            refuseAttachment(state, DetachReason.DRAINING, null);
        }
        if (engine.phase == Phase.AWAY || engine.phase == Phase.FETCHING) {
            return persist(state, logged(), () -> drained(state));
        }
        engine.leave(false);
        return effects.none();
    }

    private void drained(SessionState state) {
        deliver(state);
        detach(state, DetachReason.DRAINING, null);
        ActorRef<SessionAnswer> replyTo = draining;
        if (replyTo != null) {
            replyTo.tell(new SessionAnswer.Described(info(state)));
        }
    }

    private Effect<SessionEvent, SessionState> onStop() {
        List<SessionEvent> events = logged();
        return events.isEmpty() ? effects.stop() : effects.persist(events).thenStop();
    }

    /** The actor ends, whyever: nobody must wait for it in vain. */
    void end(SessionState state) {
        engine.abandon();
        Refusal refusal =
                Refusal.of(
                        Reason.SESSION_UNREACHABLE,
                        "session " + id + " failed and is restored from its log; attach again");
        SessionCommand.Attach attach = attaching;
        if (attach != null) {
            attach.stream().tell(detached(state, DetachReason.FAILED, refusal));
        }
        StreamSide from = stream;
        if (from != null) {
            from.tell(detached(state, DetachReason.FAILED, refusal));
        }
        attaching = null;
        stream = null;
    }

    // ---- those who are not attached

    private Effect<SessionEvent, SessionState> onDescribe(
            SessionState state, ActorRef<SessionAnswer> replyTo) {
        if (!state.exists()) {
            replyTo.tell(new SessionAnswer.Refused(AttachCheck.noSession(id)));
            return attaching == null ? stopIfNobody(state) : effects.none();
        }
        replyTo.tell(new SessionAnswer.Described(info(state)));
        return effects.none();
    }

    private Effect<SessionEvent, SessionState> onDelete(
            SessionState state, ActorRef<SessionAnswer> replyTo) {
        if (!state.exists()) {
            replyTo.tell(new SessionAnswer.Refused(AttachCheck.noSession(id)));
            return attaching == null ? stopIfNobody(state) : effects.none();
        }
        return effects.persist(new SessionEvent.Deleted(with.clock().millis()))
                .thenRun(s -> {
                    engine.abandon();
                    StreamSide from = stream;
                    stream = null;
                    if (from != null) {
                        from.tell(detached(s, DetachReason.DELETED, null));
                    }
                    refuseAttachment(
                            s,
                            DetachReason.FAILED,
                            Refusal.of(Reason.SESSION_DELETED, "session " + id + " was deleted"));
                    saving.delete(s);
                    erase();
                    with.metrics(s.model).deleted.add(1);
                    with.directory().tell(new DirectoryCommand.Remove(id));
                    replyTo.tell(new SessionAnswer.Deleted(id));
                })
                .thenUnstashAll();
    }

    /** Erases the log of a session that is deleted, and then ends the actor. */
    private void erase() {
        erasing = true;
        timers.cancelAll();
        context.watchWith(
                Adapter.<Void>toTyped(Adapter.actorOf(context, Eraser.props(id))),
                new InternalCommand.Erased());
    }

    /** True for what concerns a session only as long as it is not deleted. */
    private static boolean isOfThePast(SessionCommand command) {
        return switch (command) {
            case SessionCommand.Attach _,
                    SessionCommand.Describe _,
                    SessionCommand.Delete _,
                    InternalCommand.Erased _,
                    InternalCommand.Stop _ ->
                    false;
            default -> true;
        };
    }

    private void put(SessionState state, boolean awake) {
        with.directory().tell(new DirectoryCommand.Put(info(state), awake, state.keepSeconds));
    }

    private SessionInfo info(SessionState state) {
        return SessionInfo.of(
                id,
                state,
                with.models().get(state.model),
                stream != null,
                engine.phase == Phase.HERE || engine.phase == Phase.LEAVING
                        ? engine.isResident() ? Residence.SLOT : Residence.HOST
                        : Residence.STORE);
    }
}
