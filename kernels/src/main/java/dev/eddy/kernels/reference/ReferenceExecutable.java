package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.NumericsId;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.MemorySegment;

/**
 * A program with its weights as float arrays; every step runs to its end inside {@link #submit}.
 */
final class ReferenceExecutable implements Executable {
    private final Program program;
    private final CompileOptions options;
    private final MemoryPlan memory;
    private final ReferenceArena arena;
    private final ReferenceWeights weights;
    private final ReferenceSampler sampler;

    ReferenceExecutable(Program program, CompileOptions options, MemoryPlan memory) {
        this.program = program;
        this.options = options;
        this.memory = memory;
        arena = new ReferenceArena(program, options);
        sampler = new ReferenceSampler(arena.sampler);
        weights = new ReferenceWeights(program, options);
    }

    @Override
    public Step newStep() {
        return new Step(
                options,
                program.input() instanceof Program.Input.Frames frames ? frames.width() : 0);
    }

    @Override
    public void submit(Step step) {
        arena.admit(step, program);
        step.begin();
        float[] output = new ReferenceInterpreter(program, weights, arena, step).run();
        int width = program.output().value().width();
        boolean wantsRows = false;
        for (int e = 0; e < step.entries(); e++) {
            arena.sampler.absorb(step, e);
            wantsRows |= step.wantsOutput(e);
            if (step.wantsSample(e) && !step.isMasked(e)) {
                sampler.sample(step, e, output, width);
            }
        }
        for (int s = 0; s < step.selected(); s++) {
            if (step.target(s) != Step.NONE) {
                int row = s * width;
                step.scored(s, output[row + step.target(s)] - Lanes.logSumExp(output, row, width));
            }
        }
        if (wantsRows) {
            step.outputRows(MemorySegment.ofArray(output));
        }
        step.complete();
    }

    @Override
    public StateArena arena() {
        return arena;
    }

    @Override
    public String numericsId() {
        return NumericsId.ieee(options.weights().resolved(program), options.state());
    }

    @Override
    public MemoryPlan memory() {
        return memory;
    }

    @Override
    public void close() {}
}
