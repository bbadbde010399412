package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * Products of eight rows with 2 L columns of a float panel, for many rows: {@link FloatKernels}'s
 * sums. Two depths are written out, which hides the loop (a method for one would box its vectors);
 * C1 could not compile four, and what it has not profiled C2 may never get. Words of the next panel
 * read ahead in this loop made it slower.
 */
final class EightRows {
    /** Rows of a call. */
    static final int ROWS = 8;

    /** Bytes of one depth of a panel. */
    private static final long ROW = 128;

    /** Bytes from one vector to its twin, in panel and output. */
    private static final long PAIR = 64;

    private EightRows() {}

    /** Adds {@code depth} depths to what is at {@code out}. */
    static void run(float[] x, int from, long w, long out, long stride, int depth) {
        FloatVector a0 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b0 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a1 = fromMemorySegment(FLOATS, ALL, out + stride, ORDER);
        FloatVector b1 = fromMemorySegment(FLOATS, ALL, out + stride + PAIR, ORDER);
        FloatVector a2 = fromMemorySegment(FLOATS, ALL, out + 2 * stride, ORDER);
        FloatVector b2 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + PAIR, ORDER);
        FloatVector a3 = fromMemorySegment(FLOATS, ALL, out + 3 * stride, ORDER);
        FloatVector b3 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + PAIR, ORDER);
        FloatVector a4 = fromMemorySegment(FLOATS, ALL, out + 4 * stride, ORDER);
        FloatVector b4 = fromMemorySegment(FLOATS, ALL, out + 4 * stride + PAIR, ORDER);
        FloatVector a5 = fromMemorySegment(FLOATS, ALL, out + 5 * stride, ORDER);
        FloatVector b5 = fromMemorySegment(FLOATS, ALL, out + 5 * stride + PAIR, ORDER);
        FloatVector a6 = fromMemorySegment(FLOATS, ALL, out + 6 * stride, ORDER);
        FloatVector b6 = fromMemorySegment(FLOATS, ALL, out + 6 * stride + PAIR, ORDER);
        FloatVector a7 = fromMemorySegment(FLOATS, ALL, out + 7 * stride, ORDER);
        FloatVector b7 = fromMemorySegment(FLOATS, ALL, out + 7 * stride + PAIR, ORDER);
        for (int i = 0; i < depth; i += 2) {
            long at = w + i * ROW;
            int k = from + i * ROWS;
            FloatVector u = fromMemorySegment(FLOATS, ALL, at, ORDER);
            FloatVector v = fromMemorySegment(FLOATS, ALL, at + PAIR, ORDER);
            FloatVector c = broadcast(FLOATS, x[k]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = broadcast(FLOATS, x[k + 1]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = broadcast(FLOATS, x[k + 2]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = broadcast(FLOATS, x[k + 3]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = broadcast(FLOATS, x[k + 4]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = broadcast(FLOATS, x[k + 5]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = broadcast(FLOATS, x[k + 6]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = broadcast(FLOATS, x[k + 7]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
            if (i + 1 == depth) {
                break; // An odd depth's last.
            }
            at += ROW;
            k += ROWS;
            u = fromMemorySegment(FLOATS, ALL, at, ORDER);
            v = fromMemorySegment(FLOATS, ALL, at + PAIR, ORDER);
            c = broadcast(FLOATS, x[k]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = broadcast(FLOATS, x[k + 1]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = broadcast(FLOATS, x[k + 2]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = broadcast(FLOATS, x[k + 3]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = broadcast(FLOATS, x[k + 4]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = broadcast(FLOATS, x[k + 5]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = broadcast(FLOATS, x[k + 6]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = broadcast(FLOATS, x[k + 7]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
        }
        a0.intoMemorySegment(ALL, out, ORDER);
        b0.intoMemorySegment(ALL, out + PAIR, ORDER);
        a1.intoMemorySegment(ALL, out + stride, ORDER);
        b1.intoMemorySegment(ALL, out + stride + PAIR, ORDER);
        a2.intoMemorySegment(ALL, out + 2 * stride, ORDER);
        b2.intoMemorySegment(ALL, out + 2 * stride + PAIR, ORDER);
        a3.intoMemorySegment(ALL, out + 3 * stride, ORDER);
        b3.intoMemorySegment(ALL, out + 3 * stride + PAIR, ORDER);
        a4.intoMemorySegment(ALL, out + 4 * stride, ORDER);
        b4.intoMemorySegment(ALL, out + 4 * stride + PAIR, ORDER);
        a5.intoMemorySegment(ALL, out + 5 * stride, ORDER);
        b5.intoMemorySegment(ALL, out + 5 * stride + PAIR, ORDER);
        a6.intoMemorySegment(ALL, out + 6 * stride, ORDER);
        b6.intoMemorySegment(ALL, out + 6 * stride + PAIR, ORDER);
        a7.intoMemorySegment(ALL, out + 7 * stride, ORDER);
        b7.intoMemorySegment(ALL, out + 7 * stride + PAIR, ORDER);
    }
}
