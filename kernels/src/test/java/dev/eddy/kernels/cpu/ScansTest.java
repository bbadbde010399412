package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
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
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrences by every kernel that this processor can run, alone: the reference's bits. */
class ScansTest {
    private static final int[] CHANNELS = {1, 16, 17, 129, 300};
    private static final int[] MODES = {1, 5, 16, 23};
    private static final int ROWS = 7;

    /** Results of a first step of seven elements and a second of one. */
    private static float[] diagonal(Backend backend, int channels, int modes) {
        Random random = new Random(channels * 31L + modes);
        int width = 2 * channels + 2 * modes;
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(width));
        float[] poles = ProductsTest.random(random, channels * modes);
        for (int i = 0; i < poles.length; i++) {
            poles[i] = odd(-Math.abs(poles[i]), random);
        }
        Tensor tensor = Tensor.ofFloats("a", Shape.of(channels, modes), poles);
        Weight a = builder.weight("a", tensor.shape(), tensor.dtype(), () -> tensor);
        Value all = builder.frames();
        Value y =
                builder.diagonalScan(
                        "h",
                        builder.columns(all, 0, channels),
                        builder.columns(all, channels, channels),
                        a,
                        builder.columns(all, 2 * channels, modes),
                        builder.columns(all, 2 * channels + modes, modes));
        Program program = builder.finish(new Program.Output.Floats(builder.select(y)));
        float[] frames = ProductsTest.random(random, (ROWS + 1) * width);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = odd(frames[i], random);
        }
        float[] found = new float[(ROWS + 1) * channels];
        try (Executable executable =
                backend.compile(program, CompileOptions.of(WeightType.F32, 1, 1, ROWS))) {
            step(executable, frames, 0, ROWS, width, found, channels);
            step(executable, frames, ROWS, 1, width, found, channels);
        }
        return found;
    }

    private static void step(
            Executable executable,
            float[] frames,
            int from,
            int rows,
            int width,
            float[] to,
            int channels) {
        Step step = executable.newStep();
        step.entry(0, from);
        step.frames(frames, from * width, rows);
        step.output();
        step.seal();
        executable.submit(step);
        step.await();
        float[] found = step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
        System.arraycopy(found, 0, to, from * channels, found.length);
    }

    /** Sometimes zero, tiny, subnormal, large, or so large that decays vanish or overflow. */
    private static float odd(float x, Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> x * 1e-17f;
            case 2 -> x * 1e-39f;
            case 3 -> x * 10;
            case 4 -> x * 100;
            default -> x;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.eddy.kernels.cpu.ProductsTest#kernels")
    void diagonal_overOddSizes_equalsTheReferenceByBits(CpuKernels kernels) {
        for (int channels : CHANNELS) {
            for (int modes : MODES) {
                assertThat(diagonal(new CpuBackend(kernels), channels, modes))
                        .as("%d channels, %d modes", channels, modes)
                        .containsExactly(diagonal(Backends.byName("reference"), channels, modes));
            }
        }
    }
}
