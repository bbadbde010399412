package dev.eddy.kernels.numerics;

/**
 * Rounding of real numbers to integers of eight bits, of those that share one scale: q = rint(x 127
 * / m), m the largest |x|, so that x is about q m / 127. In scalar code, the definition; vector and
 * C twins give the same bits.
 */
public final class Integers {
    /** Elements of an activation row that share a scale; the last block may be shorter. */
    public static final int BLOCK = 128;

    /** The largest |q|. */
    public static final int MOST = 127;

    /** Numbers none of which is this large count as zero: their inverse would overflow. */
    public static final int LEAST_BITS = Float.floatToRawIntBits(1e-30f);

    private static final int INFINITE_BITS = 0x7f800000;

    private Integers() {}

    /**
     * The bits of the largest |x| of {@code count} elements: as ints they are ordered as the
     * numbers are, with infinity and NaN above.
     */
    public static int largest(float[] x, int from, int count) {
        int largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(x[i]) & 0x7fffffff);
        }
        return largest;
    }

    /** What one unit of q stands for; NaN where an element is not finite. */
    public static float scale(int largest) {
        if (largest >= INFINITE_BITS) {
            return Float.NaN;
        }
        return largest < LEAST_BITS ? 0 : Float.intBitsToFloat(largest) / MOST;
    }

    /** What numbers are multiplied by before they are rounded. */
    public static float inverse(int largest) {
        boolean scaled = largest >= LEAST_BITS && largest < INFINITE_BITS;
        return scaled ? MOST / Float.intBitsToFloat(largest) : 0;
    }

    /** The nearest integer to {@code x inverse}, ties to even, between -127 and 127. */
    public static int round(float x, float inverse) {
        float moved = x * inverse + Functions.ROUND_MAGIC;
        int q = Float.floatToRawIntBits(moved) - Functions.ROUND_MAGIC_BITS;
        return Math.clamp(q, -MOST, MOST);
    }
}
