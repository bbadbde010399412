package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.numerics.E4m3;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.IntegerRow;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products on tensor cores: the reference's to the order of its sums, and no row's bits by another.
 */
class ProductsTest {
    /**
     * A sum in another order may round to another bfloat16 before the second product: 2^-8 of a
     * number near one, times a weight near 1/7.
     */
    private static final float TOLERANCE = 5e-3f;

    /** Rows that are bfloat16 numbers lose nothing: what is left is the order of 300 terms. */
    private static final float BYTES_TOLERANCE = 1e-4f;

    static Stream<Arguments> typesAndRows() {
        return Stream.of(WeightType.BF16, WeightType.FP8)
                .flatMap(type ->
                        Stream.of(1, 3, 8, 9, 17, 40, 64, 70, 130)
                                .map(rows -> Arguments.of(type, rows)));
    }

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @MethodSource("typesAndRows")
    void product_ofAnyNumberOfRows_isTheReferences(WeightType type, int rows) {
        Program program = products(rows, 67, 45);
        float[] frames = frames(rows, 67);
        float[] expected = run(Backends.byName("reference"), program, frames, 67, rows, type);
        float[] actual = run(new CudaBackend(), program, frames, 67, rows, type);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], offset(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 33})
    void row_whateverElseIsInTheStep_hasTheSameBits(int rows) {
        int all = 66;
        Program program = products(5, 40, 33);
        float[] frames = frames(all, 40);
        float[] together = run(new CudaBackend(), program, frames, 40, all);
        assertThat(run(new CudaBackend(), program, frames, 40, rows)).isEqualTo(together);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 20, 40, 70, 130})
    void product_withWeightsOfEightBits_isTheReferencesWithTheirNumbers(int rows) {
        Program program = product(300, UnaryOperator.identity());
        float[] frames = frames(rows, 300);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Halves.fromBf16(Halves.toBf16(frames[i]));
        }
        float[] actual = run(new CudaBackend(), program, frames, 300, rows, WeightType.INT8);
        Program rounded = product(300, ProductsTest::roundedToBytes);
        float[] expected =
                run(Backends.byName("reference"), rounded, frames, 300, rows, WeightType.F32);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], offset(BYTES_TOLERANCE));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT8, 1", "INT8, 9", "INT8, 33", "FP8, 1", "FP8, 9", "FP8, 33", "FP8, 70"})
    void row_withWeightsOfEightBitsWhateverElseIsInTheStep_hasTheSameBits(
            WeightType type, int rows) {
        int all = 132;
        Program program = products(8, 700, 45);
        float[] frames = frames(all, 700);
        float[] together = run(new CudaBackend(), program, frames, 700, all, type);
        assertThat(run(new CudaBackend(), program, frames, 700, rows, type)).isEqualTo(together);
    }

    /** A row with a single one selects a weight, which a scale that is a power of two leaves. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 20, 40, 256})
    void product_withEveryNumberOfE4m3_hasThatNumber(int rows) {
        Program program = product(256, ProductsTest::everyNumber);
        float[] weights =
                everyNumber(Tensor.ofFloats("w", Shape.of(19, 256), new float[19 * 256]))
                        .toFloats();
        float[] frames = new float[256 * 256];
        for (int k = 0; k < 256; k++) {
            frames[k * 256 + k] = 1;
        }
        float[] actual = run(new CudaBackend(), program, frames, 256, rows, WeightType.FP8);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("code %d", i / 19).isEqualTo(weights[i % 19 * 256 + i / 19]);
        }
    }

    /** Row n has every number of E4M3 times 2^(n - 9), by its code; 0 for NaN and -0. */
    private static Tensor everyNumber(Tensor tensor) {
        float[] values = new float[19 * 256];
        for (int i = 0; i < values.length; i++) {
            float value = E4m3.toFloat((byte) i);
            values[i] = Float.isNaN(value) ? 0 : Math.scalb(value, i / 256 - 9) + 0f;
        }
        return Tensor.ofFloats(tensor.name(), tensor.shape(), values);
    }

    @Test
    void compile_ofAWeightThatIsNoNumber_namesIt() {
        Program program =
                product(
                        7,
                        w -> Tensor.ofFloats("layers.0.up", w.shape(), naNInRow(2, w.toFloats())));
        assertThatThrownBy(
                        () -> run(new CudaBackend(), program, new float[7], 7, 1, WeightType.FP8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 2 of tensor layers.0.up");
    }

    private static float[] naNInRow(int row, float[] values) {
        values[values.length / 19 * row] = Float.NaN;
        return values;
    }

    @Test
    void numericsId_ofEachTypeOfWeights_isItsOwn() {
        Program program = product(7, UnaryOperator.identity());
        List<WeightType> types = List.of(WeightType.BF16, WeightType.FP8, WeightType.INT8);
        assertThat(types.stream().map(type -> numericsId(program, type)))
                .allMatch(id -> id.startsWith("mma-"))
                .doesNotHaveDuplicates();
    }

    private static String numericsId(Program program, WeightType type) {
        try (Executable executable =
                new CudaBackend().compile(program, CompileOptions.of(type, 1, 1, 1))) {
            return executable.numericsId();
        }
    }

    /** A matrix [N, K] as eight bits and a scale a row hold it; anything else as it is. */
    private static Tensor roundedToBytes(Tensor tensor) {
        if (tensor.shape().rank() < 2) {
            return tensor;
        }
        int k = tensor.shape().size(-1);
        float[] values = tensor.toFloats();
        IntegerRow row = new IntegerRow(MatrixType.INT8, k);
        for (int n = 0; n < values.length / k; n++) {
            row.read(tensor, n);
            for (int i = 0; i < k; i++) {
                values[n * k + i] = row.q[i] * row.scales[0];
            }
        }
        return Tensor.ofFloats(tensor.name(), tensor.shape(), values);
    }

    /** Many segments of a sum, and more stages than are in shared memory at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 20, 33, 66})
    void row_ofADeepProductWhateverElseIsInTheStep_hasTheSameBits(int rows) {
        int all = 130;
        Program program = products(6, 2600, 33);
        float[] frames = frames(all, 2600);
        float[] together = run(new CudaBackend(), program, frames, 2600, all);
        float[] expected = run(Backends.byName("reference"), program, frames, 2600, all);
        assertThat(run(new CudaBackend(), program, frames, 2600, rows)).isEqualTo(together);
        for (int i = 0; i < expected.length; i++) {
            assertThat(together[i]).as("element %d", i).isCloseTo(expected[i], offset(TOLERANCE));
        }
    }

    /** Deep enough for blocks of few rows to share it. */
    @ParameterizedTest
    @CsvSource({"BF16, 1", "BF16, 7", "INT8, 3", "FP8, 5"})
    void row_ofADepthThatBlocksShare_hasTheSameBits(WeightType type, int rows) {
        int all = 66;
        Program program = products(10, 5200, 33);
        float[] frames = frames(all, 5200);
        float[] together = run(new CudaBackend(), program, frames, 5200, all, type);
        String kernel =
                type == WeightType.BF16
                        ? "matmul_bf16_8_narrow"
                        : "matmul_" + type.name().toLowerCase(Locale.ROOT) + "_8_wide";
        long launches = EmulatedDriver.calls(kernel);
        assertThat(run(new CudaBackend(), program, frames, 5200, rows, type)).isEqualTo(together);
        assertThat(EmulatedDriver.calls(kernel)).isGreaterThan(launches);
    }

    /** Enough outputs for the blocks that have more of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40, 70})
    void row_ofAWideProductWhateverElseIsInTheStep_hasTheSameBits(int rows) {
        int all = 140;
        Program program = products(7, 24, 5200);
        float[] frames = frames(all, 24);
        float[] together = run(new CudaBackend(), program, frames, 24, all);
        assertThat(run(new CudaBackend(), program, frames, 24, rows)).isEqualTo(together);
    }

    /** Every kernel for up to eight rows, by a shape for which it is the one that is chosen. */
    @ParameterizedTest
    @CsvSource({
        // weights, kernel, outputs, depth, rows
        "BF16, _8, 2000, 600, 1",
        "BF16, _8_two, 8443, 600, 1",
        "INT8, _8_two, 8443, 600, 3",
        "BF16, _8_wide, 6500, 40, 7",
        "BF16, _8_four, 12701, 40, 1",
        "FP8, _8_four, 12701, 40, 8",
        "BF16, _8_wide, 9001, 600, 1",
        "BF16, _8_wide, 9001, 600, 5",
        "BF16, _8_wide, 1000, 10300, 1",
        "FP8, _8_wide, 1000, 2600, 5",
        "BF16, _8_narrow, 400, 5200, 1",
    })
    void row_ofABlockOfFewRows_hasTheBitsOfMore(
            WeightType type, String suffix, int width, int depth, int rows) {
        Program program = product(width, depth);
        float[] frames = frames(9, depth);
        String kernel = "matmul_" + type.name().toLowerCase(Locale.ROOT) + suffix;
        float[] many = run(new CudaBackend(), program, frames, depth, 9, type);
        long launches = EmulatedDriver.calls(kernel);
        float[] few = run(new CudaBackend(), program, frames, depth, rows, type);
        assertThat(EmulatedDriver.calls(kernel)).isGreaterThan(launches);
        assertThat(few).isEqualTo(many);
    }

    /** Every kernel for more than eight rows, by a shape for which it is the one that is chosen. */
    @ParameterizedTest
    @CsvSource({
        // weights, block, outputs, depth, rows
        "BF16, 64x64, 8443, 40, 9",
        "BF16, 64x64, 300, 2600, 17",
        "BF16, 64x64, 37, 5200, 64",
        "BF16, 64x64, 8443, 40, 61",
        "BF16, 64x64, 8520, 40, 64",
        "BF16, 64x64, 6400, 600, 40",
        "BF16, 64x80, 10555, 520, 64",
        "BF16, 64x96, 2557, 1300, 33",
        "BF16, 64x128, 33000, 520, 34",
        "BF16, 128x64, 91, 500, 200",
        "BF16, 128x64, 128, 40, 65",
        "BF16, 128x64, 203, 2100, 129",
        "BF16, 128, 971, 1100, 129",
        "BF16, 128, 1000, 530, 191",
        "FP8, 64, 8443, 40, 32",
        "INT8, 64, 300, 2600, 12",
        "FP8, 64, 37, 5200, 64",
        "INT8, 64, 8443, 40, 61",
        "FP8, 64, 6400, 600, 40",
        "INT8, 64, 2557, 1300, 33",
        "FP8, 128, 203, 2100, 129",
        "INT8, 128, 200, 530, 191",
        "FP8, 128, 91, 40, 65",
    })
    void row_ofABlockWithItsOwnOutputs_hasTheBitsOfOneRowAlone(
            WeightType type, String block, int width, int depth, int rows) {
        Program program = product(width, depth);
        float[] frames = frames(rows, depth);
        String weights = type == WeightType.BF16 ? "" : type.name().toLowerCase(Locale.ROOT) + "_";
        String kernel = "matmul_" + weights + "wgmma_" + block;
        long launches = EmulatedDriver.calls(kernel);
        float[] together = run(new CudaBackend(), program, frames, depth, rows, type);
        assertThat(EmulatedDriver.calls(kernel)).isGreaterThan(launches);
        for (int row : new int[] {0, rows / 5, rows / 2, rows - 1}) {
            float[] frame = Arrays.copyOfRange(frames, row * depth, (row + 1) * depth);
            float[] alone = run(new CudaBackend(), program, frame, depth, 1, type);
            assertThat(Arrays.copyOfRange(together, row * width, (row + 1) * width))
                    .as("row %d", row)
                    .isEqualTo(alone);
        }
    }

    /** Every kernel for more than eight rows, of cards before Hopper. */
    @ParameterizedTest
    @CsvSource({
        // weights, kernel, outputs, depth, rows
        "BF16, _16, 300, 700, 9",
        "FP8, _16, 300, 700, 16",
        "BF16, _32, 300, 700, 17",
        "INT8, _32, 300, 700, 31",
        "BF16, _64_narrow, 300, 700, 33",
        "FP8, _64, 8443, 40, 64",
        "BF16, _128_narrow, 300, 700, 65",
        "INT8, _128, 4443, 40, 130",
    })
    void row_onACardWithoutWarpgroups_hasTheSameBits(
            WeightType type, String suffix, int width, int depth, int rows) {
        Program program = product(width, depth);
        float[] frames = frames(rows, depth);
        String kernel = "matmul_" + type.name().toLowerCase(Locale.ROOT) + suffix;
        float[] expected = run(new CudaBackend(), program, frames, depth, rows, type);
        long launches = EmulatedDriver.calls(kernel);
        EmulatedDriver.generation(8);
        try {
            assertThat(run(new CudaBackend(), program, frames, depth, rows, type))
                    .isEqualTo(expected);
        } finally {
            EmulatedDriver.generation(9);
        }
        assertThat(EmulatedDriver.calls(kernel)).isGreaterThan(launches);
    }

    /**
     * Products over the same rows, in one launch, and over what they give: their sum, a function of
     * one, columns of one.
     */
    private static Program products(long seed, int depth, int width) {
        Random random = new Random(seed);
        UnaryOperator<Tensor> held = UnaryOperator.identity();
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(depth));
        Value x = builder.frames();
        Value a = builder.matmul(x, weight(builder, random, held, width, depth), null);
        Value b = builder.matmul(x, weight(builder, random, held, width, depth), null);
        Value gated = builder.unary(UnaryFunction.SILU, biased(builder, random, held, x, width));
        Value wide = biased(builder, random, held, x, 48 + 21);
        Value part = builder.split(wide, 32, 21, 16)[1];
        Value y = builder.matmul(builder.add(a, b), weight(builder, random, held, 19, width), null);
        y = builder.add(y, builder.matmul(gated, weight(builder, random, held, 19, width), null));
        y = builder.add(y, builder.matmul(part, weight(builder, random, held, 19, 21), null));
        return builder.finish(new Program.Output.Floats(builder.select(y)));
    }

    /** Whose results are the program's output as they are. */
    private static Program product(int width, int depth) {
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(depth));
        Weight weight = weight(builder, new Random(width), UnaryOperator.identity(), width, depth);
        Value y = builder.matmul(builder.frames(), weight, null);
        return builder.finish(new Program.Output.Floats(builder.select(y)));
    }

    private static Program product(int depth, UnaryOperator<Tensor> held) {
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(depth));
        Value y =
                builder.matmul(
                        builder.frames(), weight(builder, new Random(9), held, 19, depth), null);
        return builder.finish(new Program.Output.Floats(builder.select(y)));
    }

    private static Value biased(
            ProgramBuilder builder, Random random, UnaryOperator<Tensor> held, Value x, int width) {
        return builder.matmul(
                x,
                weight(builder, random, held, width, x.width()),
                weight(builder, random, held, width));
    }

    static Weight weight(
            ProgramBuilder builder, Random random, UnaryOperator<Tensor> held, long... shaped) {
        Shape shape = Shape.of(shaped);
        int k = shape.size(-1);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(k));
        }
        String name = "w" + random.nextInt();
        return builder.weight(name, shape, () -> held.apply(Tensor.ofFloats(name, shape, values)));
    }

    static float[] frames(int rows, int width) {
        Random random = new Random(rows);
        float[] frames = new float[rows * width];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (float) random.nextGaussian();
        }
        return frames;
    }

    /** Absorbs all frames in steps of {@code rows}; every row's output. */
    static float[] run(Backend backend, Program program, float[] frames, int width, int rows) {
        return run(backend, program, frames, width, rows, WeightType.BF16);
    }

    static float[] run(
            Backend backend,
            Program program,
            float[] frames,
            int width,
            int rows,
            WeightType weights) {
        CompileOptions options = CompileOptions.of(weights, 1, 1, rows);
        int all = frames.length / width;
        int outputs = program.output().value().width();
        float[] out = new float[all * outputs];
        try (Executable executable = backend.compile(program, options)) {
            Step step = executable.newStep();
            for (int from = 0; from < all; from += rows) {
                int count = Math.min(rows, all - from);
                step.reset();
                step.entry(0, from);
                step.frames(frames, from * width, count);
                step.output();
                step.seal();
                executable.submit(step);
                step.await();
                for (int i = 0; i < count * outputs; i++) {
                    out[from * outputs + i] =
                            step.outputRows().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
                }
            }
        }
        return out;
    }
}
