package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static dev.eddy.kernels.cpu.Vectors.WIDEST;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The vector twins of {@link Lanes}. A block of 128 floats is eight rows of {@link Vectors#WIDEST},
 * and a pass adds up the same {@link Vectors#L} columns of each in eight vectors: the tree's first
 * three levels add these, what is left are sixteen lanes.
 */
final class Reductions {
    private static final long V = 4L * L;
    private static final long BLOCK = 4L * Lanes.COUNT;

    private Reductions() {}

    /** Sum of {@code count} floats. */
    static float sum(long x, int count, Worker worker) {
        float[] lanes = worker.lanes;
        long tail = worker.tiles;
        keepTail(x, count, 0, tail);
        for (int p = 0; p < WIDEST; p += L) {
            sumColumn(x + 4L * p, count, tail + 4L * p, lanes, p);
        }
        return Lanes.tree(lanes, WIDEST);
    }

    /** Sum of squares of {@code (x - shift)}. */
    static float squares(long x, int count, float shift, Worker worker) {
        float[] lanes = worker.lanes;
        long tail = worker.tiles;
        keepTail(x, count, shift, tail);
        for (int p = 0; p < WIDEST; p += L) {
            squaresColumn(x + 4L * p, count, shift, tail + 4L * p, lanes, p);
        }
        return Lanes.tree(lanes, WIDEST);
    }

    /**
     * Writes the last row where that is not whole, filled up with {@code none}, which adds nothing
     * (unless it is an infinite mean, of which no norm is a number anyway).
     */
    private static void keepTail(long x, int count, float none, long tail) {
        int rest = count % WIDEST;
        if (rest == 0) {
            return;
        }
        long from = x + 4L * (count - rest);
        int whole = rest / L * L;
        Elements.fill(none, tail, WIDEST);
        Elements.copy(from, tail, whole);
        for (int i = whole; i < rest; i++) {
            OffHeap.set(tail + 4L * i, OffHeap.get(from + 4L * i));
        }
    }

    private static void sumColumn(long x, int count, long tail, float[] lanes, int p) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        int whole = count / Lanes.COUNT;
        for (int i = 0; i < whole; i++) {
            long at = x + i * BLOCK;
            a = fromMemorySegment(FLOATS, ALL, at, ORDER).add(a);
            b = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER).add(b);
            c = fromMemorySegment(FLOATS, ALL, at + 2 * TWIN, ORDER).add(c);
            d = fromMemorySegment(FLOATS, ALL, at + 3 * TWIN, ORDER).add(d);
            e = fromMemorySegment(FLOATS, ALL, at + 4 * TWIN, ORDER).add(e);
            f = fromMemorySegment(FLOATS, ALL, at + 5 * TWIN, ORDER).add(f);
            g = fromMemorySegment(FLOATS, ALL, at + 6 * TWIN, ORDER).add(g);
            h = fromMemorySegment(FLOATS, ALL, at + 7 * TWIN, ORDER).add(h);
        }
        int rest = count % Lanes.COUNT;
        long at = x + whole * BLOCK;
        if (rest > 0) {
            a = fromMemorySegment(FLOATS, ALL, rest < WIDEST ? tail : at, ORDER).add(a);
        }
        if (rest > WIDEST) {
            b = fromMemorySegment(FLOATS, ALL, rest < 2 * WIDEST ? tail : at + TWIN, ORDER).add(b);
        }
        if (rest > 2 * WIDEST) {
            c =
                    fromMemorySegment(FLOATS, ALL, rest < 3 * WIDEST ? tail : at + 2 * TWIN, ORDER)
                            .add(c);
        }
        if (rest > 3 * WIDEST) {
            d =
                    fromMemorySegment(FLOATS, ALL, rest < 4 * WIDEST ? tail : at + 3 * TWIN, ORDER)
                            .add(d);
        }
        if (rest > 4 * WIDEST) {
            e =
                    fromMemorySegment(FLOATS, ALL, rest < 5 * WIDEST ? tail : at + 4 * TWIN, ORDER)
                            .add(e);
        }
        if (rest > 5 * WIDEST) {
            f =
                    fromMemorySegment(FLOATS, ALL, rest < 6 * WIDEST ? tail : at + 5 * TWIN, ORDER)
                            .add(f);
        }
        if (rest > 6 * WIDEST) {
            g =
                    fromMemorySegment(FLOATS, ALL, rest < 7 * WIDEST ? tail : at + 6 * TWIN, ORDER)
                            .add(g);
        }
        if (rest > 7 * WIDEST) {
            h =
                    fromMemorySegment(FLOATS, ALL, rest < 8 * WIDEST ? tail : at + 7 * TWIN, ORDER)
                            .add(h);
        }
        a = e.add(a);
        b = f.add(b);
        c = g.add(c);
        d = h.add(d);
        a = c.add(a);
        b = d.add(b);
        b.add(a).intoArray(lanes, p);
    }

    private static void squaresColumn(
            long x, int count, float shift, long tail, float[] lanes, int p) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        FloatVector y;
        int whole = count / Lanes.COUNT;
        for (int i = 0; i < whole; i++) {
            long at = x + i * BLOCK;
            y = fromMemorySegment(FLOATS, ALL, at, ORDER).sub(shift);
            a = y.fma(y, a);
            y = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER).sub(shift);
            b = y.fma(y, b);
            y = fromMemorySegment(FLOATS, ALL, at + 2 * TWIN, ORDER).sub(shift);
            c = y.fma(y, c);
            y = fromMemorySegment(FLOATS, ALL, at + 3 * TWIN, ORDER).sub(shift);
            d = y.fma(y, d);
            y = fromMemorySegment(FLOATS, ALL, at + 4 * TWIN, ORDER).sub(shift);
            e = y.fma(y, e);
            y = fromMemorySegment(FLOATS, ALL, at + 5 * TWIN, ORDER).sub(shift);
            f = y.fma(y, f);
            y = fromMemorySegment(FLOATS, ALL, at + 6 * TWIN, ORDER).sub(shift);
            g = y.fma(y, g);
            y = fromMemorySegment(FLOATS, ALL, at + 7 * TWIN, ORDER).sub(shift);
            h = y.fma(y, h);
        }
        int rest = count % Lanes.COUNT;
        long at = x + whole * BLOCK;
        if (rest > 0) {
            y = fromMemorySegment(FLOATS, ALL, rest < WIDEST ? tail : at, ORDER).sub(shift);
            a = y.fma(y, a);
        }
        if (rest > WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 2 * WIDEST ? tail : at + TWIN, ORDER)
                            .sub(shift);
            b = y.fma(y, b);
        }
        if (rest > 2 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 3 * WIDEST ? tail : at + 2 * TWIN, ORDER)
                            .sub(shift);
            c = y.fma(y, c);
        }
        if (rest > 3 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 4 * WIDEST ? tail : at + 3 * TWIN, ORDER)
                            .sub(shift);
            d = y.fma(y, d);
        }
        if (rest > 4 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 5 * WIDEST ? tail : at + 4 * TWIN, ORDER)
                            .sub(shift);
            e = y.fma(y, e);
        }
        if (rest > 5 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 6 * WIDEST ? tail : at + 5 * TWIN, ORDER)
                            .sub(shift);
            f = y.fma(y, f);
        }
        if (rest > 6 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 7 * WIDEST ? tail : at + 6 * TWIN, ORDER)
                            .sub(shift);
            g = y.fma(y, g);
        }
        if (rest > 7 * WIDEST) {
            y =
                    fromMemorySegment(FLOATS, ALL, rest < 8 * WIDEST ? tail : at + 7 * TWIN, ORDER)
                            .sub(shift);
            h = y.fma(y, h);
        }
        a = e.add(a);
        b = f.add(b);
        c = g.add(c);
        d = h.add(d);
        a = c.add(a);
        b = d.add(b);
        b.add(a).intoArray(lanes, p);
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

    /** Sum of exp(x - shift). */
    static float exponentials(long x, int count, float shift, Worker worker) {
        float[] lanes = worker.lanes;
        long tile = worker.tiles;
        Arrays.fill(lanes, 0f);
        int whole = count / L * L;
        for (int i = 0; i < whole; i += VectorFunctions.TILE) {
            int part = Math.min(VectorFunctions.TILE, whole - i);
            Elements.subtract(x + 4L * i, shift, tile, part);
            VectorFunctions.exp(tile, tile, part);
            addTile(tile, part, lanes);
        }
        for (int i = whole; i < count; i++) {
            lanes[i % Lanes.COUNT] += Functions.exp(OffHeap.get(x + 4L * i) - shift);
        }
        return Lanes.tree(lanes);
    }

    private static void addTile(long tile, int count, float[] lanes) {
        for (int i = 0; i < count; i += L) {
            int lane = i % Lanes.COUNT;
            FloatVector sum = FloatVector.fromArray(FLOATS, lanes, lane);
            fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER).add(sum).intoArray(lanes, lane);
        }
    }

    /** ln of the sum of exponentials, as {@link Lanes#logSumExp}. */
    static float logSumExp(long x, int count, Worker worker) {
        float largest = max(x, count, worker.lanes);
        float sum = exponentials(x, count, largest, worker);
        return largest + Functions.log(sum);
    }
}
