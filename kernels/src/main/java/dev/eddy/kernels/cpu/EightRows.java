package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.INT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * Products of eight rows with 2 L columns of a float panel, for many rows: {@link FloatKernels}'s
 * sums, four depths a turn. Each turn also reads one word further ahead, so that the next panel
 * comes into the second cache while this one is computed with.
 */
final class EightRows {
    /** Rows of a call. */
    static final int ROWS = 8;

    /** Depths for which one word is read ahead. */
    static final int TURN = 4;

    /** Bytes of one depth of a panel. */
    private static final long ROW = 128;

    /** Bytes from one vector to its twin, in panel and output. */
    private static final long PAIR = 64;

    private EightRows() {}

    private static FloatVector start(long out, boolean first) {
        return first
                ? FloatVector.zero(FLOATS)
                : FloatVector.fromMemorySegment(FLOATS, ALL, out, ORDER);
    }

    private static void store(FloatVector sum, long out) {
        sum.intoMemorySegment(ALL, out, ORDER);
    }

    /**
     * Computes with {@code depth} depths.
     *
     * @param ahead what to read ahead first
     * @param step bytes from one word read ahead to the next
     * @return something made of those words, which the caller must keep alive
     */
    static int run(
            float[] x,
            int from,
            long w,
            long out,
            long stride,
            int depth,
            boolean first,
            long ahead,
            long step) {
        int touched = 0;
        FloatVector a0 = start(out, first);
        FloatVector b0 = start(out + PAIR, first);
        FloatVector a1 = start(out + stride, first);
        FloatVector b1 = start(out + stride + PAIR, first);
        FloatVector a2 = start(out + 2 * stride, first);
        FloatVector b2 = start(out + 2 * stride + PAIR, first);
        FloatVector a3 = start(out + 3 * stride, first);
        FloatVector b3 = start(out + 3 * stride + PAIR, first);
        FloatVector a4 = start(out + 4 * stride, first);
        FloatVector b4 = start(out + 4 * stride + PAIR, first);
        FloatVector a5 = start(out + 5 * stride, first);
        FloatVector b5 = start(out + 5 * stride + PAIR, first);
        FloatVector a6 = start(out + 6 * stride, first);
        FloatVector b6 = start(out + 6 * stride + PAIR, first);
        FloatVector a7 = start(out + 7 * stride, first);
        FloatVector b7 = start(out + 7 * stride + PAIR, first);
        int whole = depth / 4;
        for (int i = 0; i < whole; i++) {
            touched += ALL.get(INT, ahead + i * step);
            long at = w + i * (4 * ROW);
            int k = from + i * 32;
            FloatVector u = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, at + PAIR, ORDER);
            FloatVector c = FloatVector.broadcast(FLOATS, x[k]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = FloatVector.broadcast(FLOATS, x[k + 1]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = FloatVector.broadcast(FLOATS, x[k + 2]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = FloatVector.broadcast(FLOATS, x[k + 3]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = FloatVector.broadcast(FLOATS, x[k + 4]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = FloatVector.broadcast(FLOATS, x[k + 5]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = FloatVector.broadcast(FLOATS, x[k + 6]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = FloatVector.broadcast(FLOATS, x[k + 7]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
            u = FloatVector.fromMemorySegment(FLOATS, ALL, at + ROW, ORDER);
            v = FloatVector.fromMemorySegment(FLOATS, ALL, at + ROW + PAIR, ORDER);
            c = FloatVector.broadcast(FLOATS, x[k + 8]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = FloatVector.broadcast(FLOATS, x[k + 9]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = FloatVector.broadcast(FLOATS, x[k + 10]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = FloatVector.broadcast(FLOATS, x[k + 11]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = FloatVector.broadcast(FLOATS, x[k + 12]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = FloatVector.broadcast(FLOATS, x[k + 13]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = FloatVector.broadcast(FLOATS, x[k + 14]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = FloatVector.broadcast(FLOATS, x[k + 15]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
            u = FloatVector.fromMemorySegment(FLOATS, ALL, at + 2 * ROW, ORDER);
            v = FloatVector.fromMemorySegment(FLOATS, ALL, at + 2 * ROW + PAIR, ORDER);
            c = FloatVector.broadcast(FLOATS, x[k + 16]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = FloatVector.broadcast(FLOATS, x[k + 17]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = FloatVector.broadcast(FLOATS, x[k + 18]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = FloatVector.broadcast(FLOATS, x[k + 19]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = FloatVector.broadcast(FLOATS, x[k + 20]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = FloatVector.broadcast(FLOATS, x[k + 21]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = FloatVector.broadcast(FLOATS, x[k + 22]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = FloatVector.broadcast(FLOATS, x[k + 23]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
            u = FloatVector.fromMemorySegment(FLOATS, ALL, at + 3 * ROW, ORDER);
            v = FloatVector.fromMemorySegment(FLOATS, ALL, at + 3 * ROW + PAIR, ORDER);
            c = FloatVector.broadcast(FLOATS, x[k + 24]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = FloatVector.broadcast(FLOATS, x[k + 25]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = FloatVector.broadcast(FLOATS, x[k + 26]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = FloatVector.broadcast(FLOATS, x[k + 27]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = FloatVector.broadcast(FLOATS, x[k + 28]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = FloatVector.broadcast(FLOATS, x[k + 29]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = FloatVector.broadcast(FLOATS, x[k + 30]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = FloatVector.broadcast(FLOATS, x[k + 31]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
        }
        for (int i = 4 * whole; i < depth; i++) {
            long at = w + i * ROW;
            int k = from + i * 8;
            FloatVector u = FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, at + PAIR, ORDER);
            FloatVector c = FloatVector.broadcast(FLOATS, x[k]);
            a0 = c.fma(u, a0);
            b0 = c.fma(v, b0);
            c = FloatVector.broadcast(FLOATS, x[k + 1]);
            a1 = c.fma(u, a1);
            b1 = c.fma(v, b1);
            c = FloatVector.broadcast(FLOATS, x[k + 2]);
            a2 = c.fma(u, a2);
            b2 = c.fma(v, b2);
            c = FloatVector.broadcast(FLOATS, x[k + 3]);
            a3 = c.fma(u, a3);
            b3 = c.fma(v, b3);
            c = FloatVector.broadcast(FLOATS, x[k + 4]);
            a4 = c.fma(u, a4);
            b4 = c.fma(v, b4);
            c = FloatVector.broadcast(FLOATS, x[k + 5]);
            a5 = c.fma(u, a5);
            b5 = c.fma(v, b5);
            c = FloatVector.broadcast(FLOATS, x[k + 6]);
            a6 = c.fma(u, a6);
            b6 = c.fma(v, b6);
            c = FloatVector.broadcast(FLOATS, x[k + 7]);
            a7 = c.fma(u, a7);
            b7 = c.fma(v, b7);
        }
        store(a0, out);
        store(b0, out + PAIR);
        store(a1, out + stride);
        store(b1, out + stride + PAIR);
        store(a2, out + 2 * stride);
        store(b2, out + 2 * stride + PAIR);
        store(a3, out + 3 * stride);
        store(b3, out + 3 * stride + PAIR);
        store(a4, out + 4 * stride);
        store(b4, out + 4 * stride + PAIR);
        store(a5, out + 5 * stride);
        store(b5, out + 5 * stride + PAIR);
        store(a6, out + 6 * stride);
        store(b6, out + 6 * stride + PAIR);
        store(a7, out + 7 * stride);
        store(b7, out + 7 * stride + PAIR);
        return touched;
    }
}
