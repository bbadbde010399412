package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trained models of associative recall answer as their reference does, and so reach its accuracy:
 * here weights, memory and arithmetic have to mean what training meant.
 */
class RecallTest {
    private static final float LARGE_MARGIN = 1e-3f;

    static Stream<String> models() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RecallTest.class.getResource("/recall")).toURI());
    }

    private static Config json(Path file) throws IOException {
        return Config.parse(file.toString(), Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("models")
    void answers_ofATrainedModel_areItsReferences(String name)
            throws IOException, URISyntaxException {
        Config reference = json(folder().resolve(name).resolve("reference.json"));
        List<Config> sequences = json(folder().resolve("recall_eval.json")).objectsOf("sequences");
        Backend backend = Backends.byName("reference");
        int correct = 0;
        int queries = 0;
        try (Checkpoint checkpoint = Checkpoints.open(folder().resolve(name))) {
            Program program =
                    Architectures.record(checkpoint.config(), Models.weights(checkpoint)).program();
            for (Config sequence : sequences) {
                int[] ids = ids(sequence, "tokens");
                float[] logits = Golden.logits(backend, program, ids, ids.length, 1);
                List<Integer> answers = sequence.intsOf("answers");
                List<Integer> positions = sequence.intsOf("query_positions");
                for (int i = 0; i < answers.size(); i++) {
                    correct += argmax(logits, positions.get(i), ids) == answers.get(i) ? 1 : 0;
                    queries++;
                }
            }
        }
        assertThat(queries).isEqualTo(reference.intOf("queries"));
        // Where two ids are all but equally likely either may win; an answer in a thousand may.
        int doubtful =
                reference.floatOf("smallest_top1_margin") > LARGE_MARGIN ? 0 : queries / 1000;
        assertThat(correct)
                .as("%s: correct answers of %d", name, queries)
                .isBetween(
                        reference.intOf("correct") - doubtful,
                        reference.intOf("correct") + doubtful);
    }

    private static int[] ids(Config sequence, String key) {
        return sequence.intsOf(key).stream().mapToInt(i -> i).toArray();
    }

    private static int argmax(float[] logits, int position, int[] ids) {
        int width = logits.length / ids.length;
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = logits[position * width + i] > logits[position * width + best] ? i : best;
        }
        return best;
    }
}
