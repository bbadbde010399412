package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Reads a completed step's results, entry by entry, into the sessions' reports. */
final class Scatter {
    private final int outputWidth;
    private final Metrics.Counter elementsIn;
    private final Metrics.Counter misses;

    Scatter(EngineModel model, Metrics metrics) {
        outputWidth = model.program().output().value().width();
        elementsIn = metrics.counter(Metric.ELEMENTS_IN, model.name());
        misses = metrics.counter(Metric.DEADLINE_MISSES, model.name());
    }

    void entry(Flight flight, int e, Tenant tenant, long now) {
        Step step = flight.step;
        Reports out = tenant.reports.open();
        boolean first = out.size() == 0;
        Work.Absorbing work = flight.absorbing[e];
        Work.Sampling turn = flight.sampling[e];
        if (step.isMasked(e)) {
            tenant.position -= step.length(e);
            if (turn != null) {
                tenant.outputs--;
            }
        } else {
            if (work != null) {
                absorbed(flight, e, work, out, now);
            }
            if (turn != null) {
                sampled(step, e, tenant, turn, out, now);
            }
        }
        tenant.settle(out);
        tenant.reports.publish(out, first);
    }

    private void absorbed(Flight flight, int e, Work.Absorbing work, Reports out, long now) {
        Step step = flight.step;
        int length = step.length(e);
        elementsIn.add(length);
        if (step.wantsOutput(e)) {
            out.add(new Report.Rows(work.given.tag(), step.start(e), outputWidth, rows(step, e)));
        }
        if (!flight.last[e] && !work.given.scored()) {
            return;
        }
        long lateness = work.deadline() == 0 ? 0 : Math.max(0, now - work.deadline());
        if (lateness > 0 && flight.last[e]) {
            misses.add(work.given.elements().count());
        }
        out.add(
                new Report.Absorbed(
                        work.given.tag(),
                        step.start(e) + length,
                        flight.last[e],
                        work.given.scored() ? scores(step, e) : null,
                        lateness));
    }

    private static float @Nullable [] scores(Step step, int e) {
        float[] scores = new float[step.length(e)];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = step.score(e, i);
        }
        return scores;
    }

    private float[] rows(Step step, int e) {
        float[] values = new float[step.length(e) * outputWidth];
        MemorySegment.copy(
                step.outputRows(),
                ValueLayout.JAVA_FLOAT_UNALIGNED,
                (long) step.selection(e, 0) * outputWidth * Float.BYTES,
                values,
                0,
                values.length);
        return values;
    }

    private void sampled(
            Step step, int e, Tenant tenant, Work.Sampling turn, Reports out, long now) {
        int id = step.sampledId(e);
        if (turn.turn.sampling().stops(id)) {
            tenant.outputs--;
            tenant.pending = false;
            tenant.stopId = id;
            turn.stopId = id;
            turn.end = Turn.End.STOP_ID;
            return;
        }
        if (turn.deadline() != 0 && now > turn.deadline()) {
            turn.late++;
            misses.add(1);
        }
        turn.lastOutput = now;
        out.addSampled(turn.turn.id(), step.start(e) + step.length(e), step, e);
        Inspector inspector = turn.turn.inspector();
        if (inspector != null && inspector.ends(id)) {
            turn.end = Turn.End.INSPECTED;
        }
    }
}
