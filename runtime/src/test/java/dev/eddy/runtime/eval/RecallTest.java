package dev.eddy.runtime.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
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

    @ParameterizedTest
    @MethodSource("models")
    void answers_ofATrainedModel_areItsReferences(String name)
            throws IOException, URISyntaxException {
        Path file = folder().resolve(name).resolve("reference.json");
        Config reference = Config.parse(file.toString(), Files.readString(file));
        List<Exercise> exercises = RecallFile.read(folder().resolve("recall_eval.json"));
        Outcome outcome;
        try (Model model = Models.open(folder().resolve(name).toString())) {
            outcome = exam(model.plan().program(), exercises, 128);
        }
        int queries = reference.intOf("queries");
        assertThat(outcome.total().asked()).isEqualTo(queries);
        // Where two ids are all but equally likely either may win; an answer in a thousand may.
        int doubtful =
                reference.floatOf("smallest_top1_margin") > LARGE_MARGIN ? 0 : queries / 1000;
        int correct = reference.intOf("correct");
        assertThat(outcome.total().correct())
                .as("%s: correct answers of %d", name, queries)
                .isBetween((long) correct - doubtful, (long) correct + doubtful);
        Config byPairs = reference.at("accuracy_by_pairs");
        assertThat(outcome.byGroup()).hasSameSizeAs(byPairs.keys());
        outcome.byGroup()
                .forEach((pairs, accuracy) ->
                        assertThat(accuracy.share())
                                .as("%s: accuracy at %d pairs", name, pairs)
                                .isCloseTo(
                                        byPairs.doubleOf(pairs.toString()),
                                        within(6e-5 + (double) doubtful / accuracy.asked())));
        assertThat(outcome.byDistance().values().stream().mapToLong(Accuracy::asked).sum())
                .isEqualTo(queries);
    }

    /** What a program answers on the reference backend. */
    static Outcome exam(Program program, List<Exercise> exercises, int positions) {
        CompileOptions options =
                CompileOptions.of(WeightType.F32, 1, Exam.SESSIONS, Exam.ROWS)
                        .withPositions(Exam.SESSIONS * Exam.positions(positions));
        try (Executable executable = Backends.byName("reference").compile(program, options)) {
            return new Exam(program, executable).put(exercises, _ -> {});
        }
    }
}
