package dev.eddy.runtime.model.mixer;

/**
 * One channel of S4's state space (arXiv:2111.00396, section 3): x' = A x + B u with A = diag(l) -
 * p p*, discretised by the bilinear rule with step dt. Only one of each conjugate pair is kept, M
 * of N = 2 M numbers.
 *
 * <p>With d = 1 / (2 / dt - l) and k = 2 Re(sum of |p|^2 d), Woodbury's identity gives x = pole x +
 * write f + input u, where pole = d (2 / dt + l), f = Re(sum of read x) of the old x, read = 2
 * conj(p) d, write = -4 / (dt (1 + k)) d p and input = 2 d b - 2 d p / (1 + k) 2 Re(sum of conj(p)
 * d b).
 */
public final class DiagonalPlusLowRank {
    private final Complex[] poles;
    private final Complex[] read;
    private final Complex[] write;
    private final Complex[] input;

    /** The system of diagonal l, low-rank factor p, input b (each [M]) and step dt. */
    public DiagonalPlusLowRank(Complex[] l, Complex[] p, Complex[] b, double dt) {
        int modes = l.length;
        poles = new Complex[modes];
        read = new Complex[modes];
        write = new Complex[modes];
        input = new Complex[modes];
        Complex rate = Complex.of(2 / dt);
        double loop = 1; // 1 + k
        double drive = 0; // 2 Re(sum of conj(p) d b)
        for (int n = 0; n < modes; n++) {
            Complex d = Complex.of(1).over(rate.minus(l[n]));
            poles[n] = d.times(rate.plus(l[n]));
            read[n] = p[n].conjugate().times(d).times(2);
            loop += read[n].times(p[n]).re();
            drive += read[n].times(b[n]).re();
        }
        for (int n = 0; n < modes; n++) {
            Complex d = Complex.of(1).over(rate.minus(l[n]));
            Complex dp = d.times(p[n]);
            write[n] = dp.times(-4 / dt / loop);
            input[n] = d.times(b[n]).times(2).minus(dp.times(2 * drive / loop));
        }
    }

    /** The diagonal of the transition [M]. */
    public Complex[] poles() {
        return poles;
    }

    /** What f reads of the state [M]. */
    public Complex[] read() {
        return read;
    }

    /** What f adds to the state [M]. */
    public Complex[] write() {
        return write;
    }

    /** What an input adds to the state [M]. */
    public Complex[] input() {
        return input;
    }

    /**
     * The residues r [M], y = Re(sum of r x), from the output c that a convolution of {@code
     * length} taps was trained with: c' (1 - A^length), which its files hold.
     *
     * @param length 0 where c is the plain output
     */
    public Complex[] residues(Complex[] c, long length) {
        int size = 2 * c.length; // N
        double[] row = new double[size];
        for (int n = 0; n < c.length; n++) {
            row[2 * n] = 2 * c[n].re();
            row[2 * n + 1] = -2 * c[n].im();
        }
        if (length > 0) {
            double[][] rest = power(transition(), length);
            double[][] system = new double[size][size]; // (1 - A^length) transposed
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    system[j][i] = (i == j ? 1 : 0) - rest[i][j];
                }
            }
            solve(system, row);
        }
        Complex[] residues = new Complex[c.length];
        for (int n = 0; n < c.length; n++) {
            residues[n] = new Complex(row[2 * n], -row[2 * n + 1]);
        }
        return residues;
    }

    /** The transition of (real, imaginary) pairs, dense [N, N]. */
    private double[][] transition() {
        int size = 2 * poles.length;
        double[][] a = new double[size][size];
        for (int n = 0; n < poles.length; n++) {
            for (int k = 0; k < poles.length; k++) {
                a[2 * n][2 * k] = write[n].re() * read[k].re();
                a[2 * n][2 * k + 1] = -write[n].re() * read[k].im();
                a[2 * n + 1][2 * k] = write[n].im() * read[k].re();
                a[2 * n + 1][2 * k + 1] = -write[n].im() * read[k].im();
            }
            a[2 * n][2 * n] += poles[n].re();
            a[2 * n][2 * n + 1] -= poles[n].im();
            a[2 * n + 1][2 * n] += poles[n].im();
            a[2 * n + 1][2 * n + 1] += poles[n].re();
        }
        return a;
    }

    private static double[][] power(double[][] base, long exponent) {
        double[][] square = base;
        double[][] result = null;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = result == null ? square : product(result, square);
            }
            square = e > 1 ? product(square, square) : square;
        }
        return result == null ? base : result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        int size = a.length;
        double[][] c = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                for (int j = 0; j < size; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    /** Solves a x = b by elimination with the largest pivot; x replaces b, a is spent. */
    private static void solve(double[][] a, double[] b) {
        int size = b.length;
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k + 1; i < size; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            double[] row = a[pivot];
            double value = b[pivot];
            a[pivot] = a[k];
            b[pivot] = b[k];
            a[k] = row;
            b[k] = value;
            for (int i = k + 1; i < size; i++) {
                double factor = a[i][k] / row[k];
                b[i] -= factor * value;
                for (int j = k; j < size; j++) {
                    a[i][j] -= factor * row[j];
                }
            }
        }
        for (int k = size - 1; k >= 0; k--) {
            for (int j = k + 1; j < size; j++) {
                b[k] -= a[k][j] * b[j];
            }
            b[k] /= a[k][k];
        }
    }
}
