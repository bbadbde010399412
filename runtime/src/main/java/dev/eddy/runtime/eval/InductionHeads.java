package dev.eddy.runtime.eval;

import java.util.SplittableRandom;

/**
 * Induction heads (Olsson et al. 2022, as in Mamba, arXiv:2312.00752, section 4.1.2): random
 * tokens, in them once a special one; when that comes again at the very end, the model has to
 * answer with the token that followed it the first time. The group is the length of a sequence.
 *
 * @param tokens ids of what fills sequences
 * @param special the id whose follower is asked for
 */
public record InductionHeads(IdRange tokens, int special) implements Task {
    /** The layout of the Mamba paper: a vocabulary of 16, here its last id the special one. */
    public static final InductionHeads USUAL = new InductionHeads(new IdRange(0, 14), 15);

    /**
     * The task.
     *
     * @throws IllegalArgumentException if the special id is also an ordinary one
     */
    public InductionHeads {
        if (tokens.contains(special) || special < 0) {
            throw new IllegalArgumentException(
                    "the special id %d is one of the tokens %s: give it an id of its own"
                            .formatted(special, tokens));
        }
    }

    @Override
    public String name() {
        return "induction";
    }

    @Override
    public String groups() {
        return "length";
    }

    @Override
    public int vocabulary() {
        return 1 + Math.max(tokens.last(), special);
    }

    @Override
    public int length(int length) {
        if (length < 3 || length > 1 << 24) {
            throw new IllegalArgumentException(
                    "a sequence of %d elements is refused: it needs 3 to %d"
                            .formatted(length, 1 << 24));
        }
        return length;
    }

    @Override
    public Exercise exercise(int length, SplittableRandom random) {
        Task.Draft draft = new Task.Draft(length, length, tokens.first());
        for (int i = 0; i < length; i++) {
            draft.put(i, tokens.first() + random.nextInt(tokens.size()));
        }
        int place = random.nextInt(length - 2);
        draft.put(place, special);
        draft.put(length - 1, special);
        draft.ask(length - 1, place + 1);
        return draft.exercise();
    }
}
