package dev.eddy.kernels.numerics;

/**
 * The transcendental functions that every CPU backend shares: polynomials in explicit float FMAs,
 * so that scalar and vector code on any width give the same bits. Largest errors against the exact
 * value, measured by {@code FunctionsTest} over all exponents: exp 1.01 ulp, log 0.81, sigmoid 2.5,
 * silu 2.4, softplus 1.7, tanh 1.3, erf 1.1, sinTurns and cosTurns 1.95; below -88.7, where e^-x
 * overflows, sigmoid and silu are zero, off by less than 3e-37.
 *
 * <p>Coefficients are those of the Cephes library's single-precision expf, logf, sinf, cosf and
 * tanhf (S. Moshier); the constants are public so that vector twins read the same ones.
 */
public final class Functions {
    public static final float EXP_HI = 89f;
    public static final float EXP_LO = -104f;
    public static final float LOG2E = 1.44269504088896341f;

    /** 1.5 * 2^23: adding it rounds to an integer that then sits in the low mantissa bits. */
    public static final float ROUND_MAGIC = 12582912f;

    public static final int ROUND_MAGIC_BITS = 0x4b400000;
    public static final float LN2_HI = 0.693359375f;
    public static final float LN2_LO = -2.12194440e-4f;
    public static final float EXP_C7 = 1.9875691500e-4f;
    public static final float EXP_C6 = 1.3981999507e-3f;
    public static final float EXP_C5 = 8.3334519073e-3f;
    public static final float EXP_C4 = 4.1665795894e-2f;
    public static final float EXP_C3 = 1.6666665459e-1f;
    public static final float EXP_C2 = 5.0000001201e-1f;
    public static final float SQRT_HALF = 0.70710678118654752f;
    public static final float SQRT_TWO_MINUS_ONE = 0.41421356237309505f;
    public static final float LOG_C8 = 7.0376836292e-2f;
    public static final float LOG_C7 = -1.1514610310e-1f;
    public static final float LOG_C6 = 1.1676998740e-1f;
    public static final float LOG_C5 = -1.2420140846e-1f;
    public static final float LOG_C4 = 1.4249322787e-1f;
    public static final float LOG_C3 = -1.6668057665e-1f;
    public static final float LOG_C2 = 2.0000714765e-1f;
    public static final float LOG_C1 = -2.4999993993e-1f;
    public static final float LOG_C0 = 3.3333331174e-1f;
    public static final float TANH_SMALL = 0.625f;
    public static final float TANH_C4 = -5.70498872745e-3f;
    public static final float TANH_C3 = 2.06390887954e-2f;
    public static final float TANH_C2 = -5.37397155531e-2f;
    public static final float TANH_C1 = 1.33314422036e-1f;
    public static final float TANH_C0 = -3.33332819422e-1f;

    public static final float ERF_SPLIT = 0.927734375f;
    public static final float ERF_H7 = -1.72853470e-5f;
    public static final float ERF_H6 = 3.83197126e-4f;
    public static final float ERF_H5 = -3.88396438e-3f;
    public static final float ERF_H4 = 2.42546219e-2f;
    public static final float ERF_H3 = -1.06777877e-1f;
    public static final float ERF_H2 = -6.34846687e-1f;
    public static final float ERF_H1 = -1.28717512e-1f;
    public static final float ERF_L6 = -5.96761703e-4f;
    public static final float ERF_L5 = 4.99119423e-3f;
    public static final float ERF_L4 = -2.67681349e-2f;
    public static final float ERF_L3 = 1.12819925e-1f;
    public static final float ERF_L2 = -3.76125336e-1f;
    public static final float ERF_L1 = 1.28379166e-1f;
    public static final float SQRT_TWO_OVER_PI = 0.7978845608f;
    public static final float GELU_CUBE = 0.044715f;

    private static final float TWO_23 = 8388608f;

    public static final float TWO_PI = 6.28318530717958648f;
    public static final float SIN_C2 = -1.9515295891e-4f;
    public static final float SIN_C1 = 8.3321608736e-3f;
    public static final float SIN_C0 = -1.6666654611e-1f;
    public static final float COS_C2 = 2.443315711809948e-5f;
    public static final float COS_C1 = -1.388731625493765e-3f;
    public static final float COS_C0 = 4.166664568298827e-2f;

    private Functions() {}

