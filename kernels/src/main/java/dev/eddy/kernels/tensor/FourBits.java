package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.Functions;

/** Rounding of weights to integers from -8 to 7 with a float16 scale of either sign. */
final class FourBits {
    /** The largest |q| and what is tried around it. */
    private static final float FULL = 8;

    private static final float STEP = 0.25f;
    private static final int TRIES = 8;

    private FourBits() {}

    /**
     * The float16 bits of the scale with the least squared error, weighted by x^2, among some: the
     * element that is largest in size becomes -8 or near it; given that rounding, the scale is the
     * best there is.
     */
    static short scale(float[] x, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.abs(x[i]) > Math.abs(largest) ? x[i] : largest;
        }
        float best = 0;
        float most = 0;
        for (int attempt = -TRIES; attempt <= TRIES && largest != 0; attempt++) {
            float inverse = -(FULL + STEP * attempt) / largest;
            float product = 0;
            float square = 0;
            for (int i = from; i < from + count; i++) {
                float q = rounded(x[i] * inverse);
                product = Math.fma(x[i] * x[i] * x[i], q, product);
                square = Math.fma(x[i] * x[i] * q, q, square);
            }
            if (square > 0 && product * product > most * square) {
                most = product * product / square;
                best = product / square;
            }
        }
        return Float.floatToFloat16(best);
    }

    /** Rounds {@code group} elements, those beyond the row to zero; the scale. */
    static float round(float[] x, int from, short half, int[] q, int group) {
        float scale = Float.float16ToFloat(half);
        for (int i = from; i < from + group; i++) {
            q[i] = scale == 0 || i >= x.length ? 0 : (int) rounded(x[i] / scale);
        }
        return scale;
    }

    private static float rounded(float x) {
        return Math.clamp(Functions.rint(Math.clamp(x, -FULL, FULL)), -FULL, FULL - 1);
    }
}
