package dev.eddy.runtime.engine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of a server's devices, one each: where sessions are placed, and how a device is
 * emptied. A session is on one device at a time and goes to another by its snapshot or its log.
 * Thread-safe.
 */
public final class EnginePool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EnginePool.class);

    private final List<Engine> engines;

    /**
     * A pool of engines, which it closes.
     *
     * @throws IllegalArgumentException if two have the same name, or states of a model have another
     *     layout on one than on another
     */
    public EnginePool(List<Engine> engines) {
        this.engines = List.copyOf(engines);
        for (Engine engine : engines) {
            for (Engine other : engines) {
                if (engine != other && engine.name().equals(other.name())) {
                    throw new IllegalArgumentException("two devices are called " + engine.name());
                }
                for (EngineModel model : engine.models()) {
                    EngineModel same = other.model(model.name());
                    if (same != null && !same.layout().equals(model.layout())) {
                        throw new IllegalArgumentException(
                                "states of model %s have another layout on %s than on %s"
                                        .formatted(model.name(), engine.name(), other.name()));
                    }
                }
            }
        }
    }

    /** The engines, as given. */
    public List<Engine> engines() {
        return engines;
    }

    /**
     * Opens a session on the device with the most free slots among those that are up, have its
     * model and room for its limit: {@link Report.Opened} or {@link Report.Refused} follows.
     *
     * @param numericsId the numerics to go on with; empty for any
     * @param rebase take other numerics where no device with these is up
     * @param listener called on the engine's thread; must do no more than tell
     * @throws IllegalArgumentException if no device has the model, or its states have another size
     */
    public Lease open(Opening opening, String numericsId, boolean rebase, LeaseListener listener) {
        Optional<Engine> same = best(opening, numericsId);
        Optional<Engine> chosen = same.isEmpty() && rebase ? best(opening, "") : same;
        if (chosen.isPresent()) {
            return chosen.get().open(opening, listener);
        }
        Engine any =
                engines.stream()
                        .filter(engine -> engine.model(opening.model()) != null)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no model is called " + opening.model()));
        return any.refuse(
                opening,
                listener,
                "no device that could take a session of model %s%s is up (%s): attach again later%s"
                        .formatted(
                                opening.model(),
                                numericsId.isEmpty() ? "" : " with numerics " + numericsId,
                                states(),
                                numericsId.isEmpty() || rebase
                                        ? ""
                                        : ", or with allow_rebase to go on with another's"
                                                + " numerics"));
    }

    private Optional<Engine> best(Opening opening, String numericsId) {
        return engines.stream()
                .filter(engine -> engine.state() == Engine.State.UP)
                .filter(engine -> suits(engine.model(opening.model()), opening.limit(), numericsId))
                .max(Comparator.comparingLong(engine -> engine.freeSlots(opening.model())));
    }

    private static boolean suits(@Nullable EngineModel model, long limit, String numericsId) {
        return model != null
                && model.mostPositions() >= limit
                && (numericsId.isEmpty() || model.numericsId().equals(numericsId));
    }

    private String states() {
        return engines.stream()
                .map(engine -> engine.name() + " " + engine.state().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** True if a device, up or not, computes a model with these numerics. */
    public boolean has(String model, String numericsId) {
        return engines.stream()
                .map(engine -> engine.model(model))
                .anyMatch(known -> known != null && known.numericsId().equals(numericsId));
    }

    /**
     * Empties a device: no session is placed on it any more, and those on it are asked to leave
     * with their state, to go on elsewhere.
     *
     * @return completes once it is empty; fails with an {@link EngineException} if it is resumed
     *     before
     * @throws IllegalArgumentException if there is no such device
     */
    public CompletionStage<Void> drain(String device) {
        log.atInfo().addKeyValue("device", device).log("draining");
        return named(device).drain();
    }

    /**
     * The device's models whose sessions could go on nowhere else, were it drained now, without
     * other numerics.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    public List<String> stranded(String device) {
        Engine drained = named(device);
        return drained.models().stream()
                .filter(model ->
                        engines.stream()
                                .filter(engine -> engine != drained)
                                .filter(engine -> engine.state() == Engine.State.UP)
                                .noneMatch(engine ->
                                        suits(engine.model(model.name()), 0, model.numericsId())))
                .map(EngineModel::name)
                .toList();
    }

    /**
     * Lets sessions be placed on a drained device again.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    public void resume(String device) {
        log.atInfo().addKeyValue("device", device).log("taking sessions again");
        named(device).resume();
    }

    private Engine named(String device) {
        return engines.stream()
                .filter(engine -> engine.name().equals(device))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no device is called %s; there are %s"
                                        .formatted(device, states())));
    }

    /** Closes all engines, the last first. */
    @Override
    public void close() {
        Deque<Engine> left = new ArrayDeque<>(engines);
        while (!left.isEmpty()) {
            left.removeLast().close();
        }
    }
}