    /** e^x; 0 and infinity beyond the float range, gradual underflow included; NaN stays NaN. */
    public static float exp(float x) {
        float y = x > EXP_HI ? EXP_HI : x;
        y = y < EXP_LO ? EXP_LO : y;
        float t = Math.fma(y, LOG2E, ROUND_MAGIC);
        float n = t - ROUND_MAGIC;
        float r = Math.fma(n, -LN2_HI, y);
        r = Math.fma(n, -LN2_LO, r);
        float p = Math.fma(EXP_C7, r, EXP_C6);
        p = Math.fma(p, r, EXP_C5);
        p = Math.fma(p, r, EXP_C4);
        p = Math.fma(p, r, EXP_C3);
        p = Math.fma(p, r, EXP_C2);
        p = Math.fma(p, r * r, r) + 1f;
        int k = Float.floatToRawIntBits(t) - ROUND_MAGIC_BITS;
        int half = k >> 1;
        return p * powerOfTwo(half) * powerOfTwo(k - half);
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    /** Natural logarithm; -infinity at 0, NaN below, infinity at infinity. */
    public static float log(float x) {
        boolean tiny = x < Float.MIN_NORMAL;
        float y = tiny ? x * TWO_23 : x;
        int bits = Float.floatToRawIntBits(y);
        int e = (bits >> 23) - 126;
        e = tiny ? e - 23 : e;
        float m = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        boolean low = m < SQRT_HALF;
        float f = low ? m + m - 1f : m - 1f;
        float result = logMantissa(f, low ? e - 1 : e);
        if (x == 0f) {
            return Float.NEGATIVE_INFINITY;
        }
        if (x < 0f) {
            return Float.NaN;
        }
        return x < Float.POSITIVE_INFINITY ? result : x;
    }

    /** ln(1 + f) + e ln 2 for f between sqrt(1/2) - 1 and sqrt(2) - 1. */
    private static float logMantissa(float f, float e) {
        float z = f * f;
        float p = Math.fma(LOG_C8, f, LOG_C7);
        p = Math.fma(p, f, LOG_C6);
        p = Math.fma(p, f, LOG_C5);
        p = Math.fma(p, f, LOG_C4);
        p = Math.fma(p, f, LOG_C3);
        p = Math.fma(p, f, LOG_C2);
        p = Math.fma(p, f, LOG_C1);
        p = Math.fma(p, f, LOG_C0);
        p = p * f * z;
        p = Math.fma(e, LN2_LO, p);
        p = Math.fma(z, -0.5f, p);
        return Math.fma(e, LN2_HI, f + p);
    }

    /** 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** x / (1 + e^-x). */
    public static float silu(float x) {
        return x / (1f + exp(-x));
    }

    /** ln(1 + e^x), accurate in relative terms for very negative x too. */
    public static float softplus(float x) {
        float u = exp(-Math.abs(x));
        boolean high = u > SQRT_TWO_MINUS_ONE;
        float log1p = logMantissa(high ? (u - 1f) * 0.5f : u, high ? 1f : 0f);
        return (x > 0f ? x : 0f) + log1p;
    }

    /** Hyperbolic tangent. */
    public static float tanh(float x) {
        float z = x * x;
        float p = Math.fma(TANH_C4, z, TANH_C3);
        p = Math.fma(p, z, TANH_C2);
        p = Math.fma(p, z, TANH_C1);
        p = Math.fma(p, z, TANH_C0);
        float small = Math.fma(p * z, x, x);
        float a = Math.abs(x);
        float large = 1f - 2f / (exp(a + a) + 1f);
        return a < TANH_SMALL ? small : Math.copySign(large, x);
    }

    /** The error function; coefficients after N. Juffa's single-precision erff. */
    public static float erf(float x) {
        float t = Math.abs(x);
        float s = x * x;
        float high = Math.fma(ERF_H7, t, ERF_H6);
        high = Math.fma(high, s, Math.fma(ERF_H5, t, ERF_H4));
        high = Math.fma(high, t, ERF_H3);
        high = Math.fma(high, t, ERF_H2);
        high = Math.fma(high, t, ERF_H1);
        high = Math.fma(high, t, -t);
        float low = Math.fma(ERF_L6, s, ERF_L5);
        low = Math.fma(low, s, ERF_L4);
        low = Math.fma(low, s, ERF_L3);
        low = Math.fma(low, s, ERF_L2);
        low = Math.fma(low, s, ERF_L1);
        low = Math.fma(low, x, x);
        return t > ERF_SPLIT ? Math.copySign(1f - exp(high), x) : low;
    }

    /** x Phi(x), Phi the normal distribution function. */
    public static float gelu(float x) {
        return 0.5f * x * (1f + erf(x * SQRT_HALF));
    }

    /** The tanh approximation of {@link #gelu}. */
    public static float geluTanh(float x) {
        float inner = SQRT_TWO_OVER_PI * Math.fma(GELU_CUBE * x * x, x, x);
        return 0.5f * x * (1f + tanh(inner));
    }

    /** x + 1 above zero, e^x below. */
    public static float eluPlusOne(float x) {
        return x > 0f ? x + 1f : exp(x);
    }

    /** The nearest whole number, ties to even, of |x| below 2^22. */
    public static float rint(float x) {
        return x + ROUND_MAGIC - ROUND_MAGIC;
    }

    /** cos(2 pi x) of |x| below 2^20: {@link #sinTurns} a quarter turn further. */
    public static float cosTurns(float x) {
        return turned(x, 1);
    }

    /**
     * sin(2 pi x) of |x| below 2^20: the nearest quarter turn is taken off exactly, the rest, at
     * most an eighth, goes through a polynomial.
     */
    public static float sinTurns(float x) {
        return turned(x, 0);
    }

    private static float turned(float x, int quarters) {
        float t = Math.fma(x, 4f, ROUND_MAGIC);
        int quarter = Float.floatToRawIntBits(t) - ROUND_MAGIC_BITS + quarters;
        float a = Math.fma(t - ROUND_MAGIC, -0.25f, x) * TWO_PI;
        float z = a * a;
        float p = Math.fma(SIN_C2, z, SIN_C1);
        float sin = Math.fma(Math.fma(p, z, SIN_C0) * z, a, a);
        float q = Math.fma(COS_C2, z, COS_C1);
        float cos = Math.fma(Math.fma(q, z, COS_C0), z * z, Math.fma(z, -0.5f, 1f));
        float y = (quarter & 1) == 0 ? sin : cos;
        return (quarter & 2) == 0 ? y : -y;
    }

    /** max(x, 0); NaN becomes 0. */
    public static float relu(float x) {
        return x > 0f ? x : 0f;
    }

    /** The larger argument; the second where they do not compare. */
    public static float max(float a, float b) {
        return a > b ? a : b;
    }

    /** The smaller argument; the second where they do not compare. */
    public static float min(float a, float b) {
        return a < b ? a : b;
    }

    /** Square root, correctly rounded. */
    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }
}
