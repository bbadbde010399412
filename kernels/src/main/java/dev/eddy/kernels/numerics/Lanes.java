package dev.eddy.kernels.numerics;

/**
 * The one reduction along a row: 128 virtual lanes, element i in lane i mod 128, ascending from +0,
 * then one fixed tree. They are as many as keep a processor's vector units and a GPU's warp busy;
 * every vector width divides them, so scalar and vector code give the same bits. A lane without
 * elements changes no bit of the sum.
 */
public final class Lanes {
    /** How many virtual lanes. */
    public static final int COUNT = 128;

    private Lanes() {}

    /** Adds the lanes: 64 pairs at distance 64, then 32, 16, ... 1. Overwrites {@code lanes}. */
    public static float tree(float[] lanes) {
        return tree(lanes, COUNT);
    }

    /** What is left of the tree where it has come to the first {@code count} lanes, 2^n of them. */
    public static float tree(float[] lanes, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    /** Sum of {@code count} floats from {@code from}. */
    public static float sum(float[] x, int from, int count) {
        float[] lanes = new float[COUNT];
        for (int i = 0; i < count; i++) {
            lanes[i % COUNT] += x[from + i];
        }
        return tree(lanes);
    }

    /** Sum of squares of {@code (x - shift)}, one FMA an element. */
    public static float squares(float[] x, int from, int count, float shift) {
        float[] lanes = new float[COUNT];
        for (int i = 0; i < count; i++) {
            float d = x[from + i] - shift;
            lanes[i % COUNT] = Math.fma(d, d, lanes[i % COUNT]);
        }
        return tree(lanes);
    }

    /**
     * ln of the sum of exponentials: the largest element, then the sum of exp(x - largest) in
     * lanes.
     */
    public static float logSumExp(float[] x, int from, int count) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Functions.max(x[from + i], largest);
        }
        float[] lanes = new float[COUNT];
        for (int i = 0; i < count; i++) {
            lanes[i % COUNT] += Functions.exp(x[from + i] - largest);
        }
        return largest + Functions.log(tree(lanes));
    }
}
