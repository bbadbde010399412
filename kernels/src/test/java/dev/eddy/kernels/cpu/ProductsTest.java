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
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Matrix products of every weight type by every kernel that this processor can run, alone: the
 * reference's bits, and near the real product.
 */
class ProductsTest {
    private static final int[] DEPTHS = {1, 2, 3, 31, 32, 33, 127, 128, 129, 300, 515};
    private static final int[] WIDTHS = {1, 31, 33, 65, 224};
    private static final int[] ROWS = {1, 2, 3, 5, 7, 8, 9, 23, 64};

    /** The kernels in Java, and each variant of the C library that can run here. */
    static Stream<CpuKernels> kernels() {
        return Stream.concat(
                Stream.of(CpuKernels.JAVA),
                NativeLibrary.variants().keySet().stream()
                        .map(variant -> new CpuKernels(Set.of(variant))));
    }

    static Stream<Arguments> cases() {
        return kernels()
                .flatMap(k ->
                        EnumSet.complementOf(EnumSet.of(WeightType.FP8)).stream()
                                .map(t -> Arguments.of(k, t)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void product_overOddSizes_equalsTheReferenceByBits(CpuKernels kernels, WeightType type) {
        Random random = new Random(type.ordinal());
        for (int depth : DEPTHS) {
            int width = WIDTHS[random.nextInt(WIDTHS.length)];
            int rows = ROWS[random.nextInt(ROWS.length)];
            float[] w = odd(random(random, width * depth), random);
            float[] x = odd(random(random, rows * depth), random);
            String what = "K %d, N %d, %d rows".formatted(depth, width, rows);
            Tensor matrix = Tensor.ofFloats("w", Shape.of(width, depth), w);
            assertThat(run(new CpuBackend(kernels), type, matrix, x))
                    .as(what)
                    .containsExactly(run(Backends.byName("reference"), type, matrix, x));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void product_ofRandomNumbers_isNearTheRealOne(CpuKernels kernels, WeightType type) {
        Random random = new Random(99);
        int depth = 768;
        int width = 64;
        float[] w = random(random, width * depth);
        float[] x = random(random, 9 * depth);
        Tensor matrix = Tensor.ofFloats("w", Shape.of(width, depth), w);
        float[] y = run(new CpuBackend(kernels), type, matrix, x);
        double bound =
                switch (type) {
                    case F32, NATIVE -> 1e-6;
                    case BF16 -> 3e-3;
                    case FP8 -> throw new AssertionError("it is refused");
                    case INT8 -> 1.2e-2;
                    case INT4 -> 9e-2;
                };
        assertThat(error(w, x, y, depth)).isBetween(bound / 4, bound);
    }

    /** The root of the squared error of y = x w' over that of what it should be. */
    static double error(float[] w, float[] x, float[] y, int depth) {
        int width = w.length / depth;
        double error = 0;
        double size = 0;
        for (int i = 0; i < y.length; i++) {
            double exact = 0;
            for (int k = 0; k < depth; k++) {
                exact += (double) x[i / width * depth + k] * w[i % width * depth + k];
            }
            error += (y[i] - exact) * (y[i] - exact);
            size += exact * exact;
        }
        return Math.sqrt(error / size);
    }

    static float[] random(Random random, int count) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** Makes some numbers zero, tiny, subnormal or large. */
    private static float[] odd(float[] x, Random random) {
        for (int i = 0; i < x.length; i++) {
            switch (random.nextInt(40)) {
                case 0 -> x[i] = 0;
                case 1 -> x[i] *= 1e-17f;
                case 2 -> x[i] *= 1e-39f;
                case 3 -> x[i] *= 100;
                default -> {}
            }
        }
        return x;
    }

    /** x w'. */
    static float[] run(Backend backend, WeightType type, Tensor w, float[] x) {
        int k = w.shape().size(1);
        int rows = x.length / k;
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(k));
        var matrix = builder.weight("w", w.shape(), w.dtype(), () -> w);
        Value y = builder.select(builder.matmul(builder.frames(), matrix));
        Program program = builder.finish(new Program.Output.Floats(y));
        try (Executable executable =
                backend.compile(program, CompileOptions.of(type, 2, 1, rows))) {
            Step step = executable.newStep();
            step.entry(0, 0);
            step.frames(x, 0, rows);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            return step.outputRows().toArray(ValueLayout.JAVA_FLOAT);
        }
    }
}
