package dev.eddy.runtime.eval;

import java.util.SplittableRandom;

/**
 * Multi-query associative recall (Zoology, arXiv:2312.04927, section 4): pairs of a key and its
 * value, then the keys again at random places in between filler; after each the model has to answer
 * with the key's value, which is never shown a second time. Half of the places after the pairs are
 * questions, and every key is asked for at least once if there are that many. The group is the
 * number of pairs.
 *
 * @param length elements of a sequence
 * @param keys ids of keys; each is used at most once in a sequence
 * @param values ids of values
 * @param filler the id in between
 */
public record AssociativeRecall(int length, IdRange keys, IdRange values, int filler)
        implements Task {
    /** The layout that the recall checkpoints among Eddy's tests were trained with. */
    public static final AssociativeRecall USUAL =
            new AssociativeRecall(128, new IdRange(4, 65), new IdRange(66, 127), 3);

    /**
     * The task.
     *
     * @throws IllegalArgumentException if an id has two meanings
     */
    public AssociativeRecall {
        if (keys.overlaps(values) || keys.contains(filler) || values.contains(filler)) {
            throw new IllegalArgumentException(
                    "keys %s, values %s and filler %d share ids: give each ids of its own"
                            .formatted(keys, values, filler));
        }
    }

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public String groups() {
        return "pairs";
    }

    @Override
    public int vocabulary() {
        return 1 + Math.max(filler, Math.max(keys.last(), values.last()));
    }

    @Override
    public int length(int pairs) {
        int most = Math.min(keys.size(), (length - 2) / 2);
        if (pairs < 1 || pairs > most) {
            throw new IllegalArgumentException(
                    "%d pairs do not fit: %d keys and sequences of %d elements, two of them a pair and two at the end, allow 1 to %d"
                            .formatted(pairs, keys.size(), length, most));
        }
        return length;
    }

    @Override
    public Exercise exercise(int pairs, SplittableRandom random) {
        Task.Draft draft = new Task.Draft(pairs, length, filler);
        int[] key = Task.shuffled(keys.size(), random);
        for (int i = 0; i < pairs; i++) {
            draft.put(2 * i, keys.first() + key[i]);
            draft.put(2 * i + 1, values.first() + random.nextInt(values.size()));
        }
        int rest = length - 2 * pairs;
        int[] place = Task.shuffled(rest, random);
        int[] order = Task.shuffled(pairs, random);
        for (int i = 0; i < rest / 2; i++) {
            int pair = i < pairs ? order[i] : random.nextInt(pairs);
            int position = 2 * pairs + place[i];
            draft.put(position, keys.first() + key[pair]);
            draft.ask(position, 2 * pair + 1);
        }
        return draft.exercise();
    }
}
