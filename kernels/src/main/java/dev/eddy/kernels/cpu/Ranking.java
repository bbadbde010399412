package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/**
 * The ids of a row by falling logit, equal ones by rising id, NaNs last; only as many as somebody
 * asks for are ever in order. Reused; allocates nothing.
 *
 * <p>A few are found by a heap that most of the row never enters. Without a bound on how many,
 * logits are taken in bands below the largest, each sorted once it is reached.
 */
final class Ranking {
    /** How far below the largest logit the first bands reach. */
    private static final float[] BANDS = {4f, 16f, Float.POSITIVE_INFINITY};

    private static final int L = FLOATS.length();

    /** Ascending: the logit turned around in the high half, the id in the low half. */
    private final long[] keys;

    private final int width;
    private int sorted;

    private long row;
    private float largest;
    private int band;

    Ranking(int width) {
        keys = new long[width];
        this.width = width;
    }

    /** Logits in a row. */
    int width() {
        return width;
    }

    /** Size of its array. */
    static long bytes(int width) {
        return 8L * width;
    }

    /** A key that sorts as its logit falls; both zeros alike. */
    private static long key(float x, int id) {
        int bits = Float.floatToRawIntBits(x + 0f);
        int rising = bits ^ (bits >> 31 & 0x7fffffff);
        int falling = Float.isNaN(x) ? Integer.MAX_VALUE : ~rising;
        return (long) falling << 32 | id;
    }

    /** The id at a rank, which must be in order already. */
    int id(int rank) {
        return (int) keys[rank];
    }

    /** Puts the first {@code count} ids of a row in order, no more than there are. */
    void top(long row, int count) {
        sorted = Math.min(count, width);
        for (int i = 0; i < sorted; i++) {
            keys[i] = key(OffHeap.get(row + 4L * i), i);
        }
        for (int i = sorted / 2 - 1; i >= 0; i--) {
            sink(0, i, sorted);
        }
        int i = sorted;
        while (i < width) {
            i = skip(row, i, logit(row, 0));
            for (int end = Math.min(i + L, width); i < end; i++) {
                long key = key(OffHeap.get(row + 4L * i), i);
                if (key < keys[0]) {
                    keys[0] = key;
                    sink(0, 0, sorted);
                }
            }
        }
        sort(0, sorted);
        band = BANDS.length;
    }

    private float logit(long row, int rank) {
        return OffHeap.get(row + 4L * id(rank));
    }

    /** The first vector at or after {@code i} with a logit that may beat {@code worst}. */
    private int skip(long row, int i, float worst) {
        while (i + L <= width
                && FloatVector.fromMemorySegment(FLOATS, ALL, row + 4L * i, ORDER)
                        .compare(LE, worst)
                        .allTrue()) {
            i += L;
        }
        return i;
    }

    /** Begins to rank a row without NaNs whose largest logit is known. */
    void begin(long row, float largest) {
        this.row = row;
        this.largest = largest;
        sorted = 0;
        band = 0;
    }

    /** Puts the next band in order if {@code rank} is beyond those that are. */
    void reach(int rank) {
        while (rank >= sorted && band < BANDS.length) {
            float above = band == 0 ? Float.POSITIVE_INFINITY : largest - BANDS[band - 1];
            boolean last = band == BANDS.length - 1;
            float least = last ? Float.NEGATIVE_INFINITY : largest - BANDS[band];
            int from = sorted;
            collect(above, least);
            sort(from, sorted);
            band++;
        }
    }

    /** Appends the ids of logits at least {@code least} and below {@code above}. */
    private void collect(float above, float least) {
        int count = sorted;
        for (int i = 0; i < width; ) {
            i = skipBelow(i, least);
            for (int end = Math.min(i + L, width); i < end; i++) {
                float x = OffHeap.get(row + 4L * i);
                if (x >= least && (x < above || band == 0)) {
                    keys[count++] = key(x, i);
                }
            }
        }
        sorted = count;
    }

    private int skipBelow(int i, float least) {
        while (i + L <= width
                && !FloatVector.fromMemorySegment(FLOATS, ALL, row + 4L * i, ORDER)
                        .compare(GE, least)
                        .anyTrue()) {
            i += L;
        }
        return i;
    }

    /** Heap sort of the keys from {@code from} to {@code to - 1}. */
    private void sort(int from, int to) {
        int count = to - from;
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(from, i, count);
        }
        for (int end = count - 1; end > 0; end--) {
            long largestKey = keys[from];
            keys[from] = keys[from + end];
            keys[from + end] = largestKey;
            sink(from, 0, end);
        }
    }

    /** Restores the heap whose root is the last in order, from {@code i} down. */
    private void sink(int from, int i, int count) {
        long key = keys[from + i];
        while (2 * i + 1 < count) {
            int child = 2 * i + 1;
            if (child + 1 < count && keys[from + child + 1] > keys[from + child]) {
                child++;
            }
            if (keys[from + child] <= key) {
                break;
            }
            keys[from + i] = keys[from + child];
            i = child;
        }
        keys[from + i] = key;
    }
}
