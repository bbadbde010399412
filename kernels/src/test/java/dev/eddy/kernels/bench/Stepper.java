package dev.eddy.kernels.bench;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** One operator between frames and a one-column output, run step by step on one thread. */
final class Stepper implements AutoCloseable {
    private final Executable executable;
    private final Step step;
    private final float[] frames;
    private final int entries;
    private final int length;
    private long position;

    /**
     * @param width floats in a frame
     * @param operator records what is measured
     * @param entries sessions in the batch
     * @param length elements of each
     */
    Stepper(
            int width,
            BiFunction<ProgramBuilder, Value, Value> operator,
            WeightType weights,
            int entries,
            int length) {
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Frames(width));
        Value y = operator.apply(p, p.frames());
        Value one = p.select(p.columns(y, 0, 1));
        Program program = p.finish(new Program.Output.Floats(one));
        executable =
                Backends.byName("cpu")
                        .compile(program, CompileOptions.of(weights, 1, entries, entries * length));
        step = executable.newStep();
        frames = random(entries * length * width);
        this.entries = entries;
        this.length = length;
    }

    /** A weight of small random numbers. */
    static Weight weight(ProgramBuilder p, String name, long... dims) {
        Shape shape = Shape.of(dims);
        return p.weight(
                name,
                shape,
                () -> Tensor.ofFloats(name, shape, random(Math.toIntExact(shape.elements()))));
    }

    private static float[] random(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-0.1, 0.1);
        }
        return values;
    }

    /** Runs one step. */
    void run() {
        step.reset();
        for (int e = 0; e < entries; e++) {
            step.entry(e, position);
            step.frames(frames, 0, length);
        }
        step.seal();
        executable.submit(step);
        step.await();
        position += length;
    }

    @Override
    public void close() {
        executable.close();
    }
}
