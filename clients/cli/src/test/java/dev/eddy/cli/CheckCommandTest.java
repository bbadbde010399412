package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eddy check}: it passes what is right, and fails what is not. */
final class CheckCommandTest {
    private static final Path GOLDENS =
            Path.of("..", "..", "runtime", "src", "test", "resources", "goldens");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private int check(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "check";
        args[1] = "--rows";
        args[2] = "16";
        System.arraycopy(more, 0, args, 3, more.length);
        return Commands.run(out, err, args);
    }

    @Test
    void check_ofAGolden_passesOnEveryBackendThatCanRunHere() {
        List<String> backends =
                Backends.all().stream()
                        .filter(backend -> backend.unavailable().isEmpty())
                        .map(Backend::name)
                        .filter(backend -> !backend.equals("reference"))
                        .toList();
        assertThat(backends).contains("cpu");
        for (String backend : backends) {
            assertThat(
                            check(
                                    GOLDENS.resolve("mamba").toString(),
                                    "--backend",
                                    backend,
                                    "--dtype",
                                    "f32"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString())
                    .containsPattern("mamba +\\S+ +\\S+ +equal +yes ")
                    .contains("1 of 1 passed and 0 were refused on " + backend + " in f32");
        }
    }

    @Test
    void check_inBfloat16_allowsWhatRoundingPutsTheReferenceOff() {
        // Whose small random weights make much of a rounding: 0.28 where the logits' deviation is
        // 2.1.
        String golden = GOLDENS.resolve("gated_deltanet").toString();
        assertThat(check(golden, "--backend", "cpu", "--dtype", "bf16"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("gated_deltanet +2\\.82e-01 +\\S+ +0.00e\\+00 +yes ");
    }

    @Test
    void check_inBfloat16OfOtherWeightsThanTheGoldens_fails() throws IOException {
        assertThat(check(broken().toString(), "--backend", "cpu", "--dtype", "bf16")).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED: the logits are not the third party's");
    }

    @Test
    void check_ofOtherWeightsThanTheGoldens_fails() throws IOException {
        assertThat(check(broken().toString(), "--backend", "cpu", "--dtype", "f32")).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED: the logits are not the third party's");
        assertThat(err.toString()).contains("1 of 1 goldens failed", "no golden passed");
    }

    /** A folder with a golden of whose checkpoint one weight is another. */
    private Path broken() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("mamba"));
        for (String file : new String[] {"config.json", "golden.safetensors"}) {
            Files.copy(GOLDENS.resolve("mamba").resolve(file), copy.resolve(file));
        }
        byte[] weights = Files.readAllBytes(GOLDENS.resolve("mamba/model.safetensors"));
        weights[weights.length - 1] ^= 0x40; // the exponent of the last weight
        Files.write(copy.resolve("model.safetensors"), weights);
        return folder;
    }

    @Test
    void check_ofSomeIds_looksAtTheseAlone() {
        String golden = GOLDENS.resolve("gated_deltanet").toString();
        assertThat(check(golden, "--backend", "cpu", "--dtype", "bf16", "--ids", "3"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("gated_deltanet +\\d\\.\\d\\de-02 ") // the largest of all is 0.28
                .contains("1 of 1 passed");
        assertThat(check(golden, "--ids", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("--ids");
    }

    @Test
    void check_ofWhatHoldsNoGolden_isRefused() {
        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("has no golden.safetensors");
    }
}
