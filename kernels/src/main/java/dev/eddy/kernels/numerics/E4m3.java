package dev.eddy.kernels.numerics;

/**
 * Conversions between float and E4M3, the numbers of eight bits of the OCP 8-bit Floating Point
 * Specification (revision 1.0) that have a sign, four bits of exponent (bias 7), three of mantissa,
 * subnormal numbers, one NaN and no infinity: safetensors calls them F8_E4M3. Every one of them is
 * a bfloat16 number.
 */
public final class E4m3 {
    /** The largest number. */
    public static final float MOST = 448;

    private static final int SIGN = 0x80;
    private static final int NAN = 0x7f;
    private static final int MOST_CODE = 0x7e;

    /** Bits of a float's mantissa beyond those of the code's. */
    private static final int MORE_BITS = 23 - 3;

    /** What a float's exponent is larger by, where the code's lies above its mantissa. */
    private static final int BIAS = (127 - 7) << 3;

    private static final float LEAST_NORMAL = 0x1p-6f;
    private static final float SUBNORMALS = 0x1p9f;

    private E4m3() {}

    /** The number that a code denotes (exact). */
    public static float toFloat(byte code) {
        int size = code & ~SIGN & 0xff;
        float value;
        if (size == NAN) {
            value = Float.NaN;
        } else if (size < 1 << 3) {
            value = size / SUBNORMALS;
        } else {
            value = Float.intBitsToFloat((size + BIAS) << MORE_BITS);
        }
        return code < 0 ? -value : value;
    }

    /** The code of the nearest number, ties to even; what is beyond the largest becomes that. */
    public static byte of(float value) {
        float size = Math.abs(value);
        int code;
        if (Float.isNaN(value)) {
            code = NAN;
        } else if (size < LEAST_NORMAL) {
            code = (int) Math.rint(size * SUBNORMALS);
        } else {
            int bits = Float.floatToRawIntBits(size);
            int half = (1 << (MORE_BITS - 1)) - 1 + (bits >> MORE_BITS & 1);
            code = Math.min(((bits + half) >> MORE_BITS) - BIAS, MOST_CODE);
        }
        return (byte) (Float.floatToRawIntBits(value) < 0 ? code | SIGN : code);
    }
}
