package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.INTS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link FloatKernels} over bfloat16 panels, [depth][16] ints that pair column j with column j +
 * 16, widened in registers by a shift and a mask.
 */
final class HalfKernels {
    /** Bytes of one depth of a panel. */
    private static final long ROW = 64;

    /** Bytes from one vector of output to its twin. */
    private static final long PAIR = 64;

    /** Bytes from one panel's columns to the next one's, in the output. */
    private static final long PANEL = 128;

    private static final int HIGH = 0xffff0000;

    private HalfKernels() {}

    /** One row, one panel. */
    static void oneByOne(float[] x, int from, long w, long out, long stride, int depth) {
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
    }

    /** One row, three panels. */
    static void oneByThree(
            float[] x, int from, long w, long next, long out, long stride, int depth) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a01 = fromMemorySegment(FLOATS, ALL, out + PANEL, ORDER);
        FloatVector b01 = fromMemorySegment(FLOATS, ALL, out + PANEL + PAIR, ORDER);
        FloatVector a02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL, ORDER);
        FloatVector b02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p1 = IntVector.fromMemorySegment(INTS, ALL, w1 + at, ORDER);
            FloatVector u1 = p1.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p2 = IntVector.fromMemorySegment(INTS, ALL, w2 + at, ORDER);
            FloatVector u2 = p2.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a01.intoMemorySegment(ALL, out + PANEL, ORDER);
        b01.intoMemorySegment(ALL, out + PANEL + PAIR, ORDER);
        a02.intoMemorySegment(ALL, out + 2 * PANEL, ORDER);
        b02.intoMemorySegment(ALL, out + 2 * PANEL + PAIR, ORDER);
    }

    /** One row, six panels. */
    static void oneBySix(float[] x, int from, long w, long next, long out, long stride, int depth) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        long w3 = w + 3 * next;
        long w4 = w + 4 * next;
        long w5 = w + 5 * next;
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a01 = fromMemorySegment(FLOATS, ALL, out + PANEL, ORDER);
        FloatVector b01 = fromMemorySegment(FLOATS, ALL, out + PANEL + PAIR, ORDER);
        FloatVector a02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL, ORDER);
        FloatVector b02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL + PAIR, ORDER);
        FloatVector a03 = fromMemorySegment(FLOATS, ALL, out + 3 * PANEL, ORDER);
        FloatVector b03 = fromMemorySegment(FLOATS, ALL, out + 3 * PANEL + PAIR, ORDER);
        FloatVector a04 = fromMemorySegment(FLOATS, ALL, out + 4 * PANEL, ORDER);
        FloatVector b04 = fromMemorySegment(FLOATS, ALL, out + 4 * PANEL + PAIR, ORDER);
        FloatVector a05 = fromMemorySegment(FLOATS, ALL, out + 5 * PANEL, ORDER);
        FloatVector b05 = fromMemorySegment(FLOATS, ALL, out + 5 * PANEL + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p1 = IntVector.fromMemorySegment(INTS, ALL, w1 + at, ORDER);
            FloatVector u1 = p1.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p2 = IntVector.fromMemorySegment(INTS, ALL, w2 + at, ORDER);
            FloatVector u2 = p2.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p3 = IntVector.fromMemorySegment(INTS, ALL, w3 + at, ORDER);
            FloatVector u3 = p3.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v3 = p3.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p4 = IntVector.fromMemorySegment(INTS, ALL, w4 + at, ORDER);
            FloatVector u4 = p4.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v4 = p4.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p5 = IntVector.fromMemorySegment(INTS, ALL, w5 + at, ORDER);
            FloatVector u5 = p5.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v5 = p5.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k]);
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
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a01.intoMemorySegment(ALL, out + PANEL, ORDER);
        b01.intoMemorySegment(ALL, out + PANEL + PAIR, ORDER);
        a02.intoMemorySegment(ALL, out + 2 * PANEL, ORDER);
        b02.intoMemorySegment(ALL, out + 2 * PANEL + PAIR, ORDER);
        a03.intoMemorySegment(ALL, out + 3 * PANEL, ORDER);
        b03.intoMemorySegment(ALL, out + 3 * PANEL + PAIR, ORDER);
        a04.intoMemorySegment(ALL, out + 4 * PANEL, ORDER);
        b04.intoMemorySegment(ALL, out + 4 * PANEL + PAIR, ORDER);
        a05.intoMemorySegment(ALL, out + 5 * PANEL, ORDER);
        b05.intoMemorySegment(ALL, out + 5 * PANEL + PAIR, ORDER);
    }

    /** Two rows, one panel. */
    static void twoByOne(float[] x, int from, long w, long out, long stride, int depth) {
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a10 = fromMemorySegment(FLOATS, ALL, out + stride, ORDER);
        FloatVector b10 = fromMemorySegment(FLOATS, ALL, out + stride + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k * 2]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            FloatVector x1 = broadcast(FLOATS, x[from + k * 2 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a10.intoMemorySegment(ALL, out + stride, ORDER);
        b10.intoMemorySegment(ALL, out + stride + PAIR, ORDER);
    }

    /** Two rows, three panels. */
    static void twoByThree(
            float[] x, int from, long w, long next, long out, long stride, int depth) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a01 = fromMemorySegment(FLOATS, ALL, out + PANEL, ORDER);
        FloatVector b01 = fromMemorySegment(FLOATS, ALL, out + PANEL + PAIR, ORDER);
        FloatVector a02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL, ORDER);
        FloatVector b02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL + PAIR, ORDER);
        FloatVector a10 = fromMemorySegment(FLOATS, ALL, out + stride, ORDER);
        FloatVector b10 = fromMemorySegment(FLOATS, ALL, out + stride + PAIR, ORDER);
        FloatVector a11 = fromMemorySegment(FLOATS, ALL, out + stride + PANEL, ORDER);
        FloatVector b11 = fromMemorySegment(FLOATS, ALL, out + stride + PANEL + PAIR, ORDER);
        FloatVector a12 = fromMemorySegment(FLOATS, ALL, out + stride + 2 * PANEL, ORDER);
        FloatVector b12 = fromMemorySegment(FLOATS, ALL, out + stride + 2 * PANEL + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p1 = IntVector.fromMemorySegment(INTS, ALL, w1 + at, ORDER);
            FloatVector u1 = p1.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p2 = IntVector.fromMemorySegment(INTS, ALL, w2 + at, ORDER);
            FloatVector u2 = p2.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k * 2]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
            FloatVector x1 = broadcast(FLOATS, x[from + k * 2 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            a11 = x1.fma(u1, a11);
            b11 = x1.fma(v1, b11);
            a12 = x1.fma(u2, a12);
            b12 = x1.fma(v2, b12);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a01.intoMemorySegment(ALL, out + PANEL, ORDER);
        b01.intoMemorySegment(ALL, out + PANEL + PAIR, ORDER);
        a02.intoMemorySegment(ALL, out + 2 * PANEL, ORDER);
        b02.intoMemorySegment(ALL, out + 2 * PANEL + PAIR, ORDER);
        a10.intoMemorySegment(ALL, out + stride, ORDER);
        b10.intoMemorySegment(ALL, out + stride + PAIR, ORDER);
        a11.intoMemorySegment(ALL, out + stride + PANEL, ORDER);
        b11.intoMemorySegment(ALL, out + stride + PANEL + PAIR, ORDER);
        a12.intoMemorySegment(ALL, out + stride + 2 * PANEL, ORDER);
        b12.intoMemorySegment(ALL, out + stride + 2 * PANEL + PAIR, ORDER);
    }

    /** Four rows, one panel. */
    static void fourByOne(float[] x, int from, long w, long out, long stride, int depth) {
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a10 = fromMemorySegment(FLOATS, ALL, out + stride, ORDER);
        FloatVector b10 = fromMemorySegment(FLOATS, ALL, out + stride + PAIR, ORDER);
        FloatVector a20 = fromMemorySegment(FLOATS, ALL, out + 2 * stride, ORDER);
        FloatVector b20 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + PAIR, ORDER);
        FloatVector a30 = fromMemorySegment(FLOATS, ALL, out + 3 * stride, ORDER);
        FloatVector b30 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k * 4]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            FloatVector x1 = broadcast(FLOATS, x[from + k * 4 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            FloatVector x2 = broadcast(FLOATS, x[from + k * 4 + 2]);
            a20 = x2.fma(u0, a20);
            b20 = x2.fma(v0, b20);
            FloatVector x3 = broadcast(FLOATS, x[from + k * 4 + 3]);
            a30 = x3.fma(u0, a30);
            b30 = x3.fma(v0, b30);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a10.intoMemorySegment(ALL, out + stride, ORDER);
        b10.intoMemorySegment(ALL, out + stride + PAIR, ORDER);
        a20.intoMemorySegment(ALL, out + 2 * stride, ORDER);
        b20.intoMemorySegment(ALL, out + 2 * stride + PAIR, ORDER);
        a30.intoMemorySegment(ALL, out + 3 * stride, ORDER);
        b30.intoMemorySegment(ALL, out + 3 * stride + PAIR, ORDER);
    }

    /** Four rows, three panels. */
    static void fourByThree(
            float[] x, int from, long w, long next, long out, long stride, int depth) {
        long w1 = w + next;
        long w2 = w + 2 * next;
        FloatVector a00 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector b00 = fromMemorySegment(FLOATS, ALL, out + PAIR, ORDER);
        FloatVector a01 = fromMemorySegment(FLOATS, ALL, out + PANEL, ORDER);
        FloatVector b01 = fromMemorySegment(FLOATS, ALL, out + PANEL + PAIR, ORDER);
        FloatVector a02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL, ORDER);
        FloatVector b02 = fromMemorySegment(FLOATS, ALL, out + 2 * PANEL + PAIR, ORDER);
        FloatVector a10 = fromMemorySegment(FLOATS, ALL, out + stride, ORDER);
        FloatVector b10 = fromMemorySegment(FLOATS, ALL, out + stride + PAIR, ORDER);
        FloatVector a11 = fromMemorySegment(FLOATS, ALL, out + stride + PANEL, ORDER);
        FloatVector b11 = fromMemorySegment(FLOATS, ALL, out + stride + PANEL + PAIR, ORDER);
        FloatVector a12 = fromMemorySegment(FLOATS, ALL, out + stride + 2 * PANEL, ORDER);
        FloatVector b12 = fromMemorySegment(FLOATS, ALL, out + stride + 2 * PANEL + PAIR, ORDER);
        FloatVector a20 = fromMemorySegment(FLOATS, ALL, out + 2 * stride, ORDER);
        FloatVector b20 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + PAIR, ORDER);
        FloatVector a21 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + PANEL, ORDER);
        FloatVector b21 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + PANEL + PAIR, ORDER);
        FloatVector a22 = fromMemorySegment(FLOATS, ALL, out + 2 * stride + 2 * PANEL, ORDER);
        FloatVector b22 =
                fromMemorySegment(FLOATS, ALL, out + 2 * stride + 2 * PANEL + PAIR, ORDER);
        FloatVector a30 = fromMemorySegment(FLOATS, ALL, out + 3 * stride, ORDER);
        FloatVector b30 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + PAIR, ORDER);
        FloatVector a31 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + PANEL, ORDER);
        FloatVector b31 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + PANEL + PAIR, ORDER);
        FloatVector a32 = fromMemorySegment(FLOATS, ALL, out + 3 * stride + 2 * PANEL, ORDER);
        FloatVector b32 =
                fromMemorySegment(FLOATS, ALL, out + 3 * stride + 2 * PANEL + PAIR, ORDER);
        for (int k = 0; k < depth; k++) {
            long at = k * ROW;
            IntVector p0 = IntVector.fromMemorySegment(INTS, ALL, w + at, ORDER);
            FloatVector u0 = p0.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v0 = p0.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p1 = IntVector.fromMemorySegment(INTS, ALL, w1 + at, ORDER);
            FloatVector u1 = p1.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(AND, HIGH).reinterpretAsFloats();
            IntVector p2 = IntVector.fromMemorySegment(INTS, ALL, w2 + at, ORDER);
            FloatVector u2 = p2.lanewise(LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(AND, HIGH).reinterpretAsFloats();
            FloatVector x0 = broadcast(FLOATS, x[from + k * 4]);
            a00 = x0.fma(u0, a00);
            b00 = x0.fma(v0, b00);
            a01 = x0.fma(u1, a01);
            b01 = x0.fma(v1, b01);
            a02 = x0.fma(u2, a02);
            b02 = x0.fma(v2, b02);
            FloatVector x1 = broadcast(FLOATS, x[from + k * 4 + 1]);
            a10 = x1.fma(u0, a10);
            b10 = x1.fma(v0, b10);
            a11 = x1.fma(u1, a11);
            b11 = x1.fma(v1, b11);
            a12 = x1.fma(u2, a12);
            b12 = x1.fma(v2, b12);
            FloatVector x2 = broadcast(FLOATS, x[from + k * 4 + 2]);
            a20 = x2.fma(u0, a20);
            b20 = x2.fma(v0, b20);
            a21 = x2.fma(u1, a21);
            b21 = x2.fma(v1, b21);
            a22 = x2.fma(u2, a22);
            b22 = x2.fma(v2, b22);
            FloatVector x3 = broadcast(FLOATS, x[from + k * 4 + 3]);
            a30 = x3.fma(u0, a30);
            b30 = x3.fma(v0, b30);
            a31 = x3.fma(u1, a31);
            b31 = x3.fma(v1, b31);
            a32 = x3.fma(u2, a32);
            b32 = x3.fma(v2, b32);
        }
        a00.intoMemorySegment(ALL, out, ORDER);
        b00.intoMemorySegment(ALL, out + PAIR, ORDER);
        a01.intoMemorySegment(ALL, out + PANEL, ORDER);
        b01.intoMemorySegment(ALL, out + PANEL + PAIR, ORDER);
        a02.intoMemorySegment(ALL, out + 2 * PANEL, ORDER);
        b02.intoMemorySegment(ALL, out + 2 * PANEL + PAIR, ORDER);
        a10.intoMemorySegment(ALL, out + stride, ORDER);
        b10.intoMemorySegment(ALL, out + stride + PAIR, ORDER);
        a11.intoMemorySegment(ALL, out + stride + PANEL, ORDER);
        b11.intoMemorySegment(ALL, out + stride + PANEL + PAIR, ORDER);
        a12.intoMemorySegment(ALL, out + stride + 2 * PANEL, ORDER);
        b12.intoMemorySegment(ALL, out + stride + 2 * PANEL + PAIR, ORDER);
        a20.intoMemorySegment(ALL, out + 2 * stride, ORDER);
        b20.intoMemorySegment(ALL, out + 2 * stride + PAIR, ORDER);
        a21.intoMemorySegment(ALL, out + 2 * stride + PANEL, ORDER);
        b21.intoMemorySegment(ALL, out + 2 * stride + PANEL + PAIR, ORDER);
        a22.intoMemorySegment(ALL, out + 2 * stride + 2 * PANEL, ORDER);
        b22.intoMemorySegment(ALL, out + 2 * stride + 2 * PANEL + PAIR, ORDER);
        a30.intoMemorySegment(ALL, out + 3 * stride, ORDER);
        b30.intoMemorySegment(ALL, out + 3 * stride + PAIR, ORDER);
        a31.intoMemorySegment(ALL, out + 3 * stride + PANEL, ORDER);
        b31.intoMemorySegment(ALL, out + 3 * stride + PANEL + PAIR, ORDER);
        a32.intoMemorySegment(ALL, out + 3 * stride + 2 * PANEL, ORDER);
        b32.intoMemorySegment(ALL, out + 3 * stride + 2 * PANEL + PAIR, ORDER);
    }
}
