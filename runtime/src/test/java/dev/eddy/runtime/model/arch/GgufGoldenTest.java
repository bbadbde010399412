package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.GgufConversion.Matrices;
import dev.eddy.runtime.checkpoint.GgufConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goldens written as GGUF files in llama.cpp's layout: the models read from them compute the third
 * party's logits.
 */
final class GgufGoldenTest {
    @TempDir private Path folder;

    static List<String> names() {
        return GgufConverter.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void logits_ofAFloatFile_areTheReferences(String name) throws IOException {
        Golden golden = Golden.of(name);
        try (Checkpoint file = gguf(golden, Matrices.FLOAT);
                Checkpoint tokens = golden.expected("golden.safetensors")) {
            float[] expected = Golden.floats(tokens, "logits");
            float[] actual = logits(file, Golden.ids(tokens, "tokens"));
            assertThat(actual).hasSameSizeAs(expected);
            double largest = 0;
            double size = 0;
            for (int i = 0; i < actual.length; i++) {
                double difference = Math.abs((double) actual[i] - expected[i]);
                largest = difference <= largest ? largest : difference; // a NaN wins
                size += (double) expected[i] * expected[i] / expected.length;
            }
            assertThat(largest / Math.max(1, Math.sqrt(size)))
                    .as("%s: largest logit difference", name)
                    .isLessThanOrEqualTo(2e-4);
            assertThat(file.unused()).as("%s: tensors that nothing uses", name).isEmpty();
        }
    }

    /** Whatever is renamed, split, joined or scaled, quantised blocks keep what they stand for. */
    @ParameterizedTest
    @MethodSource("names")
    void logits_ofAQuantisedFile_areThoseOfTheNumbersItStandsFor(String name) throws IOException {
        Golden golden = Golden.of(name);
        try (Checkpoint quantised = gguf(golden, Matrices.QUANTISED);
                Checkpoint decoded = gguf(golden, Matrices.DECODED);
                Checkpoint tokens = golden.expected("golden.safetensors")) {
            assertThat(types(quantised)).contains(DType.Q8_0);
            assertThat(types(decoded)).containsOnly(DType.F32);
            int[] ids = Golden.ids(tokens, "tokens");
            float[] actual = logits(quantised, ids);
            assertThat(actual).as(name).isEqualTo(logits(decoded, ids));
            assertThat(actual).as(name).isNotEqualTo(Golden.floats(tokens, "logits"));
        }
    }

    private static Set<DType> types(Checkpoint checkpoint) {
        return checkpoint.names().stream()
                .map(name -> checkpoint.find(name).orElseThrow().dtype())
                .collect(Collectors.toSet());
    }

    private Checkpoint gguf(Golden golden, Matrices kind) throws IOException {
        Path path = folder.resolve(golden.name() + kind + ".gguf");
        try (Checkpoint origin = golden.checkpoint()) {
            Files.write(path, GgufConverter.convert(golden.name(), origin, kind));
        }
        return Checkpoints.open(path);
    }

    private static float[] logits(Checkpoint checkpoint, int[] ids) {
        Program program =
                Architectures.record(checkpoint.config(), Models.weights(checkpoint)).program();
        return Golden.logits(Backends.byName("reference"), program, ids, ids.length, 1);
    }
}
