package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A straightforward forward of single layers: each is a program of its own, from frames to frames,
 * and runs over the whole sequence before the next does.
 */
final class Parts implements AutoCloseable {
    private final Map<String, Checkpoint> checkpoints = new HashMap<>();
    private final Map<String, Stack> stacks = new HashMap<>();

    Parts(Map<String, Path> parts) {
        parts.forEach((name, path) -> {
            Checkpoint checkpoint = Checkpoints.open(path);
            checkpoints.put(name, checkpoint);
            stacks.put(name, Architectures.stack(checkpoint.config(), Models.weights(checkpoint)));
        });
    }

    float[][] embedded(String part, int[] ids) {
        Stack stack = stack(part);
        return run(
                new Program.Input.Ids(stack.vocabulary()),
                part,
                (m, _) -> m.ops().select(stack.embedding().apply(m)),
                step -> step.elements(ids, 0, ids.length),
                ids.length);
    }

    float[][] layer(String part, int layer, float[][] x) {
        Stack stack = stack(part);
        return frames(part, x, (m, y) -> m.ops().select(stack.block().apply(m, layer, y)));
    }

    float[][] head(String part, float[][] x) {
        return frames(part, x, (m, y) -> stack(part).head().apply(m, y));
    }

    private float[][] frames(
            String part, float[][] x, BiFunction<ModelBuilder, Value, Value> piece) {
        return run(
                new Program.Input.Frames(x[0].length),
                part,
                (m, _) -> piece.apply(m, m.ops().frames()),
                step -> step.frames(flat(x), 0, x.length),
                x.length);
    }

    private float[][] run(
            Program.Input input,
            String part,
            BiFunction<ModelBuilder, Stack, Value> piece,
            java.util.function.Consumer<Step> elements,
            int count) {
        Weights weights = Models.weights(Objects.requireNonNull(checkpoints.get(part)));
        ModelBuilder m = new ModelBuilder(input, weights);
        Value y = piece.apply(m, stack(part));
        Program program = m.ops().finish(new Program.Output.Floats(y));
        float[][] rows = new float[count][y.width()];
        try (Executable executable =
                Backends.byName("reference")
                        .compile(program, CompileOptions.of(WeightType.F32, 1, 1, count))) {
            Step step = executable.newStep();
            step.reset();
            step.entry(0, 0);
            elements.accept(step);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            float[] all = step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
            for (int i = 0; i < count; i++) {
                System.arraycopy(all, step.selection(0, i) * y.width(), rows[i], 0, y.width());
            }
        }
        return rows;
    }

    private Stack stack(String part) {
        return Objects.requireNonNull(stacks.get(part));
    }

    static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }

    @Override
    public void close() {
        checkpoints.values().forEach(Checkpoint::close);
    }
}
