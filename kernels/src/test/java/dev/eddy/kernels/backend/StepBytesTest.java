package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step moves, against sums by hand. */
class StepBytesTest {
    private static final int VOCABULARY = 64;
    private static final int WIDTH = 32;
    private static final int EXPERTS = 8;
    private static final int CHOSEN = 2;

    /** The head is the table; experts and a matrix state [2, 16, 16] between. */
    private static Program program() {
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Ids(VOCABULARY));
        Weight table = weight(p, "table", VOCABULARY, WIDTH);
        Value x = p.embed(table);
        Value decay = p.unary(UnaryFunction.SIGMOID, p.columns(x, 0, 2));
        x = p.matrixScan("s", x, x, x, decay, DecayAxis.HEAD, null, null, 2, 2);
        Value scores = p.matmul(x, weight(p, "router", EXPERTS, WIDTH));
        Value routes = p.route(scores, null, CHOSEN, 1, 1, true, 1);
        x =
                p.experts(
                        x,
                        routes,
                        weight(p, "up", EXPERTS, 16, WIDTH),
                        weight(p, "down", EXPERTS, WIDTH, 16),
                        UnaryFunction.SILU,
                        false);
        return p.logits(p.multiply(x, weight(p, "scale", WIDTH)), table, null);
    }

    private static Weight weight(ProgramBuilder builder, String name, long... shape) {
        return builder.weight(
                name,
                Shape.of(shape),
                DType.BF16,
                () -> {
                    throw new AssertionError(name + " was fetched");
                });
    }

    @ParameterizedTest
    @CsvSource({
        // bytes of a matrix of 256 rows of 32 numbers: 4, 2, 1 and a scale a row, 18 a block
        "F32, 4, 0",
        "BF16, 2, 0",
        "INT8, 1, 4",
    })
    void weights_ofAStep_areMatricesOnceRowsInUseAndExpertsThatAreChosen(
            WeightType type, long bytes, long scale) {
        Program program = program();
        for (int rows : new int[] {1, 3, 4, 100}) {
            CompileOptions options = CompileOptions.of(type, 1, 100, 100);
            long head = VOCABULARY * (bytes * WIDTH + scale);
            long router = EXPERTS * (bytes * WIDTH + scale);
            long expert = 16 * (bytes * WIDTH + scale) + WIDTH * (bytes * 16 + scale);
            long looked = Math.min(rows, VOCABULARY) * 2L * WIDTH;
            long chosen = Math.min(EXPERTS, CHOSEN * rows);
            StepBytes step = StepBytes.of(program, options, rows, rows);
            assertThat(step.weights())
                    .as("%d rows", rows)
                    .isEqualTo(head + router + chosen * expert + looked + 4L * WIDTH);
        }
    }

    @Test
    void states_ofAStep_areThoseOfItsEntriesWithoutTheSamplers() {
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 8, 8);
        long carry = 4L * WIDTH;
        StepBytes whole = StepBytes.of(program(), options, 5, 7);
        assertThat(whole.states()).isEqualTo(5 * (4L * 2 * 16 * 16 + carry));
        assertThat(whole.total()).isEqualTo(whole.weights() + 2 * whole.states());
        StepBytes halved = StepBytes.of(program(), options.withState(DType.BF16), 5, 7);
        assertThat(halved.states()).isEqualTo(5 * (2L * 2 * 16 * 16 + carry));
    }

    @Test
    void histories_ofAStep_areReadAsFarAsItsEntriesHaveCome() {
        assertThat(StepBytes.of(program(), CompileOptions.of(WeightType.F32, 1, 8, 8), 5, 5))
                .satisfies(step -> assertThat(step.histories(1000)).isZero());
        StepBytes step = StepBytes.of(100, new StateLayout(List.of(), 0, 24), 5);
        assertThat(step.histories(7)).isEqualTo(5 * 7 * 24);
        assertThat(step.total()).isEqualTo(100);
    }

    /** Tiles cover 32 outputs and 16 of the depth; tables are float32, experts bfloat16. */
    @Test
    void weights_onCuda_areThoseOfItsForms() {
        Backend cuda =
                Backends.all().stream()
                        .filter(b -> b.name().equals("cuda"))
                        .findFirst()
                        .orElseThrow();
        CompileOptions options = CompileOptions.of(WeightType.INT8, 1, 4, 4);
        long head = VOCABULARY * (WIDTH + 4);
        long router = 32 * WIDTH + 4 * EXPERTS;
        long expert = 2 * (16 * WIDTH + WIDTH * 16);
        StepBytes step = cuda.stepBytes(program(), options, 2, 3);
        assertThat(step.weights())
                .isEqualTo(head + router + 3 * CHOSEN * expert + 3 * 4 * WIDTH + 4L * WIDTH);
        assertThat(step.states()).isEqualTo(2 * (4L * 2 * 16 * 16 + 4L * WIDTH));
    }
}
