package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Op.MatrixScan.Write;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How matrix states are divided among blocks, and that the division changes no bit. */
class ScanTileTest {
    /** Of an H100's block. */
    private static final int MOST = 232_448;

    private static final int WIDTH = 5;

    /** Of the longer session. */
    private static final int ROWS = 23;

    @ParameterizedTest
    @CsvSource({
        // keys, columns of a head, bytes of a number -> columns and threads of a block
        "7, 5, 4, 32, 32",
        "7, 100, 4, 64, 64",
        "256, 64, 4, 64, 64",
        "512, 64, 4, 32, 32", // 64 would take more than half
        "512, 64, 2, 64, 64",
        "1570, 64, 4, 32, 32",
        "1571, 64, 4, 16, 32",
        "9685, 64, 4, 1, 32",
    })
    void inShared_ofKeys_hasAsManyColumnsAsFit(
            int keys, int headColumns, int stateBytes, int columns, int threads) {
        ScanTile tile = ScanTile.inShared(keys, headColumns, stateBytes, MOST);
        assertThat(tile.columns()).isEqualTo(columns);
        assertThat(tile.threads()).isEqualTo(threads);
        assertThat(tile.sharedBytes())
                .isEqualTo(keys * (20 + stateBytes * columns))
                .isLessThanOrEqualTo(MOST);
        assertThat(tile.blocks(3, headColumns)).isEqualTo(3 * Math.ceilDiv(headColumns, columns));
    }

    @Test
    void inShared_ofTooManyKeys_saysHowManyFit() {
        assertThatThrownBy(() -> ScanTile.inShared(9686, 8, 4, MOST))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("9686 keys takes 232464 bytes")
                .hasMessageContaining("has 232448: up to 9685 keys fit; --backend cpu");
    }

    /** Blocks of 64, 32, 8 and 2 columns: more than one of each. */
    @ParameterizedTest
    @CsvSource({
        "33, 70, F32",
        "700, 37, F32",
        "3000, 9, F32",
        "6000, 3, F32",
        "33, 70, BF16",
        "1200, 33, BF16",
        "6000, 9, BF16",
    })
    void scan_ofAnyNumberOfKeys_equalsTheReferenceByBits(int keys, int columns, DType state) {
        EmulatedDriver.assumeBuilt();
        assertEqualsTheReference(keys, columns, state, 5);
    }

    /** One head a block, and two blocks a head; elements one by one, and several in a step. */
    @ParameterizedTest
    @CsvSource({
        "64, 64, F32, 1, matrix_64_64_f32",
        "64, 64, BF16, 1, matrix_64_64_bf16",
        "128, 64, F32, 1, matrix_128_64_f32",
        "128, 64, BF16, 1, matrix_128_64_bf16",
        "64, 128, F32, 1, matrix_64_f32",
        "64, 128, BF16, 1, matrix_64_bf16",
        "128, 128, F32, 1, matrix_128_f32",
        "128, 128, BF16, 1, matrix_128_bf16",
        "64, 64, F32, 23, matrix_64_many_f32",
        "64, 64, BF16, 2, matrix_64_many_bf16",
        "128, 64, F32, 7, matrix_128_many_f32",
        "128, 64, BF16, 23, matrix_128_many_bf16",
        "64, 128, F32, 8, matrix_64_many_f32",
        "128, 128, BF16, 9, matrix_128_many_bf16",
        "64, 64, F32, 23, delta_64_f32",
        "64, 128, BF16, 8, delta_64_bf16",
        "128, 64, F32, 9, delta_128_f32",
        "128, 64, BF16, 1, delta_128_bf16",
    })
    void scan_inRegisters_equalsTheReferenceByBits(
            int keys, int columns, DType state, int piece, String kernel) {
        EmulatedDriver.assumeBuilt();
        long launches = EmulatedDriver.calls(kernel);
        assertEqualsTheReference(keys, columns, state, piece);
        assertThat(EmulatedDriver.calls(kernel)).isGreaterThan(launches);
    }

    private static void assertEqualsTheReference(int keys, int columns, DType state, int piece) {
        Program program = scans(keys, columns);
        byte[] expected = run(Backends.byName("reference"), program, state, piece);
        assertThat(run(new CudaBackend(), program, state, piece)).isEqualTo(expected);
    }

    /** Every kind of scan, each of two heads. */
    private static Program scans(int keys, int columns) {
        Random random = new Random(keys);
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Frames(WIDTH));
        Value x = p.frames();
        Value q = p.matmul(x, weight(p, random, 2L * keys, WIDTH), null);
        Value k = p.matmul(x, weight(p, random, 2L * keys, WIDTH), null);
        Value v = p.matmul(x, weight(p, random, 2L * columns, WIDTH), null);
        Value decay = decay(p, random, x, 2 * keys);
        Weight bonus = weight(p, random, 2L * keys);
        Value y = p.matrixScan("plain", q, k, v, decay, DecayAxis.KEY, null, null, 2, 2);
        Value ofHeads = decay(p, random, x, 2);
        y = p.add(y, p.matrixScan("head", q, k, v, ofHeads, DecayAxis.HEAD, null, null, 2, 2));
        Value ofValues = decay(p, random, x, 2 * columns);
        y = p.add(y, p.matrixScan("value", q, k, v, ofValues, DecayAxis.VALUE, null, null, 2, 2));
        Value all =
                p.matrixScan("all", q, k, v, decay, DecayAxis.KEY, new Write(q, v), bonus, 2, 2);
        Value delta = p.deltaScan("delta", q, k, v, decay, k, p.multiply(q, decay), 2);
        return p.finish(new Program.Output.Floats(p.select(p.add(p.add(y, all), delta))));
    }

    private static Value decay(ProgramBuilder p, Random random, Value x, int width) {
        Value product = p.matmul(x, weight(p, random, width, WIDTH), null);
        return p.unary(UnaryFunction.SIGMOID, product);
    }

    private static Weight weight(ProgramBuilder builder, Random random, long... shaped) {
        Shape shape = Shape.of(shaped);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() / 64;
        }
        String name = "w" + random.nextInt();
        return builder.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }

    /** The rows of two sessions, whose elements come in pieces, and the state of one. */
    private static byte[] run(Backend backend, Program program, DType state, int piece) {
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 2, ROWS + 1).withState(state);
        Random random = new Random(1);
        float[] frames = new float[(ROWS + 1) * WIDTH];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (float) random.nextGaussian();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Executable executable = backend.compile(program, options);
                Arena arena = Arena.ofConfined()) {
            Step step = executable.newStep();
            for (int from = 0; from < ROWS; from += piece) {
                step.reset();
                step.entry(0, from);
                step.frames(frames, from * WIDTH, Math.min(piece, ROWS - from));
                step.output();
                if (from == 0) {
                    step.entry(1, 0);
                    step.frames(frames, ROWS * WIDTH, 1);
                    step.output();
                }
                step.seal();
                executable.submit(step);
                step.await();
                all.writeBytes(step.outputRows().toArray(ValueLayout.JAVA_BYTE));
            }
            MemorySegment saved = arena.allocate(executable.arena().layout().bytes(), 64);
            executable.arena().save(0, saved).toCompletableFuture().join();
            all.writeBytes(saved.toArray(ValueLayout.JAVA_BYTE));
            return all.toByteArray();
        }
    }
}
