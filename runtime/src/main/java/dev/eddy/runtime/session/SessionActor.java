package dev.eddy.runtime.session;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.DeleteEventsCompleted;
import org.apache.pekko.persistence.typed.DeleteEventsFailed;
import org.apache.pekko.persistence.typed.DeleteSnapshotsCompleted;
import org.apache.pekko.persistence.typed.DeleteSnapshotsFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** The actor of one session: binds {@link SessionLogic} to its log. */
final class SessionActor extends EventSourcedBehavior<SessionCommand, SessionEvent, SessionState> {
    /** What a session's persistence id begins with. */
    static final String KIND = "session";

    private static final int MAX_RESTARTS = 5;
    private static final Duration MIN_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);
    private static final double BACKOFF_SPREAD = 0.2;

    private final Surroundings with;
    private final ActorRef<SessionCommand> self;
    private final SessionLogic logic;

    private SessionActor(
            String id,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings with) {
        super(
                persistenceId(id),
                SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, BACKOFF_SPREAD));
        this.with = with;
        self = context.getSelf();
        logic = new SessionLogic(id, context, timers, shard, Effect(), with);
    }

    static PersistenceId persistenceId(String id) {
        return PersistenceId.of(KIND, id);
    }

    static Behavior<SessionCommand> create(
            String id, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings with) {
        Behavior<SessionCommand> session =
                Behaviors.setup(context ->
                        Behaviors.withTimers(
                                timers -> new SessionActor(id, context, timers, shard, with)));
        return Behaviors.supervise(session)
                .onFailure(
                        SupervisorStrategy.restartWithBackoff(
                                        MIN_BACKOFF, MAX_BACKOFF, BACKOFF_SPREAD)
                                .withMaxRestarts(MAX_RESTARTS));
    }

    @Override
    public SessionState emptyState() {
        return new SessionState(with.settings().unacknowledgedLimit());
    }

    @Override
    public CommandHandler<SessionCommand, SessionEvent, SessionState> commandHandler() {
        return logic::on;
    }

    @Override
    public EventHandler<SessionState, SessionEvent> eventHandler() {
        return SessionState::apply;
    }

    @Override
    public SignalHandler<SessionState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(PostStop.instance(), logic::end)
                .onSignal(PreRestart.instance(), logic::end)
                .onSignal(DeleteEventsCompleted.class, (_, _) -> unstash())
                .onSignal(DeleteEventsFailed.class, (_, _) -> unstash())
                .onSignal(DeleteSnapshotsCompleted.class, (_, _) -> unstash())
                .onSignal(DeleteSnapshotsFailed.class, (_, _) -> unstash())
                .build();
    }

    /**
     * Sees that commands behind an answer to a deletion are handled. If the actor failed with a
     * deletion under way, its answer may wait for the recovery in one stash with commands. Pekko
     * takes the next message from there after a command, yet not after such an answer: what
     * follows, an attach say, would wait until some command came.
     */
    private void unstash() {
        self.tell(new InternalCommand.Unstash());
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(with.settings().snapshotEvery(), 1)
                .withDeleteEventsOnSnapshot();
    }

    @Override
    public SnapshotAdapter<SessionState> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(SessionState state) {
                return state.toSnapshot();
            }

            @Override
            public SessionState fromJournal(Object from) {
                return SessionState.of(
                        (SessionSnapshot) from, with.settings().unacknowledgedLimit());
            }
        };
    }
}
