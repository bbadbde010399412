package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A session's hold on the engine: commands go in, reports come out, in order. Every method returns
 * at once and may be called from any one thread at a time; {@link #poll} answers what the listener
 * announced.
 *
 * <p>A lease ends with one of the reports Refused, Left or Failed; what it is told after that has
 * no effect.
 */
public final class Lease {
    private final Engine engine;
    private final Tenant tenant;

    Lease(Engine engine, Tenant tenant) {
        this.engine = engine;
        this.tenant = tenant;
    }

    /**
     * Absorbs elements.
     *
     * @throws InvalidRequestException if they are not what the model absorbs
     */
    public void give(Given given) {
        tenant.host.check(given.elements());
        engine.tell(new EngineCommand.Give(tenant, given, engine.now()));
    }

    /** Samples a turn after all that was given and asked for before. */
    public void generate(Turn turn) {
        engine.tell(new EngineCommand.Generate(tenant, turn, engine.now()));
    }

    /**
     * Ends the turn called {@code turn}, or with 0 the first there is, at the first position not
     * submitted.
     */
    public void cancel(long turn) {
        engine.tell(new EngineCommand.Cancel(tenant, turn));
    }

    /**
     * Credit: the engine samples (or, for a program of rows, absorbs) no more once the lease has
     * had {@code outputs} outputs in all. Starts at 0; a lesser number takes credit back at the
     * first position not submitted. Ids that stop a turn do not count.
     */
    public void limit(long outputs) {
        engine.tell(new EngineCommand.Limit(tenant, outputs));
    }

    /** Copies the state out at the first position not submitted: {@link Report.Saved}. */
    public void save() {
        engine.tell(new EngineCommand.Save(tenant));
    }

    /**
     * Ends the lease at the first position not submitted: {@link Report.Left}. What was given or
     * asked for beyond that is forgotten.
     *
     * @param withState copy the state out
     */
    public void leave(boolean withState) {
        engine.tell(new EngineCommand.Leave(tenant, withState));
    }

    /** What was reported since the last poll, or null. To be given back with {@link #recycle}. */
    public @Nullable Reports poll() {
        return tenant.reports.poll();
    }

    /** Gives polled reports back for reuse. */
    public void recycle(Reports reports) {
        tenant.reports.recycle(reports);
    }

    /** What the session's bits depend on here. */
    public String numericsId() {
        return tenant.host.model().numericsId();
    }

    /** True if the session has a slot now; false if its state is in host memory. */
    public boolean isResident() {
        return tenant.resident;
    }
}
