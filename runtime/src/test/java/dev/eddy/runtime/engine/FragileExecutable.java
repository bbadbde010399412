package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An executable whose device is lost after so many steps: the one under way fails, and every call
 * from then on. Its numerics may go by another name.
 */
public class FragileExecutable implements Executable, StateArena {
    private final Executable actual;
    private final String numericsId;
    private long left;

    /**
     * Wraps an executable.
     *
     * @param steps after which it is lost
     */
    public FragileExecutable(Executable actual, String numericsId, long steps) {
        this.actual = actual;
        this.numericsId = numericsId.isEmpty() ? actual.numericsId() : numericsId;
        left = steps;
    }

    private static DeviceLostException lost() {
        return new DeviceLostException("the test took the device away");
    }

    private void check() {
        if (left < 0) {
            throw lost();
        }
    }

    @Override
    public Step newStep() {
        return actual.newStep();
    }

    @Override
    public void submit(Step step) {
        check();
        if (left-- > 0) {
            actual.submit(step);
        } else {
            step.begin();
            step.fail(lost());
        }
    }

    @Override
    public StateArena arena() {
        return this;
    }

    @Override
    public String numericsId() {
        return numericsId;
    }

    @Override
    public MemoryPlan memory() {
        return actual.memory();
    }

    @Override
    public void close() {
        actual.close();
        check();
    }

    @Override
    public StateLayout layout() {
        return actual.arena().layout();
    }

    @Override
    public int slots() {
        return actual.arena().slots();
    }

    @Override
    public void clear(int slot) {
        check();
        actual.arena().clear(slot);
    }

    @Override
    public void copy(int from, int to) {
        check();
        actual.arena().copy(from, to);
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        return left < 0
                ? CompletableFuture.failedFuture(lost())
                : actual.arena().save(slot, target);
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        return left < 0
                ? CompletableFuture.failedFuture(lost())
                : actual.arena().load(slot, source);
    }
}
