package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.eddy.kernels.program.BinaryFunction;
import jdk.incubator.vector.FloatVector;

/**
 * Elementwise loops over one row. They run to a whole number of vectors: rows are padded. One
 * method a function, so that each is compiled with its own arithmetic inlined.
 */
final class Elements {
    private static final int L = FLOATS.length();

    private Elements() {}

    /** out = f(x, y) over {@code count} floats. */
    static void binary(BinaryFunction function, long x, long y, long out, int count) {
        switch (function) {
            case ADD -> add(x, y, out, count);
            case SUBTRACT -> subtract(x, y, out, count);
            case MULTIPLY -> multiply(x, y, out, count);
            case DIVIDE -> divide(x, y, out, count);
            case MAX -> max(x, y, out, count);
            case MIN -> min(x, y, out, count);
        }
    }

    private static void add(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .add(fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void subtract(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .sub(fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void multiply(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .mul(fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void divide(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .div(fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void max(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector a = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER);
            b.blend(a, a.compare(GT, b)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void min(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector a = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER);
            b.blend(a, a.compare(LT, b)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** out = (x - shift) * factor over exactly {@code count} floats, as norms scale. */
    static void scale(long x, float shift, float factor, long out, int count) {
        int whole = count / L * L;
        for (int i = 0; i < whole; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .sub(shift)
                    .mul(factor)
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
        for (int i = whole; i < count; i++) {
            OffHeap.set(out + 4L * i, (OffHeap.get(x + 4L * i) - shift) * factor);
        }
    }

    /** out = x - shift over whole vectors. */
    static void subtract(long x, float shift, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .sub(shift)
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Copies {@code count} floats, NaNs as minus infinity, and what fills the last vector. */
    static void copyNumbers(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            v.blend(Float.NEGATIVE_INFINITY, v.compare(NE, v))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** out = x / divisor. */
    static void divide(long x, float divisor, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .div(divisor)
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Fills whole vectors with one float, {@code count} floats at least. */
    static void fill(float value, long out, int count) {
        FloatVector v = broadcast(FLOATS, value);
        for (int i = 0; i < count; i += L) {
            v.intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Fills exactly {@code count} floats with one, as norms sum. */
    static void fillOnly(float value, long out, int count) {
        int whole = count / L * L;
        fill(value, out, whole);
        for (int i = whole; i < count; i++) {
            OffHeap.set(out + 4L * i, value);
        }
    }

    /** Copies {@code count} floats and what fills the last vector. */
    static void copy(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }
}
