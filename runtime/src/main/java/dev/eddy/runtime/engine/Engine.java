package dev.eddy.runtime.engine;

import dev.eddy.runtime.metrics.Metrics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one device, as other threads see it: it advances the sessions of all the device's
 * models on a thread of its own, and is reached by message alone. Thread-safe; nothing blocks but
 * {@link #close}.
 */
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** How long the thread sleeps when only time can bring work. */
    private static final long TICK_NANOS = 1_000_000;

    /** Whether it takes sessions. */
    public enum State {
        /** It does. */
        UP,
        /** It is being emptied, or was. */
        DRAINING,
        /** Its device answers no more. */
        LOST
    }

    private final String name;
    private final List<EngineModel> models;
    private final LongSupplier clock;
    private final CommandQueue queue;
    private final EngineLoop loop;
    private final Thread thread;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<State> state = new AtomicReference<>(State.UP);
    private volatile boolean asleep;

    private Engine(
            String name,
            List<EngineModel> models,
            EngineSettings settings,
            LongSupplier clock,
            Metrics metrics) {
        this.name = name;
        this.models = List.copyOf(models);
        this.clock = clock;
        queue = new CommandQueue(settings.queue());
        loop =
                new EngineLoop(
                        name, models, settings, queue, clock, this::wake, this::lost, metrics);
        thread = Thread.ofPlatform().name("eddy-engine-" + name).unstarted(this::run);
    }

    /**
     * Starts an engine for models compiled for one device. It closes their executables when it is
     * closed.
     *
     * @param name the device's name
     */
    public static Engine start(
            String name, List<EngineModel> models, EngineSettings settings, Metrics metrics) {
        // Never 0, which stands for never.
        Engine engine = new Engine(name, models, settings, () -> System.nanoTime() | 1, metrics);
        engine.thread.start();
        return engine;
    }

    /** An engine without a thread: {@link #doWork} runs it, by the given clock (never 0). */
    static Engine manual(List<EngineModel> models, EngineSettings settings, LongSupplier clock) {
        return new Engine("manual", models, settings, clock, Metrics.none());
    }

    /** The device's name. */
    public String name() {
        return name;
    }

    /** Whether it takes sessions. */
    public State state() {
        return state.get();
    }

    private void lost() {
        state.set(State.LOST);
    }

    /** Asks all sessions to leave with their states; completes once they have, or fails. */
    CompletionStage<Void> drain() {
        state.compareAndSet(State.UP, State.DRAINING);
        var done = new CompletableFuture<Void>();
        tell(new EngineCommand.Drain(done));
        return done;
    }

    /** Takes sessions again after {@link #drain}, which fails if it is under way. */
    void resume() {
        if (state.compareAndSet(State.DRAINING, State.UP)) {
            tell(new EngineCommand.Resume());
        }
    }

    /**
     * Slots beyond the sessions that are open or opening; negative where there are more of these.
     */
    public long freeSlots(String model) {
        ModelHost host = loop.host(model);
        return host == null ? 0 : host.freeSlots();
    }

    /** The models, as given. */
    public List<EngineModel> models() {
        return models;
    }

    /** The model of that name, or null. */
    public @Nullable EngineModel model(String name) {
        ModelHost host = loop.host(name);
        return host == null ? null : host.model();
    }

    /**
     * Opens a session: {@link Report.Opened} or {@link Report.Refused} follows. Commands may be
     * given at once.
     *
     * @param listener called on the engine's thread; must do no more than tell
     * @throws IllegalArgumentException if the model is not on this engine, its states have another
     *     size, or none can go as far as the opening's limit
     */
    public Lease open(Opening opening, LeaseListener listener) {
        ModelHost host = loop.host(opening.model());
        if (host == null) {
            throw new IllegalArgumentException("no model is called " + opening.model());
        }
        long expected = host.model().stateBytes(opening.position());
        if (opening.state() != null && opening.state().byteSize() != expected) {
            throw new IllegalArgumentException(
                    "a state of "
                            + opening.model()
                            + " at position "
                            + opening.position()
                            + " takes "
                            + expected
                            + " bytes; this one has "
                            + opening.state().byteSize());
        }
        if (opening.limit() > host.model().mostPositions()) {
            throw new IllegalArgumentException(
                    "a session of %s can go to position %d at most, not to %d"
                            .formatted(
                                    opening.model(),
                                    host.model().mostPositions(),
                                    opening.limit()));
        }
        Tenant tenant = host.tenant(opening, listener);
        tell(new EngineCommand.Open(tenant, now()));
        return new Lease(this, tenant);
    }

    /** Refuses a session of one of its models: {@link Report.Refused} follows. */
    Lease refuse(Opening opening, LeaseListener listener, String message) {
        ModelHost host = loop.host(opening.model());
        if (host == null) {
            throw new IllegalArgumentException("no model is called " + opening.model());
        }
        Tenant tenant = host.tenant(opening, listener);
        tell(new EngineCommand.Refuse(tenant, message));
        return new Lease(this, tenant);
    }

    void tell(EngineCommand command) {
        queue.put(command);
        wake();
    }

    long now() {
        return clock.getAsLong();
    }

    private void wake() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** One turn of the loop; how much was done. */
    int doWork() {
        return loop.doWork();
    }

    private void run() {
        while (!closing.get()) {
            try {
                if (loop.doWork() == 0) {
                    sleep();
                }
            } catch (RuntimeException e) {
                loop.recover(e);
            }
        }
        loop.close();
    }

    private void sleep() {
        asleep = true;
        // A command or completion from before the flag was seen wakes nobody: look once more.
        if (loop.isQuiet() && !closing.get() && loop.doWork() == 0) {
            if (loop.isAnyoneWaiting()) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
        asleep = false;
    }

    /**
     * Ends every lease ({@link Report.Failed}), waits for steps in flight and closes the
     * executables.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (!thread.isAlive()) {
            loop.close();
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            log.warn("interrupted while the engine was closing");
            Thread.currentThread().interrupt();
        }
    }
}
