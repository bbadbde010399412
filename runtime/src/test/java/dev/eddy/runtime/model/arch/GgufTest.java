package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.Resources;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models from GGUF files compute what those from their origins compute. */
final class GgufTest {
    private static Config origin(Golden golden) throws IOException {
        String json = Files.readString(golden.directory().resolve("config.json"));
        // llama.cpp normalises each of mamba2's groups by itself, as its training code does.
        String grouped = json.replaceFirst("\\{", "{\"norm_by_group\": true,");
        return Config.parse("config.json", golden.name().equals("mamba2") ? grouped : json);
    }

    @ParameterizedTest
    @CsvSource({
        "mamba, F32, 2e-4",
        "falcon_mamba, F32, 2e-4",
        "mamba2, F32, 2e-4",
        "mamba, BF16, 2e-4",
        "mamba, F16, 2e-3"
    })
    void logits_ofAGgufFile_areThoseOfItsOrigin(String name, String type, double tolerance)
            throws IOException {
        Golden golden = Golden.of(name);
        try (Checkpoint file =
                        Checkpoints.open(Resources.file("gguf/" + name + "-" + type + ".gguf"));
                Checkpoint origin = golden.checkpoint();
                Checkpoint tokens = golden.expected("golden.safetensors")) {
            int[] ids = Golden.ids(tokens, "tokens");
            float[] expected = logits(origin(golden), origin, ids);
            float[] actual = logits(file.config(), file, ids);
            assertThat(actual).hasSameSizeAs(expected);
            double largest = 0;
            double deviation = 0;
            for (int i = 0; i < actual.length; i++) {
                largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
                deviation += (double) expected[i] * expected[i] / expected.length;
            }
            assertThat(largest / Math.max(1, Math.sqrt(deviation)))
                    .as("%s in %s: largest logit difference", name, type)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** Eight bits keep about two digits of a logit. */
    @ParameterizedTest
    @ValueSource(strings = {"mamba", "mamba2"})
    void logits_ofAQuantisedFile_deviateByAFewPercent(String name) throws IOException {
        Golden golden = Golden.of(name);
        try (Checkpoint file = Checkpoints.open(Resources.file("gguf/" + name + "-Q8_0.gguf"));
                Checkpoint origin = golden.checkpoint();
                Checkpoint tokens = golden.expected("golden.safetensors")) {
            int[] ids = Golden.ids(tokens, "tokens");
            float[] expected = logits(origin(golden), origin, ids);
            float[] actual = logits(file.config(), file, ids);
            double difference = 0;
            double size = 0;
            for (int i = 0; i < actual.length; i++) {
                difference += Math.pow((double) actual[i] - expected[i], 2);
                size += Math.pow(expected[i], 2);
            }
            assertThat(Math.sqrt(difference / size)).isBetween(1e-4, 0.05);
        }
    }

    private static float[] logits(Config config, Checkpoint checkpoint, int[] ids) {
        Program program = Architectures.record(config, Models.weights(checkpoint)).program();
        return Golden.logits(Backends.byName("reference"), program, ids, ids.length, 1);
    }
}
