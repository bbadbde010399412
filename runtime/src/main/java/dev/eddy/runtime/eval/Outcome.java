package dev.eddy.runtime.eval;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a model answered in an exam: how many rightly, by group and by distance. */
public final class Outcome {
    private final SortedMap<Integer, Accuracy> groups = new TreeMap<>();
    private final SortedMap<Integer, Accuracy> distances = new TreeMap<>();

    Outcome() {}

    void add(int group, int distance, boolean right) {
        groups.merge(group, Accuracy.NONE.and(right), Accuracy::and);
        distances.merge(octave(distance), Accuracy.NONE.and(right), Accuracy::and);
    }

    /** The least power of two that is not below {@code distance}. */
    private static int octave(int distance) {
        int below = Integer.highestOneBit(distance);
        return below == distance ? below : 2 * below;
    }

    /** Of all questions together. */
    public Accuracy total() {
        return groups.values().stream().reduce(Accuracy.NONE, Accuracy::and);
    }

    /** By {@link Exercise#group}, ascending. */
    public SortedMap<Integer, Accuracy> byGroup() {
        return Collections.unmodifiableSortedMap(groups);
    }

    /**
     * By how long ago the answer was shown: the key D, a power of two, has distances above D/2 up
     * to D.
     */
    public SortedMap<Integer, Accuracy> byDistance() {
        return Collections.unmodifiableSortedMap(distances);
    }
}
