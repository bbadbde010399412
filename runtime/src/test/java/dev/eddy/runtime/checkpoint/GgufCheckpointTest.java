package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A GGUF file reads as the Hugging Face checkpoint that it was made from. */
final class GgufCheckpointTest {
    private static Checkpoint gguf(String file) {
        return Checkpoints.open(Resources.file("gguf/" + file + ".gguf"));
    }

    private static Checkpoint golden(String name) {
        return Checkpoints.open(origin(name));
    }

    /** Origins of architectures without goldens here lie beside the GGUF files. */
    private static Path origin(String name) {
        boolean golden = Resources.class.getResource("/goldens/" + name) != null;
        return Resources.file((golden ? "goldens/" : "gguf/origins/") + name);
    }

    private static String stored(String name) {
        return name.endsWith("A_log") ? "-exp(" + name + ")" : name;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mamba", "falcon_mamba", "mamba2", "llama"})
    void open_float32_hasTheNamesShapesAndValuesOfItsOrigin(String name) {
        try (Checkpoint file = gguf(name + "-F32");
                Checkpoint origin = golden(name)) {
            assertThat(file.names())
                    .containsExactlyInAnyOrderElementsOf(
                            origin.names().stream().map(GgufCheckpointTest::stored).toList());
            for (String tensor : origin.names()) {
                Tensor expected = origin.find(tensor).orElseThrow();
                float[] values = expected.toFloats();
                Tensor actual = file.require(stored(tensor), expected.shape());
                assertThat(actual.name()).isEqualTo(stored(tensor));
                if (tensor.endsWith("A_log")) {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = -Functions.exp(values[i]);
                    }
                    assertThat(actual.toFloats())
                            .as(tensor)
                            .usingElementComparator(
                                    (a, b) -> Math.abs(a - b) <= 1e-6f * Math.abs(b) ? 0 : 1)
                            .isEqualTo(values);
                } else {
                    assertThat(actual.toFloats()).as(tensor).isEqualTo(values);
                }
            }
            assertThat(file.unused()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mamba-F16, F16, 2e-3",
        "mamba-BF16, BF16, 0",
        "mamba-Q8_0, Q8_0, 8e-3",
        "mamba-Q4_0, Q4_0, 0.13",
        "mamba2-Q8_0, Q8_0, 8e-3",
        "llama-Q8_0, Q8_0, 8e-3"
    })
    void open_otherTypes_areNearTheirOrigin(String file, DType type, double tolerance) {
        try (Checkpoint checkpoint = gguf(file);
                Checkpoint origin = golden(file.substring(0, file.indexOf('-')))) {
            int compared = 0;
            for (String name : origin.names()) {
                Tensor tensor = checkpoint.find(stored(name)).orElseThrow();
                if (tensor.dtype() != type) {
                    assertThat(tensor.dtype()).as(name).isEqualTo(DType.F32);
                    continue;
                }
                float[] values = origin.find(name).orElseThrow().toFloats();
                float[] actual = tensor.toFloats();
                double largest = 0;
                for (float value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int i = 0; i < values.length; i++) {
                    assertThat(Math.abs(actual[i] - values[i]))
                            .as("%s[%d]", name, i)
                            .isLessThanOrEqualTo((float) (tolerance * largest));
                }
                compared++;
            }
            assertThat(compared).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void config_ofMamba_hasTheKeysOfConfigJson() {
        Config config = Checkpoints.config(Resources.file("gguf/mamba-F32.gguf"));
        Config origin = Checkpoints.config(origin("mamba"));
        List<String> keys = new ArrayList<>(config.keys());
        assertThat(keys).contains("model_type", "state_size", "tie_word_embeddings");
        for (String key : keys) {
            assertThat(value(config, key)).as(key).isEqualTo(value(origin, key));
        }
        assertThat(
                        Checkpoints.config(Resources.file("gguf/falcon_mamba-F32.gguf"))
                                .stringOf("model_type"))
                .isEqualTo("falcon_mamba");
    }

    @ParameterizedTest
    @CsvSource({"mamba2, norm_by_group", "llama, none"})
    void config_hasTheKeysOfConfigJson(String name, String added) {
        Config config = Checkpoints.config(Resources.file("gguf/" + name + "-F32.gguf"));
        Config origin = Checkpoints.config(origin(name));
        for (String key : config.keys()) {
            if (!key.equals(added)) {
                assertThat(value(config, key)).as(key).isEqualTo(value(origin, key));
            }
        }
    }

    /** The canonical text of one key. */
    private static String value(Config config, String key) {
        if (config.isObject(key)) {
            return config.at(key).canonical();
        }
        String canonical = config.canonical();
        int from = canonical.indexOf("\"" + key + "\":");
        assertThat(from).as("%s in %s", key, canonical).isNotNegative();
        return canonical.substring(from, Math.max(canonical.indexOf(',', from), from));
    }

    @Test
    void require_ofAnotherShape_namesFileGgmlNameAndBoth() {
        try (Checkpoint checkpoint = gguf("mamba-F32")) {
            assertThatThrownBy(() ->
                            checkpoint.require(
                                    "backbone.layers.1.mixer.in_proj.weight", Shape.of(3, 4)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("mamba-F32.gguf (blk.1.ssm_in.weight)")
                    .hasMessageContaining("expected shape [3, 4], found F32 [128, 32]");
        }
    }

    @Test
    void digest_ofTheSameWeightsAndSettings_isTheSame() {
        try (Checkpoint one = gguf("llama-F32");
                Checkpoint two = gguf("llama-F32");
                Checkpoint other = gguf("llama-Q8_0")) {
            assertThat(one.digest()).isEqualTo(two.digest()).isNotEqualTo(other.digest());
            assertThat(one.bytes()).isGreaterThan(3 * other.bytes());
        }
    }
}
