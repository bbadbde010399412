// Sine and cosine in double, by the operations of Java's StrictMath (the algorithms of fdlibm), so that rotations have the
// reference's bits. Arguments whose size is beyond 2^19 quarter turns are reduced in three exact parts instead of
// fdlibm's many; the results then agree to the last bit of a double but for rare cases, and as floats.
#pragma once
#include "device.cuh"

EDDY_DEVICE int high_word(double x) { return (int)(__double_as_longlong(x) >> 32); }

EDDY_DEVICE double with_high_word(int high) { return __longlong_as_double((long long)high << 32); }

// Angles up to an eighth turn; tail is what x lacks.
EDDY_DEVICE double small_sine(double x, double tail, bool exact) {
    if ((high_word(x) & 0x7fffffff) < 0x3e400000) {
        return x;
    }
    double z = x * x;
    double v = z * x;
    double r = 8.33333333332248946124e-03
            + z * (-1.98412698298579493134e-04
                      + z * (2.75573137070700676789e-06
                                + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
    const double s1 = -1.66666666666666324348e-01;
    return exact ? x + v * (s1 + z * r) : x - ((z * (0.5 * tail - v * r) - tail) - v * s1);
}

EDDY_DEVICE double small_cosine(double x, double tail) {
    int high = high_word(x) & 0x7fffffff;
    if (high < 0x3e400000) {
        return 1.0;
    }
    double z = x * x;
    double r = z
            * (4.16666666666666019037e-02
                    + z * (-1.38888888888741095749e-03
                              + z * (2.48015872894767294178e-05
                                        + z * (-2.75573143513906633035e-07
                                                  + z * (2.08757232129817482790e-09
                                                            + z * -1.13596475577881948265e-11)))));
    if (high < 0x3fd33333) {
        return 1.0 - (0.5 * z - (z * r - x * tail));
    }
    double quarter = high > 0x3fe90000 ? 0.28125 : with_high_word(high - 0x00200000);
    double half = 0.5 * z - quarter;
    double rest = 1.0 - quarter;
    return rest - (half - (z * r - x * tail));
}

// x less the nearest multiple of a quarter turn, as y[0] + y[1]; x is not negative. The multiple modulo 4.
EDDY_DEVICE int less_quarters(double x, double* y) {
    const double inverse = 6.36619772367581382433e-01;
    int high = high_word(x);
    if (high > 0x413921fb) {
        double n = floor(x * inverse + 0.5);
        double r = fma(-n, 1.57079632679489655800e+00, x);
        double w = n * 6.12323399573676603587e-17;
        double lost = fma(n, 6.12323399573676603587e-17, -w);
        y[0] = r - w;
        y[1] = (r - y[0]) - w - lost - n * -1.49738490485916983693e-33;
        return (int)((long long)n & 3);
    }
    int n = (int)(x * inverse + 0.5);
    double fn = (double)n;
    double r = x - fn * 1.57079632673412561417e+00;
    double w = fn * 6.07710050650619224932e-11;
    y[0] = r - w;
    bool close = n >= 32 || high == high_word(fn * 1.57079632679489655800e+00);
    if (close && (high >> 20) - ((high_word(y[0]) >> 20) & 0x7ff) > 16) {
        double t = r;
        w = fn * 6.07710050630396597660e-11;
        r = t - w;
        w = fn * 2.02226624879595063154e-21 - ((t - r) - w);
        y[0] = r - w;
        if ((high >> 20) - ((high_word(y[0]) >> 20) & 0x7ff) > 49) {
            t = r;
            w = fn * 2.02226624871116645580e-21;
            r = t - w;
            w = fn * 8.47842766036889956997e-32 - ((t - r) - w);
            y[0] = r - w;
        }
    }
    y[1] = (r - y[0]) - w;
    return n & 3;
}

EDDY_DEVICE void sine_cosine(double angle, double* sine, double* cosine) {
    double x = fabs(angle);
    double y[2] = {x, 0.0};
    bool exact = high_word(x) <= 0x3fe921fb;
    int quarters = exact ? 0 : less_quarters(x, y);
    double s = small_sine(y[0], y[1], exact);
    double c = small_cosine(y[0], y[1]);
    double turned_sine = (quarters & 1) ? c : s;
    double turned_cosine = (quarters & 1) ? s : c;
    turned_sine = (quarters & 2) ? -turned_sine : turned_sine;
    turned_cosine = quarters == 1 || quarters == 2 ? -turned_cosine : turned_cosine;
    *sine = angle < 0.0 ? -turned_sine : turned_sine;
    *cosine = turned_cosine;
}
