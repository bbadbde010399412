package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * Products of a few rows with 2 L columns of one, three or six float panels. Every sum is one FMA
 * chain over the depth, ascending, begun at zero or at what {@code out} holds from the depths
 * before.
 *
 * <p>Unrolled by hand: vectors in arrays would not stay in registers. Several panels at once are
 * several streams from memory, which is what reads fastest. x is a heap array, since C2 broadcasts
 * from one in a load: {@code x[from + k * rows + r]} is row r. A panel is [depth][32] at {@code w},
 * the next one {@code next} bytes on; of each a call takes the columns there and those 16 further.
 */
final class FloatKernels {
    /** Bytes of one depth of a panel. */
    private static final long ROW = 128;

    /** Bytes from one vector to its twin, in panel and output. */
    private static final long PAIR = 64;

    /** Bytes from one panel's columns to the next one's, in the output. */
    private static final long PANEL = 128;

    private FloatKernels() {}

    private static FloatVector start(long out, boolean first) {
        return first
                ? FloatVector.zero(FLOATS)
                : FloatVector.fromMemorySegment(FLOATS, ALL, out, ORDER);
    }

    private static void store(FloatVector sum, long out) {
        sum.intoMemorySegment(ALL, out, ORDER);
    }

    /** One row, one panel. */
    static void oneByOne(
            float[] x, int from, long w, long out, long stride, int depth, boolean first) {
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
        }
        store(a00, out);
        store(b00, out + PAIR);
    }

    /** One row, three panels. */
    static void oneByThree(
            float[] x,
            int from,
            long w,
            long next,
            long out,
            long stride,
            int depth,
            boolean first) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a01 = start(out + PANEL, first);
        FloatVector b01 = start(out + PANEL + PAIR, first);
        FloatVector a02 = start(out + 2 * PANEL, first);
        FloatVector b02 = start(out + 2 * PANEL + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector u1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at, ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at + PAIR, ORDER);
            FloatVector u2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at, ORDER);
            FloatVector v2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a01, out + PANEL);
        store(b01, out + PANEL + PAIR);
        store(a02, out + 2 * PANEL);
        store(b02, out + 2 * PANEL + PAIR);
    }

    /** One row, six panels. */
    static void oneBySix(
            float[] x,
            int from,
            long w,
            long next,
            long out,
            long stride,
            int depth,
            boolean first) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        long w3 = w + 3 * next;
        long w4 = w + 4 * next;
        long w5 = w + 5 * next;
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a01 = start(out + PANEL, first);
        FloatVector b01 = start(out + PANEL + PAIR, first);
        FloatVector a02 = start(out + 2 * PANEL, first);
        FloatVector b02 = start(out + 2 * PANEL + PAIR, first);
        FloatVector a03 = start(out + 3 * PANEL, first);
        FloatVector b03 = start(out + 3 * PANEL + PAIR, first);
        FloatVector a04 = start(out + 4 * PANEL, first);
        FloatVector b04 = start(out + 4 * PANEL + PAIR, first);
        FloatVector a05 = start(out + 5 * PANEL, first);
        FloatVector b05 = start(out + 5 * PANEL + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector u1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at, ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at + PAIR, ORDER);
            FloatVector u2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at, ORDER);
            FloatVector v2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at + PAIR, ORDER);
            FloatVector u3 = FloatVector.fromMemorySegment(FLOATS, ALL, w3 + at, ORDER);
            FloatVector v3 = FloatVector.fromMemorySegment(FLOATS, ALL, w3 + at + PAIR, ORDER);
            FloatVector u4 = FloatVector.fromMemorySegment(FLOATS, ALL, w4 + at, ORDER);
            FloatVector v4 = FloatVector.fromMemorySegment(FLOATS, ALL, w4 + at + PAIR, ORDER);
            FloatVector u5 = FloatVector.fromMemorySegment(FLOATS, ALL, w5 + at, ORDER);
            FloatVector v5 = FloatVector.fromMemorySegment(FLOATS, ALL, w5 + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
            a03 = x0.fma(u3, a03);
            b03 = x0.fma(v3, b03);
            a04 = x0.fma(u4, a04);
            b04 = x0.fma(v4, b04);
            a05 = x0.fma(u5, a05);
            b05 = x0.fma(v5, b05);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a01, out + PANEL);
        store(b01, out + PANEL + PAIR);
        store(a02, out + 2 * PANEL);
        store(b02, out + 2 * PANEL + PAIR);
        store(a03, out + 3 * PANEL);
        store(b03, out + 3 * PANEL + PAIR);
        store(a04, out + 4 * PANEL);
        store(b04, out + 4 * PANEL + PAIR);
        store(a05, out + 5 * PANEL);
        store(b05, out + 5 * PANEL + PAIR);
    }

    /** Two rows, one panel. */
    static void twoByOne(
            float[] x, int from, long w, long out, long stride, int depth, boolean first) {
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a10 = start(out + stride, first);
        FloatVector b10 = start(out + stride + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k * 2]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + k * 2 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a10, out + stride);
        store(b10, out + stride + PAIR);
    }

    /** Two rows, three panels. */
    static void twoByThree(
            float[] x,
            int from,
            long w,
            long next,
            long out,
            long stride,
            int depth,
            boolean first) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a01 = start(out + PANEL, first);
        FloatVector b01 = start(out + PANEL + PAIR, first);
        FloatVector a02 = start(out + 2 * PANEL, first);
        FloatVector b02 = start(out + 2 * PANEL + PAIR, first);
        FloatVector a10 = start(out + stride, first);
        FloatVector b10 = start(out + stride + PAIR, first);
        FloatVector a11 = start(out + stride + PANEL, first);
        FloatVector b11 = start(out + stride + PANEL + PAIR, first);
        FloatVector a12 = start(out + stride + 2 * PANEL, first);
        FloatVector b12 = start(out + stride + 2 * PANEL + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector u1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at, ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at + PAIR, ORDER);
            FloatVector u2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at, ORDER);
            FloatVector v2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k * 2]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + k * 2 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            a11 = x1.fma(u1, a11);
            b11 = x1.fma(v1, b11);
            a12 = x1.fma(u2, a12);
            b12 = x1.fma(v2, b12);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a01, out + PANEL);
        store(b01, out + PANEL + PAIR);
        store(a02, out + 2 * PANEL);
        store(b02, out + 2 * PANEL + PAIR);
        store(a10, out + stride);
        store(b10, out + stride + PAIR);
        store(a11, out + stride + PANEL);
        store(b11, out + stride + PANEL + PAIR);
        store(a12, out + stride + 2 * PANEL);
        store(b12, out + stride + 2 * PANEL + PAIR);
    }

    /** Four rows, one panel. */
    static void fourByOne(
            float[] x, int from, long w, long out, long stride, int depth, boolean first) {
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a10 = start(out + stride, first);
        FloatVector b10 = start(out + stride + PAIR, first);
        FloatVector a20 = start(out + 2 * stride, first);
        FloatVector b20 = start(out + 2 * stride + PAIR, first);
        FloatVector a30 = start(out + 3 * stride, first);
        FloatVector b30 = start(out + 3 * stride + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k * 4]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 2]);
            a20 = x2.fma(u0, a20);
            b20 = x2.fma(v0, b20);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 3]);
            a30 = x3.fma(u0, a30);
            b30 = x3.fma(v0, b30);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a10, out + stride);
        store(b10, out + stride + PAIR);
        store(a20, out + 2 * stride);
        store(b20, out + 2 * stride + PAIR);
        store(a30, out + 3 * stride);
        store(b30, out + 3 * stride + PAIR);
    }

    /** Four rows, three panels. */
    static void fourByThree(
            float[] x,
            int from,
            long w,
            long next,
            long out,
            long stride,
            int depth,
            boolean first) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = start(out, first);
        FloatVector b00 = start(out + PAIR, first);
        FloatVector a01 = start(out + PANEL, first);
        FloatVector b01 = start(out + PANEL + PAIR, first);
        FloatVector a02 = start(out + 2 * PANEL, first);
        FloatVector b02 = start(out + 2 * PANEL + PAIR, first);
        FloatVector a10 = start(out + stride, first);
        FloatVector b10 = start(out + stride + PAIR, first);
        FloatVector a11 = start(out + stride + PANEL, first);
        FloatVector b11 = start(out + stride + PANEL + PAIR, first);
        FloatVector a12 = start(out + stride + 2 * PANEL, first);
        FloatVector b12 = start(out + stride + 2 * PANEL + PAIR, first);
        FloatVector a20 = start(out + 2 * stride, first);
        FloatVector b20 = start(out + 2 * stride + PAIR, first);
        FloatVector a21 = start(out + 2 * stride + PANEL, first);
        FloatVector b21 = start(out + 2 * stride + PANEL + PAIR, first);
        FloatVector a22 = start(out + 2 * stride + 2 * PANEL, first);
        FloatVector b22 = start(out + 2 * stride + 2 * PANEL + PAIR, first);
        FloatVector a30 = start(out + 3 * stride, first);
        FloatVector b30 = start(out + 3 * stride + PAIR, first);
        FloatVector a31 = start(out + 3 * stride + PANEL, first);
        FloatVector b31 = start(out + 3 * stride + PANEL + PAIR, first);
        FloatVector a32 = start(out + 3 * stride + 2 * PANEL, first);
        FloatVector b32 = start(out + 3 * stride + 2 * PANEL + PAIR, first);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            FloatVector u0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at, ORDER);
            FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, w + at + PAIR, ORDER);
            FloatVector u1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at, ORDER);
            FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, ALL, w1 + at + PAIR, ORDER);
            FloatVector u2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at, ORDER);
            FloatVector v2 = FloatVector.fromMemorySegment(FLOATS, ALL, w2 + at + PAIR, ORDER);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from + k * 4]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            a11 = x1.fma(u1, a11);
            b11 = x1.fma(v1, b11);
            a12 = x1.fma(u2, a12);
            b12 = x1.fma(v2, b12);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 2]);
            a20 = x2.fma(u0, a20);
            b20 = x2.fma(v0, b20);
            a21 = x2.fma(u1, a21);
            b21 = x2.fma(v1, b21);
            a22 = x2.fma(u2, a22);
            b22 = x2.fma(v2, b22);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[from + k * 4 + 3]);
            a30 = x3.fma(u0, a30);
            b30 = x3.fma(v0, b30);
            a31 = x3.fma(u1, a31);
            b31 = x3.fma(v1, b31);
            a32 = x3.fma(u2, a32);
            b32 = x3.fma(v2, b32);
        }
        store(a00, out);
        store(b00, out + PAIR);
        store(a01, out + PANEL);
        store(b01, out + PANEL + PAIR);
        store(a02, out + 2 * PANEL);
        store(b02, out + 2 * PANEL + PAIR);
        store(a10, out + stride);
        store(b10, out + stride + PAIR);
        store(a11, out + stride + PANEL);
        store(b11, out + stride + PANEL + PAIR);
        store(a12, out + stride + 2 * PANEL);
        store(b12, out + stride + 2 * PANEL + PAIR);
        store(a20, out + 2 * stride);
        store(b20, out + 2 * stride + PAIR);
        store(a21, out + 2 * stride + PANEL);
        store(b21, out + 2 * stride + PANEL + PAIR);
        store(a22, out + 2 * stride + 2 * PANEL);
        store(b22, out + 2 * stride + 2 * PANEL + PAIR);
        store(a30, out + 3 * stride);
        store(b30, out + 3 * stride + PAIR);
        store(a31, out + 3 * stride + PANEL);
        store(b31, out + 3 * stride + PANEL + PAIR);
        store(a32, out + 3 * stride + 2 * PANEL);
        store(b32, out + 3 * stride + 2 * PANEL + PAIR);
    }
}
