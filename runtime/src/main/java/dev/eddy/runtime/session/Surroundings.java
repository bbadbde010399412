package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.EnginePool;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What all sessions share.
 *
 * @param nanos a clock for durations
 * @param seeds seeds for sessions that come without one
 * @param draining true once streams are no longer taken
 */
record Surroundings(
        EnginePool engines,
        Map<String, SessionModel> models,
        Map<String, SessionMetrics> metrics,
        StateStore store,
        SessionSettings settings,
        ActorRef<DirectoryCommand> directory,
        InstantSource clock,
        LongSupplier nanos,
        LongSupplier seeds,
        BooleanSupplier draining) {
    Surroundings {
        models = Map.copyOf(models);
        metrics = Map.copyOf(metrics);
    }

    /** What the sessions of a model count. */
    SessionMetrics metrics(String model) {
        SessionMetrics known = metrics.get(model);
        if (known == null) {
            throw new IllegalStateException("model " + model + " is gone");
        }
        return known;
    }
}
