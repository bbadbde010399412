package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import java.util.Arrays;

/**
 * Ids sampled one after another in one turn, with nothing else between them. Valid until its {@link
 * Reports} are recycled.
 */
public final class Sampled implements Report {
    private long turn;
    private long firstPosition;
    private int candidates;
    private int size;
    private int[] ids = new int[4];
    private float[] logProbs = new float[4];
    private int[] topIds = {};
    private float[] topLogProbs = {};

    Sampled() {}

    /** The turn they belong to. */
    public long turn() {
        return turn;
    }

    /** Elements absorbed before the first of them. */
    public long firstPosition() {
        return firstPosition;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** The ids, a copy. */
    public int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    /** The {@code i}-th id. */
    public int id(int i) {
        return ids[i];
    }

    /** Each one's log-probability under the model's own distribution, a copy. */
    public float[] logProbs() {
        return Arrays.copyOf(logProbs, size);
    }

    /** How many of the likeliest ids come with each. */
    public int candidates() {
        return candidates;
    }

    /** The likeliest ids, {@link #candidates} an element, a copy. */
    public int[] topIds() {
        return Arrays.copyOf(topIds, size * candidates);
    }

    /** Their log-probabilities, a copy. */
    public float[] topLogProbs() {
        return Arrays.copyOf(topLogProbs, size * candidates);
    }

    void begin(long turn, long firstPosition, int candidates) {
        this.turn = turn;
        this.firstPosition = firstPosition;
        this.candidates = candidates;
        size = 0;
    }

    boolean continues(long turn, long position, int candidates) {
        return this.turn == turn
                && firstPosition + size == position
                && this.candidates == candidates;
    }

    /** Appends what entry {@code e} sampled. */
    void append(Step step, int e) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            logProbs = Arrays.copyOf(logProbs, size * 2);
        }
        ids[size] = step.sampledId(e);
        logProbs[size] = step.sampledLogProb(e);
        if (candidates > 0) {
            int from = size * candidates;
            if (topIds.length < from + candidates) {
                topIds = Arrays.copyOf(topIds, ids.length * candidates);
                topLogProbs = Arrays.copyOf(topLogProbs, ids.length * candidates);
            }
            for (int rank = 0; rank < candidates; rank++) {
                topIds[from + rank] = step.topId(e, rank);
                topLogProbs[from + rank] = step.topLogProb(e, rank);
            }
        }
        size++;
    }
}
