package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.numerics.Functions;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorFunctionsTest {
    /** Coprime to the lane count, so that every lane meets every kind of number. */
    private static final int STRIDE = 1009;

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

    /** A vector function with its scalar twin. */
    enum Twin {
        EXP(VectorFunctions::exp, Functions::exp),
        LOG(VectorFunctions::log, Functions::log),
        SIGMOID(VectorFunctions::sigmoid, Functions::sigmoid),
        SILU(VectorFunctions::silu, Functions::silu),
        SOFTPLUS(VectorFunctions::softplus, Functions::softplus),
        TANH(VectorFunctions::tanh, Functions::tanh),
        ERF(VectorFunctions::erf, Functions::erf),
        GELU(VectorFunctions::gelu, Functions::gelu),
        GELU_TANH(VectorFunctions::geluTanh, Functions::geluTanh),
        LOG_SIGMOID(VectorFunctions::logSigmoid, x -> -Functions.softplus(-x)),
        ELU_PLUS_ONE(VectorFunctions::eluPlusOne, Functions::eluPlusOne),
        RINT(VectorFunctions::rint, Functions::rint),
        SIN_TURNS(VectorFunctions::sinTurns, Functions::sinTurns),
        COS_TURNS(VectorFunctions::cosTurns, Functions::cosTurns),
        RELU(VectorFunctions::relu, Functions::relu),
        RELU_SQUARED(VectorFunctions::reluSquared, x -> Functions.relu(x) * Functions.relu(x)),
        MAX_WITH_ITS_HALF(
                x -> VectorFunctions.max(x, x.mul(0.5f)), x -> Functions.max(x, x * 0.5f)),
        MIN_WITH_ITS_HALF(
                x -> VectorFunctions.min(x, x.mul(0.5f)), x -> Functions.min(x, x * 0.5f));

        final Vectors vectors;
        final Scalars scalars;

        Twin(Vectors vectors, Scalars scalars) {
            this.vectors = vectors;
            this.scalars = scalars;
        }
    }

    interface Vectors {
        FloatVector apply(FloatVector x);
    }

    interface Scalars {
        float apply(float x);
    }

    @ParameterizedTest
    @EnumSource(Twin.class)
    void twin_overAllExponentsAndSpecials_equalsTheScalarByBits(Twin twin) {
        List<String> different = new ArrayList<>();
        float[] x = new float[1 << 16];
        long next = 0;
        while (next < 1L << 32) {
            int n = 0;
            for (; n < x.length - SPECIAL.length && next < 1L << 32; next += STRIDE) {
                x[n++] = Float.intBitsToFloat((int) next);
            }
            for (float special : SPECIAL) {
                x[n++] = special;
            }
            compare(twin, x, n, different);
        }
        assertThat(different).isEmpty();
    }

    private static void compare(Twin twin, float[] x, int n, List<String> different) {
        float[] out = new float[VectorFunctions.FLOATS.length()];
        for (int i = 0; i + out.length <= n; i += out.length) {
            twin.vectors
                    .apply(FloatVector.fromArray(VectorFunctions.FLOATS, x, i))
                    .intoArray(out, 0);
            for (int lane = 0; lane < out.length; lane++) {
                float expected = twin.scalars.apply(x[i + lane]);
                if (Float.floatToIntBits(out[lane]) != Float.floatToIntBits(expected)
                        && different.size() < 10) {
                    different.add("f(" + x[i + lane] + ") = " + out[lane] + ", scalar " + expected);
                }
            }
        }
    }
}
