package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import dev.eddy.runtime.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** Turns a plan into a step's entries, and moves each session on to what comes after them. */
final class Filler {
    private final Metrics.Histogram queueTime;

    Filler(Metrics.Histogram queueTime) {
        this.queueTime = queueTime;
    }

    void fill(Flight flight, Planner planner, long now) {
        flight.hasRows = false;
        for (int i = 0; i < planner.chosen(); i++) {
            Tenant tenant = planner.tenant(i);
            int e = flight.step.entry(tenant.slot, tenant.position);
            flight.put(e, tenant, planner.due(i), null, null, false);
            tenant.inFlight++;
            queueTime.record(Math.max(0, now - tenant.dueSince));
            entry(flight, e, tenant, planner.due(i), planner.rows(i), now);
            tenant.dueSince = 0;
            tenant.servedSinceSeated = true;
        }
    }

    private static void entry(Flight flight, int e, Tenant tenant, Due due, int rows, long now) {
        Step step = flight.step;
        switch (due) {
            case GIVEN -> given(flight, e, tenant, rows, now);
            case DECODE -> {
                step.pending();
                sample(flight, e, tenant, tenant.turn(), now);
            }
            case FIRST -> sample(flight, e, tenant, tenant.turn(), now);
            case PENDING -> {
                step.pending();
                tenant.pending = false;
            }
            case STOP -> {
                step.element(tenant.stopId);
                tenant.stopId = Step.NONE;
            }
            case NOTHING -> throw new IllegalStateException("an entry of nothing");
        }
        tenant.position += step.length(e);
    }

    private static void given(Flight flight, int e, Tenant tenant, int rows, long now) {
        Work.Absorbing work = tenant.absorbing();
        if (work == null) {
            throw new IllegalStateException("an entry of elements that are not there");
        }
        Step step = flight.step;
        boolean last = rows == work.remaining();
        Work.Sampling turn = last && !tenant.host.hasRows() ? tenant.turnAfterAbsorbing(now) : null;
        switch (work.given.elements()) {
            case Elements.Ids ids -> step.elements(ids.values(), work.submitted, rows);
            case Elements.Frames frames ->
                    step.frames(frames.values(), work.submitted * frames.width(), rows);
        }
        work.submitted += rows;
        if (work.given.scored()) {
            step.score();
        }
        if (tenant.host.hasRows()) {
            step.output();
            flight.hasRows = true;
            tenant.outputs += rows;
        }
        if (last) {
            tenant.absorbed(work);
        }
        flight.put(e, tenant, Due.GIVEN, work, null, last);
        if (turn != null) {
            sample(flight, e, tenant, turn, now);
        }
        tenant.given -= rows;
    }

    private static void sample(
            Flight flight, int e, Tenant tenant, Work.@Nullable Sampling turn, long now) {
        if (turn == null) {
            throw new IllegalStateException("a sample of no turn");
        }
        flight.step.sample(turn.turn.sampling(), tenant.opening.seed(), tenant.opening.branch());
        flight.sampling[e] = turn;
        turn.remaining--;
        turn.started = turn.started == 0 ? now : turn.started;
        tenant.outputs++;
        tenant.pending = true;
    }
}
