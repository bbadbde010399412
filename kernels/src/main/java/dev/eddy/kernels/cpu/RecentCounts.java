package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.Sampling;
import java.util.Arrays;

/** How often each id occurs in a session's recent ones: a small open hash table, reused. */
final class RecentCounts {
    private static final int SIZE = 2 * Sampling.MAX_PENALTY_WINDOW;

    /** Size of its arrays. */
    static final long BYTES = 8L * SIZE;

    private static final int FREE = -1;

    private final int[] ids = new int[SIZE];
    private final int[] counts = new int[SIZE];

    /** Counts the last {@code window} ids before {@code position}. */
    void count(SamplerSlots slots, int slot, long position, int window) {
        Arrays.fill(ids, FREE);
        for (int back = 1; back <= window; back++) {
            int id = slots.recent(slot, position, back);
            int at = (id * 0x9E3779B9 >>> 16) % SIZE;
            while (ids[at] != FREE && ids[at] != id) {
                at = (at + 1) % SIZE;
            }
            counts[at] = ids[at] == id ? counts[at] + 1 : 1;
            ids[at] = id;
        }
    }

    /** Places to look at. */
    int size() {
        return SIZE;
    }

    /** The id at a place, negative for none. */
    int id(int at) {
        return ids[at];
    }

    /** How often the id at a place occurred. */
    int count(int at) {
        return counts[at];
    }
}
