package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.kernels.backend.Backends;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eddy bench decode} and {@code prefill}: what they print beside the times. */
final class BenchStepsTest {
    /**
     * Of a layer of Mamba: 64 channels with windows of three rows and sixteen modes; and the last
     * row before the head. In float32.
     */
    private static final long STATE = 4 * (3 * 64 + 64 * 16 + 32);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void writeTheConfig() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "mamba", "vocab_size": 100, "hidden_size": 32, "num_hidden_layers": 1}
                """);
    }

    private int bench(String what, String... more) {
        List<String> args = new ArrayList<>(List.of("bench", what, "--model", folder.toString()));
        args.addAll(
                List.of(
                        "--random-weights",
                        "--sessions",
                        "1,3",
                        "--tokens",
                        "4",
                        "--threads",
                        "1",
                        "--dtype",
                        "bf16"));
        args.addAll(List.of(more));
        return Commands.run(out, err, args.toArray(String[]::new));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    /** Matrices of a layer of width 32: in 128, x 34, dt 64 x 2, out 32 x 64; the head 100. */
    private static long weights(int rows) {
        long matrices = 2 * (128 * 32 + 34 * 64 + 64 * 2 + 32 * 64 + 100 * 32);
        // Taps and their bias, the bias of dt, A, D, two norms; the table's rows in float32.
        long others = 4 * (64 * 4 + 64 + 64 + 64 * 16 + 64 + 2 * 32);
        return matrices + others + 4L * 32 * rows;
    }

    @ParameterizedTest
    @CsvSource({"decode, 1", "prefill, 4"})
    void bench_onTheCpu_printsOneObjectASessionCountWithWhatAStepMoves(String what, int elements)
            throws IOException {
        assertThat(bench(what, "--backend", "cpu", "--json")).as(err.toString()).isZero();
        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> {
                    int sessions = line.get("sessions").asInt();
                    assertThat(sessions).isIn(1, 3);
                    assertThat(line.get("tokens_per_second").asDouble()).isPositive();
                    assertThat(line.get("threads").asInt()).isEqualTo(1);
                    assertThat(line.get("dtype").asText()).isEqualTo("bf16");
                    assertThat(line.get("state_dtype").asText()).isEqualTo("f32");
                    assertThat(line.get("step_ms_p50").asDouble()).isPositive();
                    assertThat(line.get("step_ms_p99").asDouble()).isPositive();
                    assertThat(line.get("weight_bytes_read").asLong())
                            .isEqualTo(weights(sessions * elements));
                    assertThat(line.get("state_bytes_read").asLong()).isEqualTo(sessions * STATE);
                    assertThat(line.get("state_bytes_written").asLong())
                            .isEqualTo(sessions * STATE);
                    assertThat(line.get("history_bytes_read").asLong()).isZero();
                    assertThat(line.has("share_of_bound")).isFalse();
                });
        assertThat(lines().getFirst().get("results").asText()).matches("[0-9a-f]{8}");
        assertThat(lines().getLast().get("results")).isEqualTo(lines().getFirst().get("results"));
    }

    @Test
    void results_ofAnotherWayToSample_areOthers() throws IOException {
        assertThat(bench("decode", "--backend", "cpu", "--json")).isZero();
        assertThat(bench("decode", "--backend", "cpu", "--json", "--temperature", "9")).isZero();
        assertThat(lines().getLast().get("results"))
                .isNotEqualTo(lines().getFirst().get("results"));
    }

    private static void assumeAGpu() {
        Assumptions.assumeTrue(
                Backends.all().stream()
                        .anyMatch(b -> b.name().equals("cuda") && b.unavailable().isEmpty()),
                "no emulated CUDA driver was built");
    }

    @Test
    void bench_onAGpu_statesTheShareOfWhatItsMemoryGives() throws IOException {
        assumeAGpu();
        assertThat(bench("decode", "--backend", "cuda:1", "--json")).as(err.toString()).isZero();
        assertThat(lines())
                .hasSize(2)
                .allSatisfy(line -> {
                    // Tensor cores' tiles cover 32 outputs and 16 elements: more than there are
                    // here.
                    assertThat(line.get("weight_bytes_read").asLong())
                            .isBetween(weights(1), 2 * weights(3));
                    long bytes =
                            line.get("weight_bytes_read").asLong()
                                    + line.get("state_bytes_read").asLong()
                                    + line.get("state_bytes_written").asLong();
                    double bound = bytes / line.get("read_gb_per_second").asDouble() / 1e6;
                    assertThat(line.get("bound_ms").asDouble())
                            .isCloseTo(bound, within(0.02 * bound));
                    double share = bound / line.get("step_ms_p50").asDouble();
                    assertThat(line.get("share_of_bound").asDouble())
                            .isCloseTo(share, within(0.02 * share));
                    assertThat(line.get("share_with_histories"))
                            .isEqualTo(line.get("share_of_bound"));
                    assertThat(line.get("device").asText()).startsWith("Emulated device 1");
                    assertThat(line.get("clock_mhz").asInt()).isEqualTo(1000);
                    assertThat(line.get("memory_clock_mhz").asInt()).isEqualTo(2000);
                    assertThat(line.get("caution").asText()).contains("emulated");
                    assertThat(line.get("sm_mhz").isNull()).isTrue();
                    assertThat(line.get("watts").isNull()).isTrue();
                    assertThat(line.get("clocks_held_by").isNull()).isTrue();
                });
        out.getBuffer().setLength(0);
        assertThat(bench("prefill", "--backend", "cuda")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Emulated device 0", "clocks up to 1000 MHz, memory's 2000 MHz")
                .containsPattern("memory gives [\\d.]+ GB/s read, [\\d.]+ GB/s copied")
                .contains("the driver is emulated: these times mean nothing")
                .containsPattern(" bf16 +f32( +[\\d.]+){6}( +[\\d.]+%){2}( +-){3} +[0-9a-f]{8}\\R");
    }

    /** By a stand-in for the library that tells them (kernels/src/test/c/nvml). */
    @ParameterizedTest
    @CsvSource({
        "decode, --backend=cuda:1 --json, '\"sm_mhz\": 901, \"watts\": 512.5, \"clocks_held_by\": .\"heat\", \"power\".'",
        "prefill, --backend=cuda:1, '% +901 +513  heat, power +[0-9a-f]{8}\\R'",
    })
    void bench_onAGpuThatTellsItsClocks_statesThem(String what, String options, String stated) {
        assumeAGpu();
        Path driver = Path.of(System.getProperty("eddy.cuda.driver"));
        System.setProperty("eddy.nvml", driver.resolveSibling("libnvidia-ml.so.1").toString());
        try {
            assertThat(bench(what, options.split(" "))).as(err.toString()).isZero();
            assertThat(out.toString()).containsPattern(stated);
        } finally {
            System.clearProperty("eddy.nvml");
        }
    }
}
