package dev.eddy.runtime.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.eval.Exercise.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The sequences of the synthetic tasks, and those of files. */
class TaskTest {
    @TempDir private Path folder;

    static Stream<Arguments> tasks() {
        return Stream.of(
                Arguments.of(AssociativeRecall.USUAL, 32),
                Arguments.of(new SelectiveCopying(100, new IdRange(1, 14), 0, 15), 16),
                Arguments.of(InductionHeads.USUAL, 200));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void exercises_ofOneSeed_areAlwaysTheSame(Task task, int group) {
        List<Exercise> exercises = task.exercises(group, 4, 7);
        assertThat(task.exercises(group, 4, 7)).isEqualTo(exercises);
        assertThat(task.exercises(group, 4, 8)).isNotEqualTo(exercises);
        assertThat(exercises).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void answers_wereShownAtTheirDistance(Task task, int group) {
        for (Exercise exercise : task.exercises(group, 4, 7)) {
            assertThat(exercise.ids()).hasSize(task.length(group));
            assertThat(exercise.ids()).allMatch(id -> id >= 0 && id < task.vocabulary());
            assertThat(exercise.questions()).isNotEmpty();
            for (Question question : exercise.questions()) {
                assertThat(exercise.ids().get(question.position() - question.distance()))
                        .isEqualTo(question.answer());
            }
        }
    }

    @Test
    void recall_asksEveryKeyAndFillsHalfTheRest() {
        for (Exercise exercise : AssociativeRecall.USUAL.exercises(16, 8, 3)) {
            List<Integer> keys =
                    Stream.iterate(0, i -> i + 2).limit(16).map(exercise.ids()::get).toList();
            assertThat(keys)
                    .doesNotHaveDuplicates()
                    .allMatch(AssociativeRecall.USUAL.keys()::contains);
            assertThat(exercise.questions()).hasSize((128 - 32) / 2);
            List<Integer> asked =
                    exercise.questions().stream()
                            .map(question -> exercise.ids().get(question.position()))
                            .toList();
            assertThat(asked).containsAll(keys).allMatch(keys::contains);
            assertThat(exercise.ids().stream().filter(id -> id == 3)).hasSize(48);
        }
    }

    @Test
    void copying_asksForTheTokensInOrder() {
        SelectiveCopying task = new SelectiveCopying(64, new IdRange(1, 14), 0, 15);
        for (Exercise exercise : task.exercises(10, 8, 3)) {
            assertThat(exercise.questions().stream().map(Question::answer))
                    .containsExactlyElementsOf(
                            exercise.ids().stream().filter(task.tokens()::contains).toList());
            assertThat(exercise.ids().subList(64, 74)).containsOnly(15);
        }
    }

    @Test
    void induction_showsTheSpecialIdTwice() {
        for (Exercise exercise : InductionHeads.USUAL.exercises(50, 8, 3)) {
            assertThat(exercise.ids().stream().filter(id -> id == 15)).hasSize(2);
            assertThat(exercise.ids().getLast()).isEqualTo(15);
        }
    }

    @Test
    void groups_thatDoNotFit_areRefusedWithTheirLimit() {
        assertThatThrownBy(() -> AssociativeRecall.USUAL.exercises(63, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63 pairs")
                .hasMessageContaining("1 to 62");
        assertThatThrownBy(() -> InductionHeads.USUAL.exercises(2, 1, 1))
                .hasMessageContaining("2 elements");
        assertThatThrownBy(() -> SelectiveCopying.USUAL.exercises(4097, 1, 1))
                .hasMessageContaining("4097 tokens");
        assertThatThrownBy(
                        () -> new AssociativeRecall(64, new IdRange(1, 9), new IdRange(9, 12), 0))
                .hasMessageContaining("share ids");
    }

    @Test
    void recallFile_ofWhatATaskMadeUp_isTheSame() throws IOException {
        List<Exercise> exercises = AssociativeRecall.USUAL.exercises(8, 3, 4);
        StringBuilder json = new StringBuilder();
        for (Exercise exercise : exercises) {
            json.append(json.isEmpty() ? "{\"sequences\": [" : ",")
                    .append("{\"pairs\": 8, \"tokens\": ")
                    .append(exercise.ids())
                    .append(", \"query_positions\": ")
                    .append(exercise.questions().stream().map(Question::position).toList())
                    .append(", \"answers\": ")
                    .append(exercise.questions().stream().map(Question::answer).toList())
                    .append("}");
        }
        Path file = Files.writeString(folder.resolve("recall.json"), json + "]}");
        assertThat(RecallFile.read(file)).isEqualTo(exercises);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[5,70,3,5] | [3]   | [71]   | answers",
                "[5,70,3,5] | [3]   | [70,3] | answers",
                "[5,70,3,5] | [4]   | [70]   | query_positions",
                "[5,70,3,5] | [3,3] | [70,70]| query_positions",
                "[5,70,3,6] | [3]   | [70]   | answers"
            })
    void recallFile_thatIsWrong_isRefusedByKey(
            String tokens, String positions, String answers, String key) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("recall.json"),
                        "{\"sequences\": [{\"pairs\": 1, \"tokens\": %s, \"query_positions\": %s, \"answers\": %s}]}"
                                .formatted(tokens, positions, answers));
        assertThatThrownBy(() -> RecallFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("sequences[0]." + key);
    }
}
