package dev.eddy.runtime.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session has given out and its client has not acknowledged, in order. Items are numbered as
 * they come, so that a stream remembers how far it was told. The last {@link #held} output elements
 * are not given out yet: their text may become a stop string.
 */
final class Outbox {
    /** Scores kept for each output element that may be kept. */
    private static final int SCORES_PER_OUTPUT = 16;

    private final ArrayList<Kept> items = new ArrayList<>();
    private long firstNumber;
    private int outputs;
    private int scores;
    private int held;

    Outbox() {}

    Outbox(List<Kept> items, int held) {
        for (Kept item : items) {
            add(item);
        }
        this.held = held;
    }

    /** What is kept, oldest first. */
    List<Kept> items() {
        return List.copyOf(items);
    }

    /** The number of the oldest item. */
    long firstNumber() {
        return firstNumber;
    }

    /** The number that the next item will have. */
    long nextNumber() {
        return firstNumber + items.size();
    }

    Kept get(long number) {
        return items.get((int) (number - firstNumber));
    }

    /** Output elements kept, those held included. */
    int outputs() {
        return outputs;
    }

    /** Scores kept. */
    int scores() {
        return scores;
    }

    /** Output elements at the end that are not given out yet. */
    int held() {
        return held;
    }

    void add(Kept item) {
        items.add(item);
        count(item, 1);
    }

    /** Adds output; {@code held} elements at the end are held back from now on. */
    void add(Run run, int held) {
        add(new Kept.Outputs(run));
        this.held = held;
    }

    private void count(Kept item, int sign) {
        switch (item) {
            case Kept.Outputs kept -> outputs += sign * kept.run().count();
            case Kept.Scored kept -> scores += sign * kept.scores().logProbabilities().length;
            case Kept.End _ -> {}
        }
    }

    /** Length of the text of the {@code back}-th output element from the end (0: the last). */
    int textLength(int back) {
        int left = back;
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof Kept.Outputs(Run run)) {
                if (left < run.count()) {
                    return run.textLength(run.count() - 1 - left);
                }
                left -= run.count();
            }
        }
        return 0;
    }

    /**
     * Gives out what was held back, but for the last {@code hidden} elements, which are forgotten.
     *
     * @param cut characters of the last remaining one's text that stay; -1 for all
     */
    void settle(int hidden, int cut) {
        int drop = hidden;
        int i = items.size() - 1;
        while (i >= 0 && (drop > 0 || cut >= 0)) {
            if (!(items.get(i) instanceof Kept.Outputs(Run run))) {
                break;
            }
            int left = Math.max(0, run.count() - drop);
            drop -= run.count() - left;
            outputs -= run.count() - left;
            if (left == 0) {
                items.remove(i);
            } else {
                items.set(i, new Kept.Outputs(run.first(left, cut)));
                break;
            }
            i--;
        }
        held = 0;
    }

    /** Forgets what the client has: an item, and with it all that came before. */
    void acknowledge(Acknowledged acknowledged) {
        int covered = -1;
        for (int i = 0; i < items.size(); i++) {
            boolean has =
                    switch (items.get(i)) {
                        case Kept.Outputs(Run run) ->
                                run.outputEnd() <= acknowledged.outputPosition();
                        case Kept.End(SessionReply.TurnEnded end) ->
                                end.turn() <= acknowledged.turn();
                        case Kept.Scored scored -> scored.position() <= acknowledged.position();
                    };
            covered = has ? i : covered;
        }
        drop(covered + 1);
        if (!items.isEmpty() && items.getFirst() instanceof Kept.Outputs(Run run)) {
            dropElements(run, (int) (acknowledged.outputPosition() - run.output()));
        }
    }

    /** Forgets the oldest until at most {@code limit} output elements are kept. */
    void trim(int limit) {
        while (outputs - held > limit) {
            int excess = outputs - held - limit;
            if (items.getFirst() instanceof Kept.Outputs(Run run) && run.count() > excess) {
                dropElements(run, excess);
            } else {
                drop(1);
            }
        }
        while (scores > limit * SCORES_PER_OUTPUT && items.size() > 1) {
            drop(1);
        }
    }

    private void drop(int count) {
        for (int i = 0; i < count; i++) {
            count(items.get(i), -1);
        }
        items.subList(0, count).clear();
        firstNumber += count;
    }

    private void dropElements(Run run, int count) {
        if (count > 0 && count < run.count()) {
            items.set(0, new Kept.Outputs(run.slice(count, run.count())));
            outputs -= count;
        }
    }
}
