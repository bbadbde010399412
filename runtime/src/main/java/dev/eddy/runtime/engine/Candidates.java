package dev.eddy.runtime.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sessions that could have an entry in the next step, and the order of their deadlines. */
final class Candidates {
    private final @Nullable Tenant[] tenants;
    private final Due[] dues;
    private final long[] deadlines;
    private int[] order;
    private int[] merged;
    private int count;
    private boolean sorted = true;
    private long earliest = Long.MAX_VALUE;

    /** Room for {@code most} candidates. */
    Candidates(int most) {
        tenants = new Tenant[most];
        dues = new Due[most];
        deadlines = new long[most];
        order = new int[most];
        merged = new int[most];
    }

    void clear() {
        Arrays.fill(tenants, 0, count, null);
        count = 0;
        sorted = true;
        earliest = Long.MAX_VALUE;
    }

    void add(Tenant tenant, Due due, long deadline) {
        tenants[count] = tenant;
        dues[count] = due;
        deadlines[count] = deadline;
        order[count] = count;
        sorted &= count == 0 || deadlines[count - 1] <= deadline;
        earliest = Math.min(earliest, deadline);
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** The earliest deadline. */
    long earliest() {
        return earliest;
    }

    /**
     * Sorts by deadline; of equal ones the first added goes first. Merges runs, without allocating.
     */
    void sort() {
        for (int width = 1; width < count && !sorted; width *= 2) {
            for (int from = 0; from < count; from += 2 * width) {
                merge(from, Math.min(from + width, count), Math.min(from + 2 * width, count));
            }
            int[] last = order;
            order = merged;
            merged = last;
        }
        sorted = true;
    }

    private void merge(int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takesLeft =
                    left < middle
                            && (right == to || deadlines[order[left]] <= deadlines[order[right]]);
            merged[i] = takesLeft ? order[left++] : order[right++];
        }
    }

    /** The candidate that is {@code i}-th in order. */
    int inOrder(int i) {
        return order[i];
    }

    Tenant tenant(int candidate) {
        Tenant tenant = tenants[candidate];
        if (tenant == null) {
            throw new IllegalStateException("no candidate " + candidate);
        }
        return tenant;
    }

    Due due(int candidate) {
        return dues[candidate];
    }
}
