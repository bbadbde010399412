package dev.eddy.runtime.eval;

import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.eval.Exercise.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Exercises of associative recall in a JSON file: {@code sequences}, each with {@code pairs},
 * {@code tokens}, {@code query_positions} and {@code answers}.
 */
public final class RecallFile {
    private RecallFile() {}

    /**
     * Reads a file's exercises.
     *
     * @throws CheckpointException naming file, key, expected and found
     */
    public static List<Exercise> read(Path file) throws IOException {
        Config config = Config.parse(file.toString(), Files.readAllBytes(file));
        List<Exercise> exercises = new ArrayList<>();
        for (Config sequence : config.objectsOf("sequences")) {
            List<Integer> ids = sequence.intsOf("tokens");
            List<Integer> positions = sequence.intsOf("query_positions");
            List<Integer> answers = sequence.intsOf("answers");
            if (positions.size() != answers.size()) {
                throw sequence.refuse("answers", "as many as query_positions, " + positions.size());
            }
            List<Question> questions = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                int position = positions.get(i);
                if (position < 1
                        || position >= ids.size()
                        || i > 0 && position <= positions.get(i - 1)) {
                    throw sequence.refuse(
                            "query_positions", "ascending positions from 1 to " + (ids.size() - 1));
                }
                int value = ids.indexOf(ids.get(position)) + 1;
                if (value > position || !ids.get(value).equals(answers.get(i))) {
                    throw sequence.refuse("answers", "the ids that followed the keys at first");
                }
                questions.add(new Question(position, answers.get(i), position - value));
            }
            exercises.add(new Exercise(sequence.positive("pairs"), ids, questions));
        }
        return exercises;
    }
}
