package dev.eddy.runtime.app;

import dev.eddy.runtime.engine.Engine;
import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.runtime.metrics.MetricsEndpoint;
import dev.eddy.runtime.server.GrpcServer;
import dev.eddy.runtime.server.ModelCatalog;
import dev.eddy.runtime.session.MemoryStateStore;
import dev.eddy.runtime.session.SessionSystem;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server in this process: models, engine, sessions, gRPC and metrics, wired together. What
 * was started last is closed first.
 */
public final class EddyServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EddyServer.class);

    private final Settings settings;
    private final Deque<AutoCloseable> parts;
    private final Optional<MetricsEndpoint> metrics;
    private final GrpcServer grpc;
    private final SessionSystem sessions;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private EddyServer(
            Settings settings,
            Deque<AutoCloseable> parts,
            Optional<MetricsEndpoint> metrics,
            GrpcServer grpc,
            SessionSystem sessions) {
        this.settings = settings;
        this.parts = parts;
        this.metrics = metrics;
        this.grpc = grpc;
        this.sessions = sessions;
    }

    /**
     * Starts a server; returns when its models are loaded, and warm by {@code eddy.device.warm-up},
     * and it takes calls.
     *
     * @param progress told the share of the weights that is loaded, 0 to 1
     * @throws IOException if a port cannot be listened at
     * @throws dev.eddy.runtime.checkpoint.CheckpointException if a model cannot be opened
     */
    public static EddyServer start(Settings settings, DoubleConsumer progress) throws IOException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(settings, progress, parts);
        } catch (IOException | RuntimeException | Error e) {
            closeAll(parts);
            throw e;
        }
    }

    private static EddyServer start(
            Settings settings, DoubleConsumer progress, Deque<AutoCloseable> parts)
            throws IOException {
        if (settings.models().isEmpty()) {
            throw new SettingsException("eddy.models is empty; name at least one model to serve");
        }
        Optional<MetricsEndpoint> endpoint = openMetrics(settings.metrics());
        endpoint.ifPresent(parts::push);
        Metrics metrics = endpoint.map(MetricsEndpoint::metrics).orElse(Metrics.none());
        // The actor system starts on a thread of its own while the models load on this one.
        var ground =
                CompletableFuture.supplyAsync(() -> new SessionSystem.Ground(settings.pekko()));
        parts.push(() -> ground.join().close());
        List<DeviceSpec> devices = DeviceSpec.parse(settings.device().backend());
        List<LoadedModel> models = load(settings, devices, progress, parts);
        ModelCatalog catalog = LoadedModel.catalog(models, settings.aliases());
        EnginePool engines = engines(settings, devices, models, metrics);
        parts.push(engines);
        SessionSystem sessions =
                SessionSystem.start(
                        started(ground),
                        engines,
                        models.stream().map(LoadedModel::sessionModel).toList(),
                        new MemoryStateStore(settings.storeBytes()),
                        settings.session(),
                        metrics);
        parts.push(sessions);
        GrpcServer grpc =
                GrpcServer.start(settings.server(), sessions.system(), sessions, catalog, metrics);
        parts.push(grpc);
        grpc.ready();
        log.atInfo()
                .addKeyValue("host", settings.server().host())
                .addKeyValue("port", grpc.port())
                .log("serving");
        return new EddyServer(settings, parts, endpoint, grpc, sessions);
    }

    private static EnginePool engines(
            Settings settings,
            List<DeviceSpec> devices,
            List<LoadedModel> models,
            Metrics metrics) {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            int device = i;
            engines.add(
                    Engine.start(
                            devices.get(i).name(),
                            models.stream().map(model -> model.engineModel(device)).toList(),
                            settings.engine(),
                            metrics));
        }
        return new EnginePool(engines);
    }

    /** The actor system, once it has started, or why it has not. */
    private static SessionSystem.Ground started(CompletableFuture<SessionSystem.Ground> ground) {
        try {
            return ground.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Optional<MetricsEndpoint> openMetrics(MetricsSettings settings)
            throws IOException {
        if (settings.port() == MetricsSettings.NO_PAGE) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    MetricsEndpoint.open(settings.host(), settings.port(), settings.interval()));
        } catch (BindException e) {
            throw new IOException(
                    "metrics cannot be shown at %s:%d (%s): choose another --metrics-port, 0 for a free one, -1 for none"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
    }

    private static List<LoadedModel> load(
            Settings settings,
            List<DeviceSpec> devices,
            DoubleConsumer progress,
            Deque<AutoCloseable> parts) {
        List<LoadedModel> models = new ArrayList<>();
        int count = settings.models().size();
        for (ModelSource source : settings.models()) {
            if (models.stream().anyMatch(model -> model.name().equals(source.name()))) {
                throw new SettingsException(
                        "two models are called %s; name one of them otherwise with NAME=PLACE"
                                .formatted(source.name()));
            }
            int done = models.size();
            LoadedModel model =
                    LoadedModel.load(
                            source,
                            settings.device(),
                            devices,
                            share -> progress.accept((done + share) / count));
            parts.push(model);
            models.add(model);
            log.atInfo()
                    .addKeyValue("model", model.name())
                    .addKeyValue("numerics", model.numericsId())
                    .addKeyValue("slots", settings.device().slots())
                    .log("model is loaded");
        }
        return models;
    }

    /** The port that clients connect to. */
    public int port() {
        return grpc.port();
    }

    /** Where Prometheus reads, if anywhere. */
    public Optional<URI> metricsPage() {
        return metrics.map(page ->
                URI.create(
                        "http://%s:%d/metrics"
                                .formatted(settings.metrics().host(), page.address().getPort())));
    }

    /** Waits until the server has ended. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Ends the server gracefully: it takes no more calls, finishes the steps in flight, tells every
     * stream where it stands, and closes; within {@code eddy.server.drain-timeout} or soon after.
     * Waits for that. Never fails.
     */
    public void drain() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        long begin = System.nanoTime();
        Duration longest = settings.server().drainTimeout();
        grpc.stopAccepting();
        boolean complete = false;
        try {
            sessions.drain().toCompletableFuture().get(longest.toNanos(), TimeUnit.NANOSECONDS);
            Duration left = longest.minusNanos(System.nanoTime() - begin);
            complete = grpc.awaitCalls(left.isNegative() ? Duration.ZERO : left);
        } catch (TimeoutException e) {
            // Told below.
        } catch (ExecutionException e) {
            log.error("sessions could not be drained", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.atInfo()
                .addKeyValue("ms", (System.nanoTime() - begin) / 1_000_000)
                .log(complete ? "drained" : "drained as far as the time allowed");
        closeAll(parts);
        ended.countDown();
    }

    /** Ends the server at once. */
    @Override
    public void close() {
        if (ending.compareAndSet(false, true)) {
            closeAll(parts);
            ended.countDown();
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.warn("a part of the server did not close well", e);
            }
        }
    }
}
