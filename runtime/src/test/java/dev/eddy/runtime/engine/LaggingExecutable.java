package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * An executable that, like a device, takes steps and copies in order and does them when the test
 * says so.
 */
final class LaggingExecutable implements Executable, StateArena {
    private final Executable actual;
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final int travellers;
    private LongFunction<HostBlock> blocks = HostBlock::ordinary;
    private int mostSteps;
    private int steps;
    private int mostStepsBeforeAState;
    private int mostTravelling;
    private int travelling;

    LaggingExecutable(Executable actual) {
        this(actual, Integer.MAX_VALUE);
    }

    /** With so many {@link StateArena#travellers}. */
    LaggingExecutable(Executable actual, int travellers) {
        this.actual = actual;
        this.travellers = travellers;
    }

    /** That of a model which was made with one. */
    static LaggingExecutable of(EngineModel model) {
        return (LaggingExecutable) model.executable();
    }

    /** Gives other memory for states outside their slots. */
    void giveBlocks(LongFunction<HostBlock> source) {
        blocks = source;
    }

    @Override
    public HostBlock hostBlock(long bytes) {
        return blocks.apply(bytes);
    }

    /** Most states that ever travelled at once. */
    int mostTravelling() {
        return mostTravelling;
    }

    @Override
    public int travellers() {
        return travellers;
    }

    /** Most steps that ever were there when a state was to leave or to arrive. */
    int mostStepsBeforeAState() {
        return mostStepsBeforeAState;
    }

    /** Does the oldest thing; false if there is none. */
    boolean advance() {
        Runnable next = queue.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** Steps taken and not done. */
    int steps() {
        return steps;
    }

    /** Most steps that were ever taken at once. */
    int mostSteps() {
        return mostSteps;
    }

    @Override
    public Step newStep() {
        return actual.newStep();
    }

    @Override
    public void submit(Step step) {
        steps++;
        mostSteps = Math.max(mostSteps, steps);
        queue.add(() -> {
            steps--;
            actual.submit(step);
        });
    }

    @Override
    public StateArena arena() {
        return this;
    }

    @Override
    public String numericsId() {
        return actual.numericsId();
    }

    @Override
    public MemoryPlan memory() {
        return actual.memory();
    }

    @Override
    public void close() {
        actual.close();
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
        queue.add(() -> actual.arena().clear(slot));
    }

    @Override
    public void copy(int from, int to) {
        queue.add(() -> actual.arena().copy(from, to));
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        return later(() -> actual.arena().save(slot, target));
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        return later(() -> actual.arena().load(slot, source));
    }

    private CompletionStage<Void> later(Runnable copy) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mostTravelling = Math.max(mostTravelling, ++travelling);
        mostStepsBeforeAState = Math.max(mostStepsBeforeAState, steps);
        queue.add(() -> {
            copy.run();
            travelling--;
            done.complete(null);
        });
        return done;
    }
}
