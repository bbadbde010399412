package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The vector twins of {@link Lanes}: element i in lane i mod 16, ascending, then the fixed tree.
 * Vectors of fewer than sixteen lanes take two, four or eight accumulators for the sixteen.
 */
final class Reductions {
    private static final int L = FLOATS.length();
    private static final long V = 4L * L;
    private static final long BLOCK = 4L * Lanes.COUNT;

    private Reductions() {}

    /** Sum of {@code count} floats. */
    static float sum(long x, int count, float[] lanes) {
        Arrays.fill(lanes, 0f);
        int whole = count / Lanes.COUNT;
        for (int p = 0; p < Lanes.COUNT; p += 2 * L) {
            sumPair(x + 4L * p, whole, lanes, p);
        }
        for (int i = whole * Lanes.COUNT; i < count; i++) {
            lanes[i % Lanes.COUNT] += OffHeap.get(x + 4L * i);
        }
        return Lanes.tree(lanes);
    }

    /** Lanes p to p + 2 L - 1, or all of them where a vector has sixteen. */
    private static void sumPair(long x, int blocks, float[] lanes, int p) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        for (int i = 0; i < blocks; i++) {
            long at = x + i * BLOCK;
            a = fromMemorySegment(FLOATS, ALL, at, ORDER).add(a);
            if (L < Lanes.COUNT) {
                b = fromMemorySegment(FLOATS, ALL, at + V, ORDER).add(b);
            }
        }
        a.intoArray(lanes, p);
        if (L < Lanes.COUNT) {
            b.intoArray(lanes, p + L);
        }
    }

    /** Sum of squares of {@code (x - shift)}. */
    static float squares(long x, int count, float shift, float[] lanes) {
        Arrays.fill(lanes, 0f);
        int whole = count / Lanes.COUNT;
        for (int p = 0; p < Lanes.COUNT; p += 2 * L) {
            squaresPair(x + 4L * p, whole, shift, lanes, p);
        }
        for (int i = whole * Lanes.COUNT; i < count; i++) {
            float d = OffHeap.get(x + 4L * i) - shift;
            lanes[i % Lanes.COUNT] = Math.fma(d, d, lanes[i % Lanes.COUNT]);
        }
        return Lanes.tree(lanes);
    }

    private static void squaresPair(long x, int blocks, float shift, float[] lanes, int p) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        for (int i = 0; i < blocks; i++) {
            long at = x + i * BLOCK;
            FloatVector d = fromMemorySegment(FLOATS, ALL, at, ORDER).sub(shift);
            a = d.fma(d, a);
            if (L < Lanes.COUNT) {
                d = fromMemorySegment(FLOATS, ALL, at + V, ORDER).sub(shift);
                b = d.fma(d, b);
            }
        }
        a.intoArray(lanes, p);
        if (L < Lanes.COUNT) {
            b.intoArray(lanes, p + L);
        }
    }

    /** The largest float, minus infinity of none; NaNs do not count. */
    static float max(long x, int count, float[] lanes) {
        int whole = count / L * L;
        largest(x, whole, lanes);
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < L; i++) {
            largest = Functions.max(lanes[i], largest);
        }
        for (int i = whole; i < count; i++) {
            largest = Functions.max(OffHeap.get(x + 4L * i), largest);
        }
        return largest;
    }

    /** The largest of each lane of whole vectors, four at once: one waits for its comparison. */
    private static void largest(long x, int count, float[] lanes) {
        FloatVector a = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = 0;
        for (; i + 4 * L <= count; i += 4 * L) {
            long at = x + 4L * i;
            FloatVector v = fromMemorySegment(FLOATS, ALL, at, ORDER);
            a = v.blend(a, v.compare(GT, a).not());
            v = fromMemorySegment(FLOATS, ALL, at + V, ORDER);
            b = v.blend(b, v.compare(GT, b).not());
            v = fromMemorySegment(FLOATS, ALL, at + 2 * V, ORDER);
            c = v.blend(c, v.compare(GT, c).not());
            v = fromMemorySegment(FLOATS, ALL, at + 3 * V, ORDER);
            d = v.blend(d, v.compare(GT, d).not());
        }
        for (; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            a = v.blend(a, v.compare(GT, a).not());
        }
        a = b.blend(a, a.compare(GT, b));
        c = d.blend(c, c.compare(GT, d));
        c.blend(a, a.compare(GT, c)).intoArray(lanes, 0);
    }

    /** The first index of {@code value}, which must be there; both zeros alike. */
    static int indexOf(long x, int count, float value) {
        int i = 0;
        while (i + L <= count
                && !fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER).eq(value).anyTrue()) {
            i += L;
        }
        while (i < count - 1 && OffHeap.get(x + 4L * i) != value) {
            i++;
        }
        return i;
    }

    /**
     * Sum of exp(x - shift).
     *
     * @param tile address of {@link VectorFunctions#TILE_BYTES} bytes
     */
    static float exponentials(long x, int count, float shift, float[] lanes, long tile) {
        Arrays.fill(lanes, 0f);
        int whole = count / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += VectorFunctions.TILE) {
            int part = Math.min(VectorFunctions.TILE, whole - i);
            Elements.subtract(x + 4L * i, shift, tile, part);
            VectorFunctions.exp(tile, tile, part);
            for (int p = 0; p < Lanes.COUNT; p += L) {
                addLanes(tile + 4L * p, part / Lanes.COUNT, lanes, p);
            }
        }
        for (int i = whole; i < count; i++) {
            lanes[i % Lanes.COUNT] += Functions.exp(OffHeap.get(x + 4L * i) - shift);
        }
        return Lanes.tree(lanes);
    }

    private static void addLanes(long x, int blocks, float[] lanes, int p) {
        FloatVector a = FloatVector.fromArray(FLOATS, lanes, p);
        for (int i = 0; i < blocks; i++) {
            a = fromMemorySegment(FLOATS, ALL, x + i * BLOCK, ORDER).add(a);
        }
        a.intoArray(lanes, p);
    }

    /** ln of the sum of exponentials, as {@link Lanes#logSumExp}. */
    static float logSumExp(long x, int count, Worker worker) {
        float largest = max(x, count, worker.lanes);
        float sum = exponentials(x, count, largest, worker.lanes, worker.tiles);
        return largest + Functions.log(sum);
    }
}
