package dev.eddy.runtime.session;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.runtime.metrics.Metrics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;

/**
 * The actor system with the sessions of one server: a cluster of one, with a shard region, a
 * directory and the logs. Started without waiting for anything: what comes early waits inside.
 */
public final class SessionSystem implements Sessions, AutoCloseable {
    static final EntityTypeKey<SessionCommand> KEY =
            EntityTypeKey.create(SessionCommand.class, SessionActor.KIND);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 20;

    private final ActorSystem<DirectoryCommand> system;
    private final ActorRef<ShardingEnvelope<SessionCommand>> region;
    private final SessionIds ids = new SessionIds();
    private final AtomicBoolean draining = new AtomicBoolean();

    private SessionSystem(
            Ground ground,
            EnginePool engines,
            List<SessionModel> models,
            StateStore store,
            SessionSettings settings,
            Metrics metrics) {
        SecureRandom random = new SecureRandom();
        system = ground.system;
        Map<String, SessionModel> byName = new LinkedHashMap<>();
        Map<String, SessionMetrics> metricsOf = new LinkedHashMap<>();
        for (SessionModel model : models) {
            byName.put(model.name(), model);
            metricsOf.put(model.name(), new SessionMetrics(metrics, model.name()));
        }
        Surroundings with =
                new Surroundings(
                        engines,
                        byName,
                        metricsOf,
                        store,
                        settings,
                        system,
                        ground.clock,
                        System::nanoTime,
                        random::nextLong,
                        draining::get);
        region =
                ClusterSharding.get(system)
                        .init(
                                Entity.of(
                                                KEY,
                                                entity ->
                                                        SessionActor.create(
                                                                entity.getEntityId(),
                                                                entity.getShard(),
                                                                with))
                                        .withMessageExtractor(new SessionIds.Extractor())
                                        .withStopMessage(new InternalCommand.Stop()));
    }

    /**
     * An actor system in its cluster of one, with no sessions yet. It needs no model, so that
     * models can load while it starts.
     */
    public static final class Ground implements AutoCloseable {
        private final InstantSource clock = InstantSource.system();
        private final AtomicReference<@Nullable SessionSystem> sessions = new AtomicReference<>();
        private final ActorSystem<DirectoryCommand> system;

        /**
         * Starts the actor system; the cluster forms by itself.
         *
         * @param config a whole configuration, with {@link #pekko} above Pekko's own
         */
        public Ground(Config config) {
            system = ActorSystem.create(Directory.create(clock, this::tell), "eddy", config);
            Cluster cluster = Cluster.get(system);
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }

        /** The directory knows no session, and tells none anything, before there are any. */
        private void tell(String sessionId, SessionCommand command) {
            SessionSystem started = sessions.get();
            if (started != null) {
                started.tell(sessionId, command);
            }
        }

        /** Ends the actor system; a {@link SessionSystem} started on it does so itself. */
        @Override
        public void close() {
            end(system);
        }
    }

    /**
     * Starts the sessions of a server.
     *
     * @param ground the actor system, which this owns from now on
     * @param engines advance them; stay their owner's to close, after this
     * @param models the engines' models, as sessions see them
     */
    public static SessionSystem start(
            Ground ground,
            EnginePool engines,
            List<SessionModel> models,
            StateStore store,
            SessionSettings settings,
            Metrics metrics) {
        SessionSystem started =
                new SessionSystem(ground, engines, models, store, settings, metrics);
        ground.sessions.set(started);
        return started;
    }

    /**
     * What Eddy sets of Pekko; to be put above Pekko's reference.conf and below a person's
     * settings.
     */
    public static Config pekko() {
        return ConfigFactory.parseResources(SessionSystem.class, "pekko.conf");
    }

    /** The actor system, for the actors of streams. */
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public String newId(String model) {
        return ids.next();
    }

    @Override
    public void tell(String sessionId, SessionCommand command) {
        if (SessionIds.isId(sessionId)) {
            region.tell(new ShardingEnvelope<>(sessionId, command));
            return;
        }
        Refusal refusal = AttachCheck.noSession(sessionId);
        switch (command) {
            case SessionCommand.Attach attach ->
                    attach.stream()
                            .tell(
                                    new SessionReply.Detached(
                                            DetachReason.FAILED, sessionId, 0, 0, 0, 0, refusal));
            case SessionCommand.Describe(ActorRef<SessionAnswer> replyTo) ->
                    replyTo.tell(new SessionAnswer.Refused(refusal));
            case SessionCommand.Delete(ActorRef<SessionAnswer> replyTo) ->
                    replyTo.tell(new SessionAnswer.Refused(refusal));
            case SessionCommand.Streamed _, InternalCommand _ -> {}
        }
    }

    @Override
    public CompletionStage<SessionInfo> describe(String sessionId) {
        CompletionStage<DirectoryCommand.Found> found =
                AskPattern.ask(
                        system,
                        replyTo -> new DirectoryCommand.Find(sessionId, replyTo),
                        ASK,
                        system.scheduler());
        return found.thenCompose(known -> {
            SessionInfo session = known.session();
            if (session == null) {
                return CompletableFuture.failedFuture(
                        new SessionException(AttachCheck.noSession(sessionId)));
            }
            if (!known.awake()) {
                return CompletableFuture.completedFuture(session);
            }
            return answer(sessionId, SessionCommand.Describe::new)
                    .thenApply(answer ->
                            answer instanceof SessionAnswer.Described(SessionInfo now)
                                    ? now
                                    : session);
        });
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        return AskPattern.ask(
                system,
                replyTo -> new DirectoryCommand.List(query, replyTo),
                ASK,
                system.scheduler());
    }

    @Override
    public CompletionStage<Void> delete(String sessionId) {
        return answer(sessionId, SessionCommand.Delete::new)
                .thenCompose(answer ->
                        switch (answer) {
                            case SessionAnswer.Refused(Refusal refusal) ->
                                    CompletableFuture.failedFuture(new SessionException(refusal));
                            case SessionAnswer.Deleted _, SessionAnswer.Described _ -> nothing();
                        });
    }

    private CompletionStage<SessionAnswer> answer(
            String sessionId, Function<ActorRef<SessionAnswer>, SessionCommand> command) {
        if (!SessionIds.isId(sessionId)) {
            return CompletableFuture.completedFuture(
                    new SessionAnswer.Refused(AttachCheck.noSession(sessionId)));
        }
        return AskPattern.ask(
                region,
                replyTo -> new ShardingEnvelope<>(sessionId, command.apply(replyTo)),
                ASK,
                system.scheduler());
    }

    private static CompletionStage<Void> nothing() {
        return CompletableFuture.runAsync(() -> {}, Runnable::run);
    }

    @Override
    public CompletionStage<Void> drain() {
        draining.set(true);
        CompletionStage<DirectoryCommand.Drained> drained =
                AskPattern.ask(
                        system,
                        DirectoryCommand.Drain::new,
                        Duration.ofMinutes(10),
                        system.scheduler());
        return drained.thenCompose(_ -> nothing());
    }

    /** Ends all sessions' actors and the system; what is in memory is gone. */
    @Override
    public void close() {
        end(system);
    }

    private static void end(ActorSystem<?> system) {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the sessions' actors do not end", e);
        }
    }
}
