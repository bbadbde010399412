package dev.eddy.kernels.numerics;

/**
 * Sine and cosine of an angle in double, by the operations of {@link StrictMath} (fdlibm's
 * algorithms, as the GPU's kernels compute them too), without the arrays that it allocates. Beyond
 * 2^19 quarter turns angles are reduced in three exact parts instead of fdlibm's many: the results
 * then agree to the last bit of a double but for rare cases, and as floats. Reused.
 */
public final class Rotation {
    private static final double QUARTERS = 6.36619772367581382433e-01;
    private static final double QUARTER = 1.57079632679489655800e+00;
    private static final double SIN_1 = -1.66666666666666324348e-01;

    /** The angle less the nearest multiple of a quarter turn, as a sum. */
    private double head;

    private double tail;

    private double sine = 0;
    private double cosine = 1;

    /** Turns to a finite angle in radians. */
    public void turn(double angle) {
        double x = Math.abs(angle);
        boolean exact = highWord(x) <= 0x3fe921fb;
        head = x;
        tail = 0;
        int quarters = exact ? 0 : reduce(x);
        double s = smallSine(exact);
        double c = smallCosine();
        sine = (quarters & 1) != 0 ? c : s;
        cosine = (quarters & 1) != 0 ? s : c;
        sine = (quarters & 2) != 0 ? -sine : sine;
        sine = angle < 0 ? -sine : sine;
        cosine = quarters == 1 || quarters == 2 ? -cosine : cosine;
    }

    /** The angle's sine. */
    public double sine() {
        return sine;
    }

    /** The angle's cosine. */
    public double cosine() {
        return cosine;
    }

    private static int highWord(double x) {
        return (int) (Double.doubleToRawLongBits(x) >> 32);
    }

    /** Takes the nearest multiple of a quarter turn off a positive angle; it modulo 4. */
    private int reduce(double x) {
        int high = highWord(x);
        if (high > 0x413921fb) {
            double n = Math.floor(x * QUARTERS + 0.5);
            double r = Math.fma(-n, QUARTER, x);
            double w = n * 6.12323399573676603587e-17;
            double lost = Math.fma(n, 6.12323399573676603587e-17, -w);
            head = r - w;
            tail = r - head - w - lost - n * -1.49738490485916983693e-33;
            return (int) ((long) n & 3);
        }
        int n = (int) (x * QUARTERS + 0.5);
        double r = x - n * 1.57079632673412561417e+00;
        double w = n * 6.07710050650619224932e-11;
        head = r - w;
        boolean close = n >= 32 || high == highWord(n * QUARTER);
        if (close && lostBits(high) > 16) {
            double t = r;
            w = n * 6.07710050630396597660e-11;
            r = t - w;
            w = n * 2.02226624879595063154e-21 - (t - r - w);
            head = r - w;
            if (lostBits(high) > 49) {
                t = r;
                w = n * 2.02226624871116645580e-21;
                r = t - w;
                w = n * 8.47842766036889956997e-32 - (t - r - w);
                head = r - w;
            }
        }
        tail = r - head - w;
        return n & 3;
    }

    /** Bits by which the head's exponent lies below that of a number with that high word. */
    private int lostBits(int high) {
        return (high >> 20) - (highWord(head) >> 20 & 0x7ff);
    }

    private double smallSine(boolean exact) {
        double x = head;
        if ((highWord(x) & 0x7fffffff) < 0x3e400000) {
            return x;
        }
        double z = x * x;
        double v = z * x;
        double r = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10;
        r = 2.75573137070700676789e-06 + z * r;
        r = -1.98412698298579493134e-04 + z * r;
        r = 8.33333333332248946124e-03 + z * r;
        return exact ? x + v * (SIN_1 + z * r) : x - (z * (0.5 * tail - v * r) - tail - v * SIN_1);
    }

    private double smallCosine() {
        double x = head;
        int high = highWord(x) & 0x7fffffff;
        if (high < 0x3e400000) {
            return 1;
        }
        double z = x * x;
        double r = 2.08757232129817482790e-09 + z * -1.13596475577881948265e-11;
        r = -2.75573143513906633035e-07 + z * r;
        r = 2.48015872894767294178e-05 + z * r;
        r = -1.38888888888741095749e-03 + z * r;
        r = z * (4.16666666666666019037e-02 + z * r);
        if (high < 0x3fd33333) {
            return 1 - (0.5 * z - (z * r - x * tail));
        }
        double quarter =
                high > 0x3fe90000
                        ? 0.28125
                        : Double.longBitsToDouble((long) (high - 0x00200000) << 32);
        double half = 0.5 * z - quarter;
        return 1 - quarter - (half - (z * r - x * tail));
    }
}
