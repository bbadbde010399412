package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.UnaryFunction;
import jdk.incubator.vector.FloatVector;

/**
 * Elementwise loops over one row. They run to a whole number of vectors: rows are padded. One
 * method a function, so that each is compiled with its own arithmetic inlined.
 */
final class Elements {
    private static final int L = FLOATS.length();

    private Elements() {}

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
    }

    /** out = f(x) over {@code count} floats. */
    static void unary(UnaryFunction function, long x, long out, int count) {
        switch (function) {
            case EXP -> exp(x, out, count);
            case SIGMOID -> sigmoid(x, out, count);
            case SILU -> silu(x, out, count);
            case SOFTPLUS -> softplus(x, out, count);
            case TANH -> tanh(x, out, count);
            case RELU -> relu(x, out, count);
            case RELU_SQUARED -> reluSquared(x, out, count);
            case GELU -> gelu(x, out, count);
            case GELU_TANH -> geluTanh(x, out, count);
            case LOG_SIGMOID -> logSigmoid(x, out, count);
            case ELU_PLUS_ONE -> eluPlusOne(x, out, count);
            case SQRT -> sqrt(x, out, count);
        }
    }

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

    private static void exp(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.exp(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void sigmoid(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.sigmoid(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void silu(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.silu(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void softplus(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.softplus(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void tanh(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.tanh(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void relu(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.relu(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void reluSquared(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.reluSquared(load(x + 4L * i))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void gelu(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.gelu(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void geluTanh(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.geluTanh(load(x + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void logSigmoid(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.logSigmoid(load(x + 4L * i))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void eluPlusOne(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.eluPlusOne(load(x + 4L * i))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void sqrt(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).sqrt().intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void add(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).add(load(y + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void subtract(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).sub(load(y + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void multiply(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).mul(load(y + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void divide(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).div(load(y + 4L * i)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void max(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.max(load(x + 4L * i), load(y + 4L * i))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void min(long x, long y, long out, int count) {
        for (int i = 0; i < count; i += L) {
            VectorFunctions.min(load(x + 4L * i), load(y + 4L * i))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** out = (x - shift) * factor over exactly {@code count} floats, as norms scale. */
    static void scale(long x, float shift, float factor, long out, int count) {
        int whole = count / L * L;
        for (int i = 0; i < whole; i += L) {
            load(x + 4L * i).sub(shift).mul(factor).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
        for (int i = whole; i < count; i++) {
            OffHeap.set(out + 4L * i, (OffHeap.get(x + 4L * i) - shift) * factor);
        }
    }

    /** Copies {@code count} floats, NaNs as minus infinity, and what fills the last vector. */
    static void copyNumbers(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = load(x + 4L * i);
            v.blend(Float.NEGATIVE_INFINITY, v.compare(NE, v))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** out = x / divisor. */
    static void divide(long x, float divisor, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).div(divisor).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Fills whole vectors with one float, {@code count} floats at least. */
    static void fill(float value, long out, int count) {
        FloatVector v = FloatVector.broadcast(FLOATS, value);
        for (int i = 0; i < count; i += L) {
            v.intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Copies {@code count} floats and what fills the last vector. */
    static void copy(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            load(x + 4L * i).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }
}
