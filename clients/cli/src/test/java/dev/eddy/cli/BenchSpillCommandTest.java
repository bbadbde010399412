package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** {@code eddy bench spill}. */
final class BenchSpillCommandTest {
    /**
     * Of two layers of Mamba of 64 channels: windows [3, 64], states [64, 16], the last row [32]
     * and the sampler's 258 numbers, the last at a multiple of 64 bytes.
     */
    private static final long STATE = 2 * 4 * (3 * 64 + 64 * 16) + 4 * 32 + 1088;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void writeTheConfig() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "mamba", "vocab_size": 100, "hidden_size": 32, "num_hidden_layers": 2}
                """);
    }

    private int spill(String... more) {
        List<String> args = new ArrayList<>(List.of("bench", "spill", "--random-weights"));
        args.addAll(List.of("--model", folder.toString()));
        args.addAll(List.of(more));
        return Commands.run(out, err, args.toArray(String[]::new));
    }

    @Test
    void spill_onTheCpu_printsRatesAndHowManyFitTheSettings() throws IOException {
        assertThat(spill("--backend", "cpu", "--sessions", "5", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("sessions").asInt()).isEqualTo(5);
        assertThat(json.get("state_bytes").asLong()).isEqualTo(STATE);
        for (String rate : new String[] {"out", "in", "from_store", "store", "stores"}) {
            assertThat(json.get(rate + "_gb_per_second").asDouble()).as(rate).isPositive();
        }
        assertThat(json.get("store_threads").asInt()).isPositive();
        assertThat(json.get("one_out_ms").asDouble()).isPositive();
        assertThat(json.get("block_ms").asDouble()).isPositive();
        JsonNode disk = json.get("disk");
        assertThat(disk.get("folder").asText()).isEqualTo(System.getProperty("java.io.tmpdir"));
        assertThat(disk.get("file_system").asText()).isNotEmpty();
        assertThat(disk.get("write_gb_per_second").asDouble()).isPositive();
        assertThat(disk.get("read_gb_per_second").asDouble()).isPositive();
        assertThat(disk.get("force_share").asDouble()).isBetween(0.0, 1.0);
        assertThat(disk.get("past_page_cache").isBoolean()).isTrue();
        assertThat(json.get("fit_device").isNull()).isTrue();
        assertThat(json.get("fit_host_memory").asLong()).isEqualTo((2L << 30) / STATE);
        assertThat(json.get("fit_store").asLong()).isEqualTo((4L << 30) / STATE);
        assertThat(json.has("bus_to_gb_per_second")).isFalse();
    }

    @Test
    void spill_onAGpu_printsTheBusToo() throws IOException {
        Assumptions.assumeTrue(
                Backends.all().stream()
                        .anyMatch(b -> b.name().equals("cuda") && b.unavailable().isEmpty()),
                "no emulated CUDA driver was built");
        assertThat(spill("--backend", "cuda:1", "--dtype", "bf16", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("sessions").asInt()).isEqualTo(16);
        assertThat(json.get("state_bytes").asLong()).isEqualTo(STATE);
        for (String rate : new String[] {"out", "in", "store", "bus_to", "bus_from", "read"}) {
            assertThat(json.get(rate + "_gb_per_second").asDouble()).as(rate).isPositive();
        }
        assertThat(json.get("device").asText()).startsWith("Emulated device 1");
        // Of the emulated device's 4 GiB weights and scratch take little.
        assertThat(json.get("fit_device").asLong())
                .isBetween((3L << 30) / STATE, (4L << 30) / STATE);
        out.getBuffer().setLength(0);
        assertThat(spill("--backend", "cuda", "--sessions", "2")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("2 sessions of " + String.format("%,d", STATE) + " bytes")
                .containsPattern(
                        "device -> host memory +[\\d.]+ GB/s \\(\\d+ % of the [\\d.]+ the bus")
                .containsPattern(
                        "host memory -> device +[\\d.]+ GB/s \\(\\d+ % of the [\\d.]+ the bus")
                .containsPattern(
                        "host memory -> store +[\\d.]+ GB/s by one thread(, [\\d.]+ by \\d)?; the")
                .containsPattern("store -> device +[\\d.]+ GB/s \\(\\d+ % of the [\\d.]+ the bus")
                .containsPattern(
                        "host memory -> disk +[\\d.]+ GB/s, by one thread, through the page")
                .containsPattern(
                        "disk -> host memory +[\\d.]+ GB/s, by one thread, (past|from) the page")
                .containsPattern("room for [\\d,]+ sessions in slots of the device");
    }

    @Test
    void spill_toAFolder_leavesNothingThere(@TempDir Path disk) throws IOException {
        assertThat(spill("--backend", "cpu", "--sessions", "3", "--disk", disk.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(" in " + disk + System.lineSeparator());
        assertThat(disk).isEmptyDirectory();
    }

    @Test
    void spill_toWhatIsNoFolderToWriteIn_saysSo() {
        Path missing = folder.resolve("missing");
        Path file = folder.resolve("config.json");
        assertThat(spill("--disk", missing.toString())).isEqualTo(1);
        assertThat(spill("--disk", file.toString())).isEqualTo(1);
        assertThat(spill("--disk", "/proc")).isEqualTo(1); // where not even root may write
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "eddy: --disk is %s, which is not there; it must be a folder to write in",
                                                missing),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "eddy: --disk is %s, which is no folder; it must be a folder to write in",
                                                file),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "eddy: --disk is /proc, where no file can be made (/proc/")
                                        .endsWith("); it must be a folder to write in"));
    }

    @Test
    void spill_ofNoSession_isRefused() {
        assertThat(spill("--sessions", "0")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("eddy: --sessions is 0; it must be 1 or more" + System.lineSeparator());
    }
}
