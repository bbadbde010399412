package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are split over blocks, that are not, and that do not fit into shared memory. */
class RowStageTest {
    private static final int SESSIONS = 3;

    /** So many that blocks which make the same of a row would not all run at a time. */
    private static final int MANY_SESSIONS = 140;

    private static final int ELEMENTS = 4;

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @CsvSource({
        "64, false",
        "1280, false",
        "1312, false",
        "1312, true",
        "20032, false",
        "20032, true"
    })
    void row_ofAnyWidth_isTheReferencesByBits(int width, boolean scatters) {
        Program program = chain(width, scatters);
        float[] expected = run(Backends.byName("reference"), program, width, SESSIONS, 1);
        assertThat(run(new CudaBackend(), program, width, SESSIONS, 1)).isEqualTo(expected);
        assertThat(run(new CudaBackend(), program, width, SESSIONS, ELEMENTS)).isEqualTo(expected);
    }

    @Test
    void row_ofMany_isTheReferencesByBits() {
        int width = 1280;
        Program program = chain(width, false);
        float[] expected = run(Backends.byName("reference"), program, width, MANY_SESSIONS, 1);
        assertThat(run(new CudaBackend(), program, width, MANY_SESSIONS, 1)).isEqualTo(expected);
        assertThat(run(new CudaBackend(), program, width, MANY_SESSIONS, ELEMENTS))
                .isEqualTo(expected);
    }

    /** Whole rows; groups across blocks of columns, within them, of odd sizes; single columns. */
    @ParameterizedTest
    @EnumSource(NormKind.class)
    void norm_ofAnyGroups_isTheReferencesByBits(NormKind kind) {
        int width = 1280;
        for (int groups : new int[] {1, 4, 20, 256, width}) {
            assertEqual(norms(kind, width, groups), width, SESSIONS, 1);
        }
        for (int groups : new int[] {1, 256}) {
            assertEqual(norms(kind, width, groups), width, MANY_SESSIONS / ELEMENTS, ELEMENTS);
        }
        int odd = 10 * 131;
        assertEqual(norms(kind, odd, 10), odd, SESSIONS, 1);
    }

    /** What reads other columns than the first of a filter's is left to the next launch. */
    @Test
    void filter_readInParts_isTheReferencesByBits() {
        int width = 3 * 640;
        Random random = new Random(width);
        ProgramBuilder b = new ProgramBuilder(new Program.Input.Frames(width));
        Value filtered =
                b.fir("window", b.frames(), weight(b, random, width, 3), weight(b, random, width));
        Value smooth = b.unary(UnaryFunction.SILU, filtered);
        Value[] parts = b.split(filtered, 640, 640, 640);
        Value[] smoothed = b.split(smooth, 640, 640, 640);
        Value y = b.multiply(b.multiply(parts[1], smoothed[2]), smoothed[0]);
        Program program = b.finish(new Program.Output.Floats(b.select(y)));
        assertEqual(program, width, SESSIONS, 1);
        assertEqual(program, width, SESSIONS, ELEMENTS);
    }

    private static void assertEqual(Program program, int width, int sessions, int chunk) {
        assertThat(run(new CudaBackend(), program, width, sessions, chunk))
                .isEqualTo(run(Backends.byName("reference"), program, width, sessions, chunk));
    }

    /** A norm between functions of columns, and one of the frames with scale and bias. */
    private static Program norms(NormKind kind, int width, int groups) {
        Random random = new Random(width);
        ProgramBuilder b = new ProgramBuilder(new Program.Input.Frames(width));
        Value x = b.frames();
        Value of = b.multiply(x, weight(b, random, width));
        Value y = b.multiply(x, b.norm(kind, of, groups, 1e-6f, null, null));
        Weight scale = weight(b, random, width);
        Value z = b.norm(kind, x, groups, 1e-6f, scale, weight(b, random, width));
        return b.finish(new Program.Output.Floats(b.select(b.add(y, z))));
    }

    /** Every operator on rows, recurrences by row among them, in a few launches. */
    private static Program chain(int width, boolean scatters) {
        Random random = new Random(width);
        ProgramBuilder b = new ProgramBuilder(new Program.Input.Frames(width));
        Value x = b.frames();
        Value sum = b.add(x, weight(b, random, width));
        Value normal =
                b.norm(
                        NormKind.LAYER,
                        sum,
                        1,
                        1e-5f,
                        weight(b, random, width),
                        weight(b, random, width));
        Value back = b.binary(BinaryFunction.SUBTRACT, b.delay("last", normal), normal);
        Value mixed = b.add(normal, b.multiply(back, weight(b, random, width)));
        Value filtered =
                b.fir(
                        "window",
                        b.unary(UnaryFunction.SILU, mixed),
                        weight(b, random, width, 4),
                        weight(b, random, width));
        Value heads = b.norm(NormKind.L2, filtered, width / 32, 1e-6f, null, null);
        Value[] parts = b.split(heads, 16, 16, width - 32);
        Value step = b.unary(UnaryFunction.SOFTPLUS, b.multiply(heads, new Operand.Scalar(0.5f)));
        Value scanned =
                b.diagonalScan(
                        "h", filtered, step, weight(b, random, width, 16), parts[0], parts[1]);
        Value gated =
                b.binary(
                        BinaryFunction.MULTIPLY,
                        scanned,
                        weight(b, random, width / 32),
                        Spread.BLOCKS);
        Value out = b.add(gated, sum);
        if (scatters) {
            Value softened = b.softmax(out, 4);
            out = b.concat(2, softened, out);
        }
        return b.finish(new Program.Output.Floats(b.select(out)));
    }

    private static Weight weight(ProgramBuilder builder, Random random, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        String name = "w" + random.nextInt();
        return builder.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }

    /** Outputs of sessions that absorb their elements together, {@code chunk} at a time. */
    private static float[] run(
            Backend backend, Program program, int width, int sessions, int chunk) {
        int out = program.output().value().width();
        CompileOptions options =
                CompileOptions.of(WeightType.F32, sessions, sessions, sessions * chunk);
        float[] all = new float[sessions * ELEMENTS * out];
        try (Executable executable = backend.compile(program, options)) {
            Step step = executable.newStep();
            for (int at = 0; at < ELEMENTS; at += chunk) {
                step.reset();
                for (int s = 0; s < sessions; s++) {
                    step.entry(s, at);
                    Random random = new Random(100L * s + 7);
                    float[] frames = new float[ELEMENTS * width];
                    for (int i = 0; i < frames.length; i++) {
                        frames[i] = (float) random.nextGaussian();
                    }
                    step.frames(frames, at * width, chunk);
                    step.output();
                }
                step.seal();
                executable.submit(step);
                step.await();
                for (int s = 0; s < sessions; s++) {
                    for (int i = 0; i < chunk * out; i++) {
                        all[(s * ELEMENTS + at) * out + i] =
                                step.outputRows()
                                        .getAtIndex(
                                                ValueLayout.JAVA_FLOAT_UNALIGNED,
                                                (long) s * chunk * out + i);
                    }
                }
            }
        }
        return all;
    }
}
