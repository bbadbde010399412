package dev.eddy.runtime.eval;

import dev.eddy.runtime.eval.Exercise.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A synthetic task: sequences made up from a seed, in which only what was shown earlier tells the
 * answers. Equal tasks, groups and seeds give equal exercises on every machine.
 */
public sealed interface Task permits AssociativeRecall, SelectiveCopying, InductionHeads {
    /** Its name, one word. */
    String name();

    /** What the numbers of {@link Exercise#group} count. */
    String groups();

    /** The smallest vocabulary that has all ids of the task. */
    int vocabulary();

    /**
     * Elements of a sequence of that group.
     *
     * @throws IllegalArgumentException naming the group, and what limits it
     */
    int length(int group);

    /** One exercise of a group whose {@link #length} was asked for. */
    Exercise exercise(int group, SplittableRandom random);

    /**
     * Exercises of one group.
     *
     * @param group what is varied
     * @param count how many
     * @throws IllegalArgumentException if the task has no such group
     */
    default List<Exercise> exercises(int group, int count, long seed) {
        length(group);
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + group);
        List<Exercise> exercises = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            exercises.add(exercise(group, random));
        }
        return exercises;
    }

    /** Numbers {@code 0 .. count - 1} in random order. */
    static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** A sequence and its questions in the making. */
    final class Draft {
        private final int group;
        private final Integer[] ids;
        private final List<Question> questions = new ArrayList<>();

        /** A sequence of {@code length} times {@code filler}. */
        Draft(int group, int length, int filler) {
            this.group = group;
            ids = new Integer[length];
            java.util.Arrays.fill(ids, filler);
        }

        void put(int position, int id) {
            ids[position] = id;
        }

        /** Asks at {@code position} for the id that {@code shown} holds. */
        void ask(int position, int shown) {
            questions.add(new Question(position, ids[shown], position - shown));
        }

        Exercise exercise() {
            questions.sort(java.util.Comparator.comparingInt(Question::position));
            return new Exercise(group, List.of(ids), questions);
        }
    }
}
