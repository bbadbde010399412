package dev.eddy.kernels.numerics;

/** Conversions between float and the 16-bit types, rounding to nearest even. */
public final class Halves {
    private Halves() {}

    /** The float that a bfloat16 bit pattern denotes (exact). */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest bfloat16 bit pattern, ties to even; every NaN stays a NaN. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The value after a round trip through bfloat16. */
    public static float roundBf16(float value) {
        return fromBf16(toBf16(value));
    }

    /** Factors smaller than 2^-50 count as zero: then no sum of their products is subnormal. */
    public static final int LEAST_FACTOR_BITS = (127 - 50) << 23;

    /**
     * A factor of a product of bfloat16 numbers: the nearest one, or zero where |value| is below
     * 2^-50. Instructions that take subnormal numbers as zero give the same sums for such factors.
     */
    public static short toFactor(float value) {
        int size = Float.floatToRawIntBits(value) & 0x7fffffff;
        return size < LEAST_FACTOR_BITS ? 0 : toBf16(value);
    }

    /** {@link #toFactor} as a float. */
    public static float roundFactor(float value) {
        return fromBf16(toFactor(value));
    }

    /** The float that an IEEE binary16 bit pattern denotes (exact). */
    public static float fromF16(short bits) {
        return Float.float16ToFloat(bits);
    }
}
