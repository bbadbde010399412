package dev.eddy.runtime.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exams of models whose answers are known exactly. */
class ExamTest {
    private static final AssociativeRecall RECALL = AssociativeRecall.USUAL;

    @Test
    void induction_ofAMemoryOfAllIds_isPerfectAtAnyLength() {
        InductionHeads task = InductionHeads.USUAL;
        List<Exercise> exercises = new ArrayList<>();
        for (int length : new int[] {3, 64, 257, 2048}) {
            exercises.addAll(task.exercises(length, 9, 5));
        }
        Outcome outcome = RecallTest.exam(Memory.program(16, 16, task.tokens()), exercises, 2048);
        assertThat(outcome.total()).isEqualTo(new Accuracy(36, 36));
        assertThat(outcome.byGroup().keySet()).containsExactly(3, 64, 257, 2048);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 8, 20})
    void recall_ofAMemoryOfSoManyCells_isRightWhereNoKeysShareACell(int cells) {
        List<Exercise> exercises = new ArrayList<>();
        for (int pairs : new int[] {1, 4, 16, 32}) {
            exercises.addAll(RECALL.exercises(pairs, 5, 11));
        }
        Outcome outcome =
                RecallTest.exam(Memory.program(128, cells, RECALL.values()), exercises, 128);
        exercises.stream()
                .collect(
                        java.util.stream.Collectors.groupingBy(
                                Exercise::group,
                                java.util.stream.Collectors.summingLong(e -> expected(e, cells))))
                .forEach((pairs, right) ->
                        assertThat(outcome.byGroup().getOrDefault(pairs, Accuracy.NONE).correct())
                                .as("%d pairs in %d cells", pairs, cells)
                                .isEqualTo(right));
        assertThat(outcome.total().share() == 1).isEqualTo(cells == 128);
    }

    /** Of all values whose keys share a question's cell the least of the most frequent wins. */
    private static long expected(Exercise exercise, int cells) {
        return exercise.questions().stream()
                .filter(question -> {
                    int cell = exercise.ids().get(question.position()) % cells;
                    int[] counts = new int[128];
                    IntStream.range(0, exercise.group())
                            .filter(i -> exercise.ids().get(2 * i) % cells == cell)
                            .forEach(i -> counts[exercise.ids().get(2 * i + 1)]++);
                    int best = 0;
                    for (int id = 1; id < counts.length; id++) {
                        best = counts[id] > counts[best] ? id : best;
                    }
                    return best == question.answer();
                })
                .count();
    }

    @Test
    void put_ofMoreSequencesThanSlots_asksEveryQuestionOnce() {
        List<Exercise> exercises = RECALL.exercises(8, 2 * Exam.SESSIONS + 3, 2);
        Outcome outcome = RecallTest.exam(Memory.program(128, 4, RECALL.values()), exercises, 128);
        assertThat(outcome.total().asked())
                .isEqualTo(exercises.stream().mapToLong(e -> e.questions().size()).sum());
        long right = exercises.stream().mapToLong(e -> expected(e, 4)).sum();
        assertThat(outcome.total().correct()).isEqualTo(right);
    }

    @Test
    void require_ofMoreIdsThanTheModelHas_namesBoth() {
        Program program = Memory.program(16, 4, new IdRange(0, 3));
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, Exam.SESSIONS, Exam.ROWS);
        try (Executable executable = Backends.byName("reference").compile(program, options)) {
            Exam exam = new Exam(program, executable);
            assertThatThrownBy(() -> exam.require(RECALL.vocabulary(), 128))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ids up to 127")
                    .hasMessageContaining("vocabulary of 16");
        }
    }
}
