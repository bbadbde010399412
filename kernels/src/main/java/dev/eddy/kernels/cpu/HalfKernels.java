package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;
import static dev.eddy.kernels.cpu.VectorFunctions.INTS;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Products of a block of rows with 2 L columns of a bfloat16 panel, [depth][16] ints that pair
 * column j with column j + 16, widened in registers. The sums are those of {@link FloatKernels}.
 */
final class HalfKernels {
    /** Bytes of one depth of a panel. */
    private static final long ROW = 64;

    /** Bytes from one vector of output to the other. */
    private static final long PAIR = 64;

    private static final int HIGH = 0xffff0000;

    private HalfKernels() {}

    private static FloatVector start(long out, boolean first) {
        return first
                ? FloatVector.zero(FLOATS)
                : FloatVector.fromMemorySegment(FLOATS, ALL, out, ORDER);
    }

    /** One row with the columns at {@code w} and at {@code w2}, twice as many sums in flight. */
    static void one(
            float[] x, int at, long w, long w2, long out, long out2, int depth, boolean first) {
        FloatVector a = start(out, first);
        FloatVector b = start(out + PAIR, first);
        FloatVector c = start(out2, first);
        FloatVector d = start(out2 + PAIR, first);
        for (int k = 0; k < depth; k++) {
            IntVector p = IntVector.fromMemorySegment(INTS, ALL, w + k * ROW, ORDER);
            IntVector q = IntVector.fromMemorySegment(INTS, ALL, w2 + k * ROW, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[at + k]);
            a = x0.fma(p.lanewise(LSHL, 16).reinterpretAsFloats(), a);
            b = x0.fma(p.lanewise(AND, HIGH).reinterpretAsFloats(), b);
            c = x0.fma(q.lanewise(LSHL, 16).reinterpretAsFloats(), c);
            d = x0.fma(q.lanewise(AND, HIGH).reinterpretAsFloats(), d);
        }
        a.intoMemorySegment(ALL, out, ORDER);
        b.intoMemorySegment(ALL, out + PAIR, ORDER);
        c.intoMemorySegment(ALL, out2, ORDER);
        d.intoMemorySegment(ALL, out2 + PAIR, ORDER);
    }

    /** Two rows. */
    static void two(float[] x, int at, long w, long out, long stride, int depth, boolean first) {
        FloatVector a0 = start(out, first);
        FloatVector b0 = start(out + PAIR, first);
        FloatVector a1 = start(out + 1 * stride, first);
        FloatVector b1 = start(out + 1 * stride + PAIR, first);
        for (int k = 0; k < depth; k++) {
            IntVector pairs = IntVector.fromMemorySegment(INTS, ALL, w + k * ROW, ORDER);
            FloatVector u = pairs.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v = pairs.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[at + k * 2]);
            a0 = x0.fma(u, a0);
            b0 = x0.fma(v, b0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + k * 2 + 1]);
            a1 = x1.fma(u, a1);
            b1 = x1.fma(v, b1);
        }
        a0.intoMemorySegment(ALL, out, ORDER);
        b0.intoMemorySegment(ALL, out + PAIR, ORDER);
        a1.intoMemorySegment(ALL, out + 1 * stride, ORDER);
        b1.intoMemorySegment(ALL, out + 1 * stride + PAIR, ORDER);
    }

    /** Four rows. */
    static void four(float[] x, int at, long w, long out, long stride, int depth, boolean first) {
        FloatVector a0 = start(out, first);
        FloatVector b0 = start(out + PAIR, first);
        FloatVector a1 = start(out + 1 * stride, first);
        FloatVector b1 = start(out + 1 * stride + PAIR, first);
        FloatVector a2 = start(out + 2 * stride, first);
        FloatVector b2 = start(out + 2 * stride + PAIR, first);
        FloatVector a3 = start(out + 3 * stride, first);
        FloatVector b3 = start(out + 3 * stride + PAIR, first);
        for (int k = 0; k < depth; k++) {
            IntVector pairs = IntVector.fromMemorySegment(INTS, ALL, w + k * ROW, ORDER);
            FloatVector u = pairs.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v = pairs.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[at + k * 4]);
            a0 = x0.fma(u, a0);
            b0 = x0.fma(v, b0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + k * 4 + 1]);
            a1 = x1.fma(u, a1);
            b1 = x1.fma(v, b1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + k * 4 + 2]);
            a2 = x2.fma(u, a2);
            b2 = x2.fma(v, b2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + k * 4 + 3]);
            a3 = x3.fma(u, a3);
            b3 = x3.fma(v, b3);
        }
        a0.intoMemorySegment(ALL, out, ORDER);
        b0.intoMemorySegment(ALL, out + PAIR, ORDER);
        a1.intoMemorySegment(ALL, out + 1 * stride, ORDER);
        b1.intoMemorySegment(ALL, out + 1 * stride + PAIR, ORDER);
        a2.intoMemorySegment(ALL, out + 2 * stride, ORDER);
        b2.intoMemorySegment(ALL, out + 2 * stride + PAIR, ORDER);
        a3.intoMemorySegment(ALL, out + 3 * stride, ORDER);
        b3.intoMemorySegment(ALL, out + 3 * stride + PAIR, ORDER);
    }

    /** Eight rows. */
    static void eight(float[] x, int at, long w, long out, long stride, int depth, boolean first) {
        FloatVector a0 = start(out, first);
        FloatVector b0 = start(out + PAIR, first);
        FloatVector a1 = start(out + 1 * stride, first);
        FloatVector b1 = start(out + 1 * stride + PAIR, first);
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
        for (int k = 0; k < depth; k++) {
            IntVector pairs = IntVector.fromMemorySegment(INTS, ALL, w + k * ROW, ORDER);
            FloatVector u = pairs.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v = pairs.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[at + k * 8]);
            a0 = x0.fma(u, a0);
            b0 = x0.fma(v, b0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 1]);
            a1 = x1.fma(u, a1);
            b1 = x1.fma(v, b1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 2]);
            a2 = x2.fma(u, a2);
            b2 = x2.fma(v, b2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 3]);
            a3 = x3.fma(u, a3);
            b3 = x3.fma(v, b3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 4]);
            a4 = x4.fma(u, a4);
            b4 = x4.fma(v, b4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 5]);
            a5 = x5.fma(u, a5);
            b5 = x5.fma(v, b5);
            FloatVector x6 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 6]);
            a6 = x6.fma(u, a6);
            b6 = x6.fma(v, b6);
            FloatVector x7 = FloatVector.broadcast(FLOATS, x[at + k * 8 + 7]);
            a7 = x7.fma(u, a7);
            b7 = x7.fma(v, b7);
        }
        a0.intoMemorySegment(ALL, out, ORDER);
        b0.intoMemorySegment(ALL, out + PAIR, ORDER);
        a1.intoMemorySegment(ALL, out + 1 * stride, ORDER);
        b1.intoMemorySegment(ALL, out + 1 * stride + PAIR, ORDER);
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
