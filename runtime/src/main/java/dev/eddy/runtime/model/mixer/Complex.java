package dev.eddy.runtime.model.mixer;

/**
 * A complex number in double precision, for weights that are computed at load.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(double re, double im) {
    /** Element {@code index} of pairs (real, imaginary). */
    public static Complex at(float[] pairs, int index) {
        return new Complex(pairs[2 * index], pairs[2 * index + 1]);
    }

    /** A real number. */
    public static Complex of(double re) {
        return new Complex(re, 0);
    }

    /** Writes this as element {@code index} of pairs (real, imaginary). */
    public void put(float[] pairs, int index) {
        pairs[2 * index] = (float) re;
        pairs[2 * index + 1] = (float) im;
    }

    public Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    public Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    public Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    public Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    public Complex over(Complex other) {
        double square = other.re * other.re + other.im * other.im;
        return times(other.conjugate()).times(1 / square);
    }

    public Complex conjugate() {
        return new Complex(re, -im);
    }

    /** e to the power of this. */
    public Complex exp() {
        double size = StrictMath.exp(re);
        return new Complex(size * StrictMath.cos(im), size * StrictMath.sin(im));
    }
}
