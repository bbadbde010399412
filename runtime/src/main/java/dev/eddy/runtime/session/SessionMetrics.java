package dev.eddy.runtime.session;

import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the sessions of one model count. */
final class SessionMetrics {
    final Metrics.Counter created;
    final Metrics.Counter deleted;
    final Metrics.Counter outputs;
    final Metrics.Histogram firstOutput;
    private final Map<TurnEndReason, Metrics.Counter> turns = new EnumMap<>(TurnEndReason.class);

    SessionMetrics(Metrics metrics, String model) {
        created = metrics.counter(Metric.SESSIONS_CREATED, model);
        deleted = metrics.counter(Metric.SESSIONS_DELETED, model);
        outputs = metrics.counter(Metric.ELEMENTS_OUT, model);
        firstOutput = metrics.histogram(Metric.FIRST_OUTPUT_TIME, model);
        for (TurnEndReason reason : TurnEndReason.values()) {
            turns.put(
                    reason,
                    metrics.counter(Metric.TURNS, model, reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    void turnEnded(TurnEndReason reason) {
        Metrics.Counter counter = turns.get(reason);
        if (counter != null) {
            counter.add(1);
        }
    }
}
