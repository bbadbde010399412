package dev.eddy.runtime.eval;

import java.util.List;

/**
 * One sequence of a synthetic task and what is asked in it.
 *
 * @param group what the task varies, such as the number of pairs
 * @param ids the sequence
 * @param questions what is asked, by position in ascending order
 */
public record Exercise(int group, List<Integer> ids, List<Question> questions) {
    public Exercise {
        ids = List.copyOf(ids);
        questions = List.copyOf(questions);
    }

    /**
     * One question of a sequence: which id follows?
     *
     * @param position of the last element that the model absorbs before it answers
     * @param answer the one right id
     * @param distance how many elements before {@code position} the answer was shown; 1 is the
     *     element before
     */
    public record Question(int position, int answer, int distance) {}
}
