package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.StateLayout;
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
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How launches of operators on rows part into phases; that kernels give the bits, others hold. */
class FusedRowsTest {
    private static final int HEAD = 64;

    @Test
    void functionsOfColumns_areOnePhaseWhoseSourceHasNoWidth() {
        FusedRows small = onlyLaunch(64, FusedRowsTest::gate);
        FusedRows large = onlyLaunch(2560, FusedRowsTest::gate);
        assertThat(small.phases()).hasSize(1);
        assertThat(small.widestWhole()).isZero();
        assertThat(new FusedSource(large).text()).isEqualTo(new FusedSource(small).text());
        assertThat(new FusedSource(large).text()).doesNotContain("2560");
    }

    @Test
    void normOfWholeRows_meetsBeforeAndAfterItsSums() {
        FusedRows rows =
                onlyLaunch(1280, (b, x) -> b.norm(NormKind.LAYER, gate(b, x), 1e-5f, null, null));
        assertThat(rows.phases())
                .satisfiesExactly(
                        phase ->
                                assertThat(phase)
                                        .isInstanceOfSatisfying(
                                                FusedPhase.Columns.class,
                                                columns -> assertThat(columns.whole()).isTrue()),
                        phase -> assertThat(phase).isInstanceOf(FusedPhase.Groups.class),
                        phase ->
                                assertThat(phase)
                                        .isInstanceOfSatisfying(
                                                FusedPhase.Columns.class,
                                                columns -> assertThat(columns.whole()).isFalse()));
        assertThat(rows.widestWhole()).isEqualTo(1280);
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "64, 1", "128, 1", "4, 3", "80, 3", "256, 3"})
    void normOfGroups_isMadeByNeighboursWhereTheyAreFewAndAPowerOfTwo(int group, int phases) {
        int width = 1280;
        FusedRows rows =
                onlyLaunch(
                        width,
                        (b, x) ->
                                b.norm(NormKind.RMS, gate(b, x), width / group, 1e-5f, null, null));
        assertThat(rows.phases()).hasSize(phases);
    }

    /** Operands made in the launch: their places, and how many columns share one or recur. */
    @ParameterizedTest
    @CsvSource({"BLOCKS, 20", "TILES, 64"})
    void narrowOperand_madeInTheLaunch_isFoundInSharedMemory(Spread spread, int divisor) {
        FusedRows rows =
                onlyLaunch(
                        1280,
                        (b, x) -> {
                            Value narrow = b.unary(UnaryFunction.SIGMOID, b.split(x, 64, 1216)[0]);
                            return b.binary(BinaryFunction.MULTIPLY, x, narrow, spread);
                        });
        assertThat(rows.phases()).hasSize(2);
        FusedSource source = new FusedSource(rows);
        assertThat(source.parameters().numbers())
                .contains(new FusedParameters.Number.Fixed(divisor));
        assertThat(source.text()).contains(spread == Spread.TILES ? "width - 4) % " : "held_one");
    }

    /** More than a grid can have blocks along y. */
    @Test
    void launch_ofSixtyFiveThousandRowsAndMore_makesAllOfThem() {
        EmulatedDriver.assumeBuilt();
        CudaBackend backend = new CudaBackend();
        int rows = 65_540;
        ProgramBuilder b = new ProgramBuilder(new Program.Input.Frames(8));
        Value y = b.unary(UnaryFunction.GELU_TANH, b.frames());
        Program program = b.finish(new Program.Output.Floats(b.select(y)));
        assertThat(outputs(backend, program, rows))
                .isEqualTo(outputs(Backends.byName("reference"), program, rows));
    }

    private static float[] outputs(Backend backend, Program program, int rows) {
        float[] frames = new float[8 * rows];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = i % 1001 / 250f - 2;
        }
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 1, rows);
        try (Executable executable = backend.compile(program, options)) {
            Step step = executable.newStep();
            step.entry(0, 0);
            step.frames(frames, 0, rows);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            return step.outputRows().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
    }

    @Test
    void launch_thatNoPhaseDoes_hasNone() {
        assertThat(launches(64, false, (b, x) -> b.softmax(x, 2)))
                .containsExactly(Optional.empty());
        assertThat(launches(66, false, FusedRowsTest::gate)).containsExactly(Optional.empty());
    }

    @Test
    void state_ofAValueThatEveryBlockMakes_keepsARowInOneBlock() {
        FusedRows rows =
                onlyLaunch(
                        1280,
                        (b, x) -> b.norm(NormKind.RMS, b.delay("last", x), 1e-5f, null, null));
        assertThat(rows.splits()).isFalse();
    }

    @Test
    void deltaRule_goesWithWhatIsDoneToItsHeads_andLeavesTheRest() {
        List<Optional<FusedRows>> launches = launches(4 * HEAD, true, FusedRowsTest::delta);
        assertThat(launches).hasSize(2);
        assertThat(launches.getFirst())
                .hasValueSatisfying(rows -> {
                    assertThat(rows.hasDelta()).isTrue();
                    assertThat(rows.phases())
                            .hasExactlyElementsOfTypes(
                                    FusedPhase.Columns.class,
                                    FusedPhase.Delta.class,
                                    FusedPhase.Columns.class);
                });
        assertThat(launches.getLast())
                .hasValueSatisfying(rows -> assertThat(rows.hasDelta()).isFalse());
    }

    private static Value gate(ProgramBuilder b, Value x) {
        return b.multiply(x, b.unary(UnaryFunction.SILU, b.add(x, new Operand.Scalar(0.5f))));
    }

    /** Heads normalised, the rule, heads normalised again, and the whole row. */
    private static Value delta(ProgramBuilder b, Value x) {
        int heads = x.width() / HEAD;
        Value k = b.norm(NormKind.L2, x, heads, 1e-6f, null, null);
        Value decay = b.unary(UnaryFunction.SIGMOID, x);
        Value a = b.multiply(k, new Operand.Scalar(-1));
        Value y = b.deltaScan("s", x, k, x, decay, a, k, heads);
        Value normal = b.norm(NormKind.LAYER, y, heads, 1e-5f, null, null);
        return b.norm(NormKind.RMS, normal, 1e-5f, null, null);
    }

    private static FusedRows onlyLaunch(int width, BiFunction<ProgramBuilder, Value, Value> make) {
        List<Optional<FusedRows>> launches = launches(width, false, make);
        assertThat(launches).hasSize(1);
        return launches.getFirst().orElseThrow();
    }

    /** The launches over all rows of a step of one element an entry. */
    private static List<Optional<FusedRows>> launches(
            int width, boolean heads, BiFunction<ProgramBuilder, Value, Value> make) {
        ProgramBuilder b = new ProgramBuilder(new Program.Input.Frames(width));
        Value made = make.apply(b, b.frames());
        Program program = b.finish(new Program.Output.Floats(b.select(made)));
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 1, 1);
        CudaPlan.Route route = CudaPlan.Route.of(program, options, StepKind.SINGLE, heads);
        StateLayout states = StateLayout.of(program, options.state());
        return route.schedule().launches().stream()
                .filter(launch -> launch instanceof Schedule.Launch.RowOps)
                .map(launch ->
                        FusedRows.of(route, states, ((Schedule.Launch.RowOps) launch).steps()))
                .toList();
    }
}
