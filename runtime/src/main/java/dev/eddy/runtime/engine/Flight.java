package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import org.jspecify.annotations.Nullable;

/** A reusable step with what its entries stand for. */
final class Flight {
    final Step step;
    final @Nullable Tenant[] tenants;
    final Due[] dues;

    /** What a GIVEN entry's elements are of. */
    final Work.@Nullable Absorbing[] absorbing;

    /** Of which turn an entry's sample is. */
    final Work.@Nullable Sampling[] sampling;

    /** True if a GIVEN entry has its work's last elements. */
    final boolean[] last;

    boolean hasRows;
    boolean submitted;
    long submittedAt;

    Flight(Step step, int maxEntries, Runnable wake) {
        this.step = step;
        tenants = new Tenant[maxEntries];
        dues = new Due[maxEntries];
        absorbing = new Work.Absorbing[maxEntries];
        sampling = new Work.Sampling[maxEntries];
        last = new boolean[maxEntries];
        step.onCompletion(wake);
    }

    /** True once its results can be read. */
    boolean isDone() {
        return submitted && step.isDone();
    }

    void put(
            int e,
            Tenant tenant,
            Due due,
            Work.@Nullable Absorbing work,
            Work.@Nullable Sampling turn,
            boolean isLast) {
        tenants[e] = tenant;
        dues[e] = due;
        absorbing[e] = work;
        sampling[e] = turn;
        last[e] = isLast;
    }
}
