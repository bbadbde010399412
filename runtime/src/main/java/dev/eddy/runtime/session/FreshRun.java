package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Sampled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids of one turn that were sampled and are not logged yet, with their text. */
final class FreshRun {
    private final TurnSpec spec;
    private final long turn;
    private final long output;
    private final long position;
    private final StringBuilder text = new StringBuilder();
    private int count;
    private int[] ids = new int[8];
    private int[] ends = new int[8];
    private float[] chosen = {};
    private int[] topIds = {};
    private float[] topLogProbs = {};
    private @Nullable Run run;

    /**
     * A run of a turn that begins where {@code output} elements were put out and {@code position}
     * absorbed.
     */
    FreshRun(long turn, TurnSpec spec, long output, long position) {
        this.turn = turn;
        this.spec = spec;
        this.output = output;
        this.position = position;
    }

    int count() {
        return count;
    }

    /** Adds what was sampled, in the text of its turn. */
    void add(Sampled sampled, TurnText turnText) {
        run = null;
        int size = sampled.size();
        if (count + size > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(count + size, 2 * ids.length));
            ends = Arrays.copyOf(ends, ids.length);
        }
        for (int i = 0; i < size; i++) {
            ids[count + i] = sampled.id(i);
            text.append(turnText.accept(sampled.id(i)));
            ends[count + i] = text.length();
        }
        if (spec.logProbabilities() >= 0) {
            chosen = join(chosen, sampled.logProbs());
            topLogProbs = join(topLogProbs, sampled.topLogProbs());
            int from = topIds.length;
            topIds = Arrays.copyOf(topIds, from + sampled.topIds().length);
            System.arraycopy(sampled.topIds(), 0, topIds, from, topIds.length - from);
        }
        count += size;
    }

    private static float[] join(float[] a, float[] b) {
        float[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    /** Length of the text of the {@code back}-th element from the end (0: the last). */
    int textLength(int back) {
        int i = count - 1 - back;
        return ends[i] - (i == 0 ? 0 : ends[i - 1]);
    }

    /** All of it. */
    Run toRun() {
        Run known = run;
        if (known == null) {
            known =
                    Run.ofIds(
                            turn,
                            output,
                            position,
                            Arrays.copyOf(ids, count),
                            text.toString(),
                            Arrays.copyOf(ends, count),
                            spec.logProbabilities() < 0
                                    ? null
                                    : new SessionReply.LogProbabilities(
                                            chosen, spec.logProbabilities(), topIds, topLogProbs));
            run = known;
        }
        return known;
    }
}
