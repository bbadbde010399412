package dev.eddy.runtime.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Selective copying (Mamba, arXiv:2312.00752, section 3.1 and appendix E.1): tokens at random
 * places in between noise, then as many markers; at each marker the model has to answer with the
 * next of the tokens, in order. Answers are never fed back. The group is the number of tokens.
 *
 * @param length elements of a sequence before its markers
 * @param tokens ids of what is to be copied
 * @param noise the id in between
 * @param marker the id at which the model answers
 */
public record SelectiveCopying(int length, IdRange tokens, int noise, int marker) implements Task {
    /** The layout of the Mamba paper: a vocabulary of 16 whose last id is the marker. */
    public static final SelectiveCopying USUAL =
            new SelectiveCopying(4096, new IdRange(1, 14), 0, 15);

    /**
     * The task.
     *
     * @throws IllegalArgumentException if an id has two meanings
     */
    public SelectiveCopying {
        if (tokens.contains(noise) || tokens.contains(marker) || noise == marker) {
            throw new IllegalArgumentException(
                    "tokens %s, noise %d and marker %d share ids: give each ids of its own"
                            .formatted(tokens, noise, marker));
        }
    }

    @Override
    public String name() {
        return "copying";
    }

    @Override
    public String groups() {
        return "tokens";
    }

    @Override
    public int vocabulary() {
        return 1 + Math.max(tokens.last(), Math.max(noise, marker));
    }

    @Override
    public int length(int count) {
        if (count < 1 || count > length) {
            throw new IllegalArgumentException(
                    "%d tokens to copy do not fit among %d elements: 1 to %d do"
                            .formatted(count, length, length));
        }
        return length + count;
    }

    @Override
    public Exercise exercise(int count, SplittableRandom random) {
        Task.Draft draft = new Task.Draft(count, length + count, noise);
        int[] places = Arrays.copyOf(Task.shuffled(length, random), count);
        Arrays.sort(places);
        for (int i = 0; i < count; i++) {
            draft.put(places[i], tokens.first() + random.nextInt(tokens.size()));
        }
        for (int i = 0; i < count; i++) {
            draft.put(length + i, marker);
            draft.ask(length + i, places[i]);
        }
        return draft.exercise();
    }
}
