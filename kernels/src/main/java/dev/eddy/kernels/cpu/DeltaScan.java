package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The delta scan's arithmetic for a tile of one head of one entry: value columns in lanes. The read
 * p of an element is gathered while the element before it writes, so that the state is walked once
 * an element.
 *
 * @param keys K, of a head
 * @param columns V, of a head
 * @param decays numbers of decay a head: 1, or one a key
 * @param library what computes on states in floats; null: Java
 */
record DeltaScan(
        Place q,
        Place k,
        Place v,
        Place decay,
        Place a,
        Place b,
        Place out,
        int keys,
        int columns,
        int decays,
        @Nullable NativeScans library)
        implements HeadStage.Scan {
    @Override
    public void run(
            long s, boolean halves, int head, int column, int row, int rows, Worker worker) {
        if (library != null && !halves) {
            library.delta(this, s, head, column, row, rows);
            return;
        }
        int key = head * keys;
        int value = head * columns + column;
        boolean whole = columns - column >= StateTiles.COLUMNS;
        long read = worker.passes;
        long spare = read + StateTiles.ROW;
        for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
            read(a.at(row, key), s + 4L * p, keys, read + 4L * p);
        }
        for (int t = row; t < row + rows; t++) {
            // After the last element the read is of no use, and nothing beyond it is touched.
            long next = a.at(Math.min(t + 1, row + rows - 1), key);
            // A head's last columns go through a row of their own: others' lie beside them.
            long to = whole ? out.at(t, value) : spare;
            for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
                element(
                        q.at(t, key),
                        k.at(t, key),
                        v.at(t, value + p),
                        decay.at(t, head * decays),
                        decays == 1 ? 0 : 4,
                        b.at(t, key),
                        next,
                        read + 4L * p,
                        s + 4L * p,
                        to + 4L * p,
                        keys,
                        halves);
            }
            if (!whole) {
                OffHeap.copy(spare, out.at(t, value), 4L * (columns - column));
            }
        }
    }

    /** What the first element reads. */
    private static void read(long a, long s, int keys, long to) {
        FloatVector p0 = FloatVector.zero(FLOATS);
        FloatVector p1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < keys; i++) {
            FloatVector ai = broadcast(FLOATS, ALL.get(FLOAT, a + 4L * i));
            p0 = ai.fma(fromMemorySegment(FLOATS, ALL, s + i * StateTiles.ROW, ORDER), p0);
            p1 = ai.fma(fromMemorySegment(FLOATS, ALL, s + i * StateTiles.ROW + TWIN, ORDER), p1);
        }
        p0.intoMemorySegment(ALL, to, ORDER);
        p1.intoMemorySegment(ALL, to + TWIN, ORDER);
    }

    /**
     * One element.
     *
     * @param wStep from one key's decay to the next one's
     * @param next what the element after it reads with
     * @param read what this one has read, then what that one has
     */
    private static void element(
            long q,
            long k,
            long v,
            long w,
            long wStep,
            long b,
            long next,
            long read,
            long s,
            long out,
            int keys,
            boolean halves) {
        FloatVector v0 = fromMemorySegment(FLOATS, ALL, v, ORDER);
        FloatVector v1 = fromMemorySegment(FLOATS, ALL, v + TWIN, ORDER);
        FloatVector p0 = fromMemorySegment(FLOATS, ALL, read, ORDER);
        FloatVector p1 = fromMemorySegment(FLOATS, ALL, read + TWIN, ORDER);
        FloatVector y0 = FloatVector.zero(FLOATS);
        FloatVector y1 = FloatVector.zero(FLOATS);
        FloatVector n0 = FloatVector.zero(FLOATS);
        FloatVector n1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < keys; i++) {
            long at = s + i * StateTiles.ROW;
            FloatVector ki = broadcast(FLOATS, ALL.get(FLOAT, k + 4L * i));
            FloatVector bi = broadcast(FLOATS, ALL.get(FLOAT, b + 4L * i));
            FloatVector wi = broadcast(FLOATS, ALL.get(FLOAT, w + i * wStep));
            FloatVector s0 =
                    wi.fma(fromMemorySegment(FLOATS, ALL, at, ORDER), bi.fma(p0, ki.mul(v0)));
            FloatVector s1 =
                    wi.fma(
                            fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER),
                            bi.fma(p1, ki.mul(v1)));
            s0.intoMemorySegment(ALL, at, ORDER);
            s1.intoMemorySegment(ALL, at + TWIN, ORDER);
            if (halves) {
                VectorHalves.roundTwins(at);
                s0 = fromMemorySegment(FLOATS, ALL, at, ORDER);
                s1 = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER);
            }
            FloatVector qi = broadcast(FLOATS, ALL.get(FLOAT, q + 4L * i));
            FloatVector ai = broadcast(FLOATS, ALL.get(FLOAT, next + 4L * i));
            y0 = qi.fma(s0, y0);
            y1 = qi.fma(s1, y1);
            n0 = ai.fma(s0, n0);
            n1 = ai.fma(s1, n1);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        y1.intoMemorySegment(ALL, out + TWIN, ORDER);
        n0.intoMemorySegment(ALL, read, ORDER);
        n1.intoMemorySegment(ALL, read + TWIN, ORDER);
    }
}
