package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.UnaryFunction;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorFunctionsTest {
    /** Coprime to the lane count, so that every lane meets every kind of number. */
    private static final int STRIDE = 1009;

    private static final int COUNT = 1 << 16;

    private static final long X = floats(COUNT);
    private static final long OUT = floats(COUNT);
    private static final long HALVES = floats(COUNT);
    private static final long TILES =
            OffHeap.allocate(Arena.global(), VectorFunctions.WORK_BYTES).address();

    private static long floats(int count) {
        return OffHeap.allocate(Arena.global(), 4L * count).address();
    }

    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL),
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        Float.intBitsToFloat(0xffc00001),
        Float.intBitsToFloat(0x7f800001),
        88.72284f,
        -103.97208f,
        -87.33655f,
        0.625f,
        -0.625f,
        Functions.SQRT_HALF
    };

    /** A function over memory with its scalar twin. */
    enum Twin {
        EXP(UnaryFunction.EXP, Functions::exp),
        SIGMOID(UnaryFunction.SIGMOID, Functions::sigmoid),
        SILU(UnaryFunction.SILU, Functions::silu),
        SOFTPLUS(UnaryFunction.SOFTPLUS, Functions::softplus),
        TANH(UnaryFunction.TANH, Functions::tanh),
        GELU(UnaryFunction.GELU, Functions::gelu),
        GELU_TANH(UnaryFunction.GELU_TANH, Functions::geluTanh),
        LOG_SIGMOID(UnaryFunction.LOG_SIGMOID, x -> -Functions.softplus(-x)),
        ELU_PLUS_ONE(UnaryFunction.ELU_PLUS_ONE, Functions::eluPlusOne),
        SQRT(UnaryFunction.SQRT, Functions::sqrt),
        SIN_TURNS(VectorFunctions::sinTurns, Functions::sinTurns),
        COS_TURNS(VectorFunctions::cosTurns, Functions::cosTurns),
        RELU(UnaryFunction.RELU, Functions::relu),
        RELU_SQUARED(UnaryFunction.RELU_SQUARED, x -> Functions.relu(x) * Functions.relu(x)),
        MAX_WITH_ITS_HALF(withItsHalf(BinaryFunction.MAX), x -> Functions.max(x, x * 0.5f)),
        MIN_WITH_ITS_HALF(withItsHalf(BinaryFunction.MIN), x -> Functions.min(x, x * 0.5f)),
        BFLOAT16(VectorFunctionsTest::rounded, Halves::roundBf16);

        final Pass pass;
        final Scalars scalars;

        Twin(Pass pass, Scalars scalars) {
            this.pass = pass;
            this.scalars = scalars;
        }

        Twin(UnaryFunction function, Scalars scalars) {
            this((x, out, count) -> VectorFunctions.apply(function, x, out, count, TILES), scalars);
        }
    }

    /** Runs over floats in memory. */
    interface Pass {
        void run(long x, long out, int count);
    }

    interface Scalars {
        float apply(float x);
    }

    private static Pass withItsHalf(BinaryFunction function) {
        return (x, out, count) -> {
            for (int i = 0; i < count; i++) {
                OffHeap.set(HALVES + 4L * i, OffHeap.get(x + 4L * i) * 0.5f);
            }
            Elements.binary(function, x, HALVES, out, count);
        };
    }

    private static void rounded(long x, long out, int count) {
        OffHeap.copy(x, out, 4L * count);
        for (int i = 0; i < count; i += Vectors.L) {
            VectorHalves.round(out + 4L * i);
        }
    }

    @ParameterizedTest
    @EnumSource(Twin.class)
    void twin_overAllExponentsAndSpecials_equalsTheScalarByBits(Twin twin) {
        List<String> different = new ArrayList<>();
        float[] x = new float[COUNT];
        long next = 0;
        while (next < 1L << 32) {
            int n = 0;
            for (; n < x.length - SPECIAL.length && next < 1L << 32; next += STRIDE) {
                x[n++] = Float.intBitsToFloat((int) next);
            }
            for (float special : SPECIAL) {
                x[n++] = special;
            }
            for (int i = 0; i < n; i++) {
                OffHeap.set(X + 4L * i, x[i]);
            }
            twin.pass.run(X, OUT, n);
            compare(twin, x, n, OUT, different);
            twin.pass.run(X, X, n);
            compare(twin, x, n, X, different);
        }
        assertThat(different).isEmpty();
    }

    private static void compare(Twin twin, float[] x, int n, long out, List<String> different) {
        for (int i = 0; i < n; i++) {
            float actual = OffHeap.get(out + 4L * i);
            float expected = twin.scalars.apply(x[i]);
            if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)
                    && different.size() < 10) {
                different.add("f(" + x[i] + ") = " + actual + ", scalar " + expected);
            }
        }
    }
}
