package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend must do with each operator: what the reference does, bit by bit. */
class OperatorContractTest {
    private static final int[] WIDTHS = {1, 3, 15, 16, 17, 31, 32, 33, 64, 100, 257, 328};

    /** An emulated GPU takes its time. */
    private static final int[] FEW_WIDTHS = {1, 17, 100};

    private static final int SESSIONS = 3;
    private static final int POSITIONS = 70;

    /** Backends that claim the reference's numerics and can run here, with every operator. */
    static Stream<Arguments> cases() {
        return Backends.all().stream()
                .filter(b -> !b.name().equals("reference") && b.unavailable().isEmpty())
                .flatMap(b ->
                        Samples.operators().entrySet().stream()
                                .map(e -> Arguments.of(b.name(), e.getKey(), e.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void operator_overOddWidths_equalsTheReferenceByBits(
            String backend, String operator, Samples.Sample sample) {
        for (int width : backend.equals("cuda") ? FEW_WIDTHS : WIDTHS) {
            assertThat(compare(backend, sample.of(width), width, WeightType.F32, DType.F32))
                    .as("numerics are the reference's")
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void operator_withHalfWeightsAndStates_equalsTheReferenceByBits(
            String backend, String operator, Samples.Sample sample) {
        for (int width : backend.equals("cuda") ? FEW_WIDTHS : new int[] {3, 16, 33, 100}) {
            // Where products have numerics of their own, the states alone are halved.
            WeightType weights = backend.equals("cuda") ? WeightType.F32 : WeightType.BF16;
            assertThat(compare(backend, sample.of(width), width, weights, DType.BF16))
                    .as("numerics are the reference's")
                    .isTrue();
        }
    }

    /** Compares where the numerics are the reference's; whether they are. */
    private static boolean compare(
            String name, Program program, int width, WeightType weights, DType states) {
        Backend reference = Backends.byName("reference");
        Backend backend = Backends.byName(name);
        Feed feed = new Feed(program, SESSIONS, POSITIONS, width);
        CompileOptions options =
                CompileOptions.of(weights, 2, SESSIONS, SESSIONS * POSITIONS).withState(states);
        try (Driver expected = new Driver(reference, program, feed, options);
                Driver actual = new Driver(backend, program, feed, options)) {
            if (!actual.executable().numericsId().equals(expected.executable().numericsId())) {
                return false;
            }
            for (int slot = 0; slot < SESSIONS; slot++) {
                expected.feed(slot, POSITIONS);
            }
            actual.feedRandomly(new Random(width), SESSIONS * POSITIONS, POSITIONS);
            for (int slot = 0; slot < SESSIONS; slot++) {
                assertEqual(expected, actual, slot, "width " + width);
            }
            return true;
        }
    }

    /** All that came out of a session, and its state, is what was expected. */
    static void assertEqual(Driver expected, Driver actual, int slot, String what) {
        Map<String, String> wanted = expected.record(slot);
        assertThat(actual.record(slot)).as("%s: something came out", what).isNotEmpty();
        actual.record(slot)
                .forEach((key, bits) -> {
                    if (wanted.containsKey(key) && !bits.equals(wanted.get(key))) {
                        throw new AssertionError(
                                what
                                        + ", slot "
                                        + slot
                                        + ", "
                                        + key
                                        + ": "
                                        + bits
                                        + "\nexpected "
                                        + wanted.get(key));
                    }
                });
        assertThat(actual.state(slot))
                .as("%s: state of slot %s", what, slot)
                .isEqualTo(expected.state(slot));
    }
}
