package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;

/**
 * One session, of {@link TinyModels#program} by default, stepped by hand, one element at a time:
 * what the engine must equal.
 */
final class Oracle {
    private final Executable executable;
    private final Step step;
    private final long seed;
    private long position;

    Oracle(long seed) {
        this(TinyModels.program(), seed);
    }

    Oracle(Program program, long seed) {
        executable =
                Backends.byName("reference")
                        .compile(program, CompileOptions.of(WeightType.F32, 1, 1, 1));
        step = executable.newStep();
        this.seed = seed;
        executable.arena().clear(0);
    }

    long position() {
        return position;
    }

    /** Absorbs ids; returns each one's log-probability. */
    float[] give(int... ids) {
        float[] scores = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            step.reset();
            step.entry(0, position++);
            step.element(ids[i]);
            step.score();
            submit();
            scores[i] = step.score(0, 0);
        }
        return scores;
    }

    /** Samples and absorbs {@code count} ids. */
    int[] generate(int count, Sampling sampling) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            step.reset();
            step.entry(0, position);
            step.sample(sampling, seed, 0);
            submit();
            ids[i] = step.sampledId(0);
            give(ids[i]);
        }
        return ids;
    }

    private void submit() {
        step.seal();
        executable.submit(step);
        step.await();
    }
}
