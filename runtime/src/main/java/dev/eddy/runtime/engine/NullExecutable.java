package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An executable without arithmetic: the next id is the position, wrapped at the vocabulary. It
 * shows what everything around the arithmetic costs ({@code eddy bench serve}).
 */
public final class NullExecutable implements Executable {
    private final Program program;
    private final CompileOptions options;
    private final Slots slots;

    private NullExecutable(Program program, CompileOptions options) {
        this.program = program;
        this.options = options;
        slots = new Slots(StateLayout.of(program, options.state()), options.slots());
    }

    /** A model of {@code vocabulary} ids whose state is the sampler's fields and one float. */
    public static EngineModel model(String name, int vocabulary, CompileOptions options) {
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Ids(vocabulary));
        Supplier<Tensor> none =
                () -> {
                    throw new IllegalStateException("a null model has no weights");
                };
        Weight table = builder.weight("null", Shape.of(vocabulary, 1), none);
        Value x = builder.embed(table);
        Program program = builder.logits(x, table, null);
        return new EngineModel(
                name, program, new NullExecutable(program, options), options, 1L << 24);
    }

    @Override
    public Step newStep() {
        return new Step(options, 0);
    }

    @Override
    public void submit(Step step) {
        slots.sampler.admit(step, program);
        step.begin();
        int vocabulary = program.output().value().width();
        for (int e = 0; e < step.entries(); e++) {
            slots.sampler.absorb(step, e);
            if (step.wantsSample(e) && !step.isMasked(e)) {
                int id = (int) ((step.start(e) + step.length(e)) % vocabulary);
                step.sampled(e, id, 0);
                slots.sampler.sampled(step, e, id);
            }
        }
        for (int s = 0; s < step.selected(); s++) {
            if (step.target(s) != Step.NONE) {
                step.scored(s, 0);
            }
        }
        step.complete();
    }

    @Override
    public StateArena arena() {
        return slots;
    }

    @Override
    public String numericsId() {
        return "null";
    }

    @Override
    public MemoryPlan memory() {
        return new MemoryPlan(0, 0, slots.layout.bytes(), options.slots());
    }

    @Override
    public void close() {}

    /** Slots that keep what the sampler needs and nothing else. */
    private static final class Slots implements StateArena {
        private final StateLayout layout;
        private final int count;
        private final SamplerSlots sampler;

        Slots(StateLayout layout, int count) {
            this.layout = layout;
            this.count = count;
            sampler = new SamplerSlots(count);
        }

        @Override
        public StateLayout layout() {
            return layout;
        }

        @Override
        public int slots() {
            return count;
        }

        @Override
        public void clear(int slot) {
            sampler.clear(slot);
        }

        @Override
        public void copy(int from, int to) {
            sampler.copy(from, to);
        }

        @Override
        public CompletionStage<Void> save(int slot, MemorySegment target) {
            sampler.save(slot, target, layout);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> load(int slot, MemorySegment source) {
            sampler.load(slot, source, layout);
            return CompletableFuture.completedFuture(null);
        }
    }
}
