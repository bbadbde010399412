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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eddy bench products} on the emulated driver, whose times mean nothing. */
final class BenchProductsCommandTest {
    private static final String LIBRARY = "eddy.cublaslt";

    /** The stand-in that the kernels' tests compute with, beside the driver. */
    private static final Path STAND_IN =
            Path.of(System.getProperty("eddy.cuda.driver", "none"))
                    .resolveSibling("libcublasLt.so.13");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void needsTheDriver() {
        Assumptions.assumeTrue(
                Backends.all().stream()
                        .anyMatch(b -> b.name().equals("cuda") && b.unavailable().isEmpty()),
                "no emulated CUDA driver was built");
        System.setProperty(LIBRARY, STAND_IN.toString());
    }

    @AfterEach
    void forgetTheLibrary() {
        System.clearProperty(LIBRARY);
    }

    private int run(String... args) {
        return Commands.run(out, err, args);
    }

    @Test
    void products_ofAModel_areItsShapesAsOftenAsItHasThem() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "mamba", "vocab_size": 50, "hidden_size": 16, "num_hidden_layers": 2}
                """);
        String model = folder.toString();
        assertThat(run("bench", "products", "--model", model, "--rows", "1,3", "--json"))
                .as(err.toString())
                .isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        JsonNode device = lines.removeFirst();
        assertThat(device.get("read_gb_per_second").asDouble()).isPositive();
        assertThat(device.get("copy_gb_per_second").asDouble()).isPositive();
        assertThat(device.get("clock_mhz").asInt()).isEqualTo(1000);
        assertThat(device.get("memory_clock_mhz").asInt()).isEqualTo(2000);
        assertThat(device.get("caution").asText()).contains("emulated");
        assertThat(device.get("library").asText()).startsWith("cuBLASLt 13.2.4 (");
        assertThat(lines)
                .extracting(line ->
                        "%dx%d %d times, %d rows"
                                .formatted(
                                        line.get("outputs").asInt(),
                                        line.get("depth").asInt(),
                                        line.get("in_step").asInt(),
                                        line.get("rows").asInt()))
                .containsExactly(
                        "64x16 2 times, 1 rows",
                        "64x16 2 times, 3 rows",
                        "33x32 2 times, 1 rows",
                        "33x32 2 times, 3 rows",
                        "32x1 2 times, 1 rows",
                        "32x1 2 times, 3 rows",
                        "16x32 2 times, 1 rows",
                        "16x32 2 times, 3 rows",
                        "50x16 1 times, 1 rows",
                        "50x16 1 times, 3 rows");
        for (JsonNode line : lines) {
            JsonNode library = line.get("library");
            double micros = line.get("us").asDouble();
            assertThat(micros).isPositive();
            assertThat(library.get("difference").asDouble()).isLessThan(1e-5);
            assertThat(library.get("ratio").asDouble() * micros / library.get("us").asDouble())
                    .isBetween(0.9, 1.1);
        }
    }

    @Test
    void products_withoutTheLibrary_areOursAndSayWhatWasTried() {
        System.setProperty(LIBRARY, "/nowhere/libcublasLt.so");
        assertThat(run("bench", "products", "--shapes", "24x40,8x8", "--rows", "2")).isZero();
        assertThat(out.toString())
                .contains("beside: no cuBLASLt, tried /nowhere/libcublasLt.so (cannot be loaded)")
                .contains("the driver is emulated: these times mean nothing")
                .containsPattern(" 24 +40 +1 +2 +[\\d.]+ +[\\d.]+ +[\\d.]+ +none\\R")
                .containsPattern(" 8 +8 +1 +2 +[\\d.]+ +[\\d.]+ +[\\d.]+ +none\\R");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu|8x8|1|--backend cpu is no GPU; bench products measures cuda's",
                "cuda|8|1|--shapes: '8' is no shape; write outputs x depth, as 10240x2560",
                "cuda|0x8|1|a product of 0 outputs and depth 8: both must be 1 or more",
                "cuda|8x8|0|--rows is 0; it must be 1 or more",
                "cuda:9|8x8|1|there is no device cuda:9; the driver counts 2 from cuda:0"
            })
    void products_ofWhatCannotBe_saySoInOneLine(
            String backend, String shape, String rows, String message) {
        assertThat(
                        run(
                                "bench",
                                "products",
                                "--backend",
                                backend,
                                "--shapes",
                                shape,
                                "--rows",
                                rows))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("eddy: " + message + System.lineSeparator());
    }
}
