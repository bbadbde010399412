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
    private static final int ROWS = 7;

    /** Takes a frame apart and builds the operator on it. */
    private static final class Parts {
        private final ProgramBuilder builder;
        private final Value frames;
        private int taken;

        Parts(int width) {
            builder = new ProgramBuilder(new Program.Input.Frames(width));
            frames = builder.frames();
        }

        Value next(int width) {
            taken += width;
            return builder.columns(frames, taken - width, width);
        }
    }

    private interface Body {
        Value of(Parts parts);
    }

    /** The reference's results in a step of seven elements and one of one, and those of kernels. */
    private static void check(CpuKernels kernels, String what, int width, Body body) {
        float[] frames = odd(new Random(width), (ROWS + 1) * width);
        assertThat(results(new CpuBackend(kernels), width, body, frames))
                .as(what)
                .containsExactly(results(Backends.byName("reference"), width, body, frames));
    }

    private static float[] results(Backend backend, int width, Body body, float[] frames) {
        Parts parts = new Parts(width);
        Value y = body.of(parts);
        Program program = parts.builder.finish(new Program.Output.Floats(parts.builder.select(y)));
        float[] found = new float[(ROWS + 1) * y.width()];
        try (Executable executable =
                backend.compile(program, CompileOptions.of(WeightType.F32, 1, 1, ROWS))) {
            for (int from = 0; from <= ROWS; from += ROWS) {
                Step step = executable.newStep();
                step.entry(0, from);
                step.frames(frames, from * width, from == 0 ? ROWS : 1);
                step.output();
                step.seal();
                executable.submit(step);
                step.await();
                float[] rows = step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
                System.arraycopy(rows, 0, found, from * y.width(), rows.length);
            }
        }
        return found;
    }

    /** Sometimes zero, tiny, subnormal, large, or so large that decays vanish or overflow. */
    private static float[] odd(Random random, int count) {
        float[] x = ProductsTest.random(random, count);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(40)) {
                case 0 -> x[i] = 0;
                case 1 -> x[i] *= 1e-17f;
                case 2 -> x[i] *= 1e-39f;
                case 3 -> x[i] *= 10;
                case 4 -> x[i] *= 100;
                default -> {}
            }
        }
        return x;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.eddy.kernels.cpu.ProductsTest#kernels")
    void diagonal_overOddSizes_equalsTheReferenceByBits(CpuKernels kernels) {
        for (int channels : new int[] {1, 16, 17, 129, 300}) {
            for (int modes : new int[] {1, 5, 16, 23}) {
                float[] poles = odd(new Random(modes), channels * modes);
                for (int i = 0; i < poles.length; i++) {
                    poles[i] = -Math.abs(poles[i]);
                }
                Tensor a = Tensor.ofFloats("a", Shape.of(channels, modes), poles);
                Body body =
                        parts -> {
                            Value x = parts.next(channels);
                            Value dt = parts.next(channels);
                            Weight w = parts.builder.weight("a", a.shape(), a.dtype(), () -> a);
                            return parts.builder.diagonalScan(
                                    "h", x, dt, w, parts.next(modes), parts.next(modes));
                        };
                String what = "%d channels, %d modes".formatted(channels, modes);
                check(kernels, what, 2 * channels + 2 * modes, body);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.eddy.kernels.cpu.ProductsTest#kernels")
    void matrix_overOddSizes_equalsTheReferenceByBits(CpuKernels kernels) {
        int heads = 4;
        int groups = 2;
        for (int keys : new int[] {1, 9, 64}) {
            for (int columns : new int[] {1, 31, 32, 80}) {
                for (int decays : new int[] {1, keys}) {
                    Body body =
                            parts ->
                                    parts.builder.matrixScan(
                                            "s",
                                            parts.next(groups * keys),
                                            parts.next(groups * keys),
                                            parts.next(heads * columns),
                                            parts.next(heads * decays),
                                            heads,
                                            groups);
                    int width = 2 * groups * keys + heads * (columns + decays);
                    check(kernels, "%d x %d by %d".formatted(keys, columns, decays), width, body);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.eddy.kernels.cpu.ProductsTest#kernels")
    void delta_overOddSizes_equalsTheReferenceByBits(CpuKernels kernels) {
        int heads = 3;
        for (int keys : new int[] {1, 9, 64}) {
            for (int columns : new int[] {1, 31, 32, 80}) {
                for (int decays : new int[] {1, keys}) {
                    Body body =
                            parts ->
                                    parts.builder.deltaScan(
                                            "s",
                                            parts.next(heads * keys),
                                            parts.next(heads * keys),
                                            parts.next(heads * columns),
                                            parts.next(heads * decays),
                                            parts.next(heads * keys),
                                            parts.next(heads * keys),
                                            heads);
                    int width = heads * (4 * keys + columns + decays);
                    check(kernels, "%d x %d by %d".formatted(keys, columns, decays), width, body);
                }
            }
        }
    }
}
