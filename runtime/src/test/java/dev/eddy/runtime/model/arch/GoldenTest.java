package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every architecture against its third party's own logits, on every backend, whatever the chunking.
 */
class GoldenTest {
    private static final double TOLERANCE = 2e-4;

    private static final int LONG_CHUNK = 128;

    static Stream<Arguments> cases() {
        return Golden.names().stream().flatMap(GoldenTest::onEveryBackend);
    }

    static Stream<Arguments> longCases() {
        return Golden.names().stream()
                .filter(name -> Golden.of(name).hasLong())
                .flatMap(GoldenTest::onEveryBackend);
    }

    private static Stream<Arguments> onEveryBackend(String name) {
        return Backends.all().stream()
                .filter(backend -> backend.unavailable().isEmpty())
                .map(backend -> Arguments.of(name, backend.name()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logits_ofTheGoldenTokens_areTheReferences(String name, String backendName) {
        Golden golden = Golden.of(name);
        Backend backend = Backends.byName(backendName);
        try (Checkpoint checkpoint = golden.checkpoint();
                Checkpoint expected = golden.expected("golden.safetensors")) {
            Program program = Golden.record(checkpoint).program();
            int[] ids = Golden.ids(expected, "tokens");
            float[] whole = Golden.logits(backend, program, ids, ids.length, 1);
            float[] reference = Golden.floats(expected, "logits");
            assertThat(Golden.largestDifference(whole, reference))
                    .as("%s on %s: largest logit difference", name, backendName)
                    .isLessThanOrEqualTo(tolerance(reference) + golden.drift());
            for (int chunk : new int[] {1, 7}) {
                assertThat(Golden.logits(backend, program, ids, chunk, 2))
                        .as("%s on %s in chunks of %d on two threads", name, backendName, chunk)
                        .isEqualTo(whole);
            }
            assertThat(whole)
                    .as("%s: the reference backend's bits", name)
                    .isEqualTo(
                            Golden.logits(
                                    Backends.byName("reference"), program, ids, ids.length, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void greedyContinuation_whereTheMarginIsLarge_isTheReferences(String name, String backendName) {
        Golden golden = Golden.of(name);
        try (Checkpoint checkpoint = golden.checkpoint();
                Checkpoint expected = golden.expected("golden.safetensors")) {
            Program program = Golden.record(checkpoint).program();
            int[] prompt = Golden.ids(expected, "tokens");
            int[] greedy = Golden.ids(expected, "greedy");
            int[] ids = Arrays.copyOf(prompt, prompt.length + greedy.length);
            System.arraycopy(greedy, 0, ids, prompt.length, greedy.length);
            int width = program.output().value().width();
            float[] logits = Golden.logits(Backends.byName(backendName), program, ids, 5, 1);
            int compared = 0;
            for (int i = 0; i < greedy.length; i++) {
                float[] row =
                        Arrays.copyOfRange(
                                logits,
                                (prompt.length + i - 1) * width,
                                (prompt.length + i) * width);
                float[] sorted = row.clone();
                Arrays.sort(sorted);
                if (sorted[width - 1] - sorted[width - 2] > 2 * TOLERANCE) {
                    assertThat(row[greedy[i]])
                            .as("%s: greedy id %d", name, i)
                            .isEqualTo(sorted[width - 1]);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(greedy.length / 2);
        }
    }

    /**
     * On the emulated card, models with attention to everything take half a minute over thousands
     * of tokens: there the cpu backend, whose bits are the same, absorbs all but the last chunk and
     * hands its state over.
     */
    @ParameterizedTest
    @MethodSource("longCases")
    void logits_overThousandsOfTokens_areTheReferences(String name, String backendName) {
        Golden golden = Golden.of(name);
        try (Checkpoint checkpoint = golden.checkpoint();
                Checkpoint expected = golden.expected("golden_long.safetensors")) {
            Program program = Golden.record(checkpoint).program();
            int[] ids = Golden.ids(expected, "tokens");
            int[] positions = Golden.ids(expected, "positions");
            int width = program.output().value().width();
            Backend backend = Backends.byName(backendName);
            int from = backendName.equals("cuda") && program.grows() ? ids.length - LONG_CHUNK : 0;
            float[] all =
                    from == 0
                            ? Golden.logits(backend, program, ids, LONG_CHUNK, 1)
                            : Golden.logitsFrom(
                                    from,
                                    Backends.byName("cpu"),
                                    backend,
                                    program,
                                    ids,
                                    LONG_CHUNK);
            float[] reference = Golden.floats(expected, "logits");
            double largest = 0;
            int compared = 0;
            for (int i = 0; i < positions.length; i++) {
                if (positions[i] >= from) {
                    int at = (positions[i] - from) * width;
                    double difference =
                            Golden.largestDifference(
                                    Arrays.copyOfRange(all, at, at + width),
                                    Arrays.copyOfRange(reference, i * width, (i + 1) * width));
                    largest = difference <= largest ? largest : difference;
                    compared++;
                }
            }
            assertThat(compared).as("positions compared").isGreaterThan(16);
            assertThat(largest)
                    .as("%s on %s over %d tokens", name, backendName, ids.length)
                    .isLessThanOrEqualTo(tolerance(reference) + golden.longDrift());
        }
    }

    /** The tolerance, scaled by the logits' standard deviation where that exceeds 1. */
    private static double tolerance(float[] logits) {
        double mean = 0;
        for (float logit : logits) {
            mean += logit / (double) logits.length;
        }
        double variance = 0;
        for (float logit : logits) {
            variance += (logit - mean) * (logit - mean) / logits.length;
        }
        return TOLERANCE * Math.max(1, Math.sqrt(variance));
    }
}
