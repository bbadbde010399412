package dev.eddy.runtime.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** The actor that knows which sessions there are, passive ones included. */
final class Directory extends AbstractMatchingBehavior<DirectoryCommand> {
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private record Entry(SessionInfo session, boolean awake, long expires) {}

    private final InstantSource clock;
    private final BiConsumer<String, SessionCommand> sessions;
    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private final ActorRef<SessionAnswer> answers;

    private @Nullable ActorRef<DirectoryCommand.Drained> draining;
    private final Set<String> drainingIds = new HashSet<>();

    private Directory(
            ActorContext<DirectoryCommand> context,
            InstantSource clock,
            BiConsumer<String, SessionCommand> sessions) {
        super(context);
        this.clock = clock;
        this.sessions = sessions;
        answers = context.messageAdapter(SessionAnswer.class, DirectoryCommand.LetGo::new);
    }

    /**
     * A directory.
     *
     * @param sessions tells a session a command
     */
    static Behavior<DirectoryCommand> create(
            InstantSource clock, BiConsumer<String, SessionCommand> sessions) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    timers.startTimerWithFixedDelay(new DirectoryCommand.Sweep(), SWEEP);
                    return new Directory(context, clock, sessions);
                }));
    }

    @Override
    public Behavior<DirectoryCommand> onMessage(DirectoryCommand command) {
        switch (command) {
            case DirectoryCommand.Put put -> put(put);
            case DirectoryCommand.Remove(String id) -> {
                entries.remove(id);
                letGo(id);
            }
            case DirectoryCommand.Find(String id, ActorRef<DirectoryCommand.Found> replyTo) -> {
                Entry entry = entries.get(id);
                replyTo.tell(
                        entry == null
                                ? new DirectoryCommand.Found(null, false)
                                : new DirectoryCommand.Found(entry.session(), entry.awake()));
            }
            case DirectoryCommand.List(Sessions.Query query, ActorRef<Sessions.Page> replyTo) ->
                    replyTo.tell(page(query));
            case DirectoryCommand.Drain(ActorRef<DirectoryCommand.Drained> replyTo) ->
                    drain(replyTo);
            case DirectoryCommand.LetGo(SessionAnswer answer) -> {
                if (answer instanceof SessionAnswer.Described(SessionInfo session)) {
                    letGo(session.sessionId());
                }
            }
            case DirectoryCommand.Sweep() -> sweep();
        }
        return this;
    }

    private void put(DirectoryCommand.Put put) {
        SessionInfo session = put.session();
        long expires =
                session.attached()
                        ? Long.MAX_VALUE
                        : clock.millis() + Duration.ofSeconds(put.keepSeconds()).toMillis();
        entries.put(session.sessionId(), new Entry(session, put.awake(), expires));
    }

    private Sessions.Page page(Sessions.Query query) {
        List<SessionInfo> found = new ArrayList<>();
        for (Map.Entry<String, Entry> entry : entries.tailMap(query.after(), false).entrySet()) {
            SessionInfo session = entry.getValue().session();
            boolean matches =
                    (query.model() == null || query.model().equals(session.model()))
                            && session.labels().entrySet().containsAll(query.labels().entrySet());
            if (matches && found.size() == query.limit()) {
                return new Sessions.Page(found, false);
            }
            if (matches) {
                found.add(session);
            }
        }
        return new Sessions.Page(found, true);
    }

    private void drain(ActorRef<DirectoryCommand.Drained> replyTo) {
        draining = replyTo;
        entries.forEach((id, entry) -> {
            if (entry.awake()) {
                drainingIds.add(id);
                sessions.accept(id, new InternalCommand.Drain(answers));
            }
        });
        letGo("");
    }

    private void letGo(String id) {
        drainingIds.remove(id);
        if (draining != null && drainingIds.isEmpty()) {
            draining.tell(new DirectoryCommand.Drained());
            draining = null;
        }
    }

    private void sweep() {
        long now = clock.millis();
        entries.forEach((id, entry) -> {
            if (entry.expires() <= now) {
                sessions.accept(
                        id, new SessionCommand.Delete(getContext().getSystem().ignoreRef()));
            }
        });
    }
}
