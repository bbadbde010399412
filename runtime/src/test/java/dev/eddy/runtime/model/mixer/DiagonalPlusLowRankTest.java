package dev.eddy.runtime.model.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalPlusLowRankTest {
    private static final double DT = 0.07;

    private final Random random = new Random(4);
    private Complex[] l = {};
    private Complex[] p = {};
    private Complex[] b = {};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void step_ofAnyState_solvesTheBilinearRule(int modes) {
        DiagonalPlusLowRank system = system(modes);
        Complex[] x = vector(modes, 1);
        double u = random.nextGaussian();
        Complex[] next = step(system, x, u);
        // (2 / dt - A) next = (2 / dt + A) x + 2 b u
        Complex[] after = times(next);
        Complex[] before = times(x);
        for (int n = 0; n < modes; n++) {
            Complex left = next[n].times(2 / DT).minus(after[n]);
            Complex right = x[n].times(2 / DT).plus(before[n]).plus(b[n].times(2 * u));
            assertThat(left.minus(right).re())
                    .as("mode %d of %d", n, modes)
                    .isCloseTo(0, within(1e-11));
            assertThat(left.minus(right).im())
                    .as("mode %d of %d", n, modes)
                    .isCloseTo(0, within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 256})
    void residues_ofATrainedOutput_undoItsTruncation(int length) {
        int modes = 4;
        DiagonalPlusLowRank system = system(modes);
        Complex[] c = vector(modes, 1);
        Complex[] trained = new Complex[modes];
        for (int n = 0; n < modes; n++) {
            // c' (1 - A^length) on the real and the imaginary unit of mode n
            double re = difference(system, c, unit(modes, n, new Complex(1, 0)), length);
            double im = difference(system, c, unit(modes, n, new Complex(0, 1)), length);
            trained[n] = new Complex(re / 2, -im / 2);
        }
        Complex[] residues = system.residues(trained, length);
        for (int n = 0; n < modes; n++) {
            assertThat(residues[n].re()).isCloseTo(2 * c[n].re(), within(1e-9));
            assertThat(residues[n].im()).isCloseTo(2 * c[n].im(), within(1e-9));
        }
    }

    private DiagonalPlusLowRank system(int modes) {
        l = vector(modes, 3);
        for (int n = 0; n < modes; n++) {
            l[n] = new Complex(-0.5 - Math.abs(l[n].re()), l[n].im());
        }
        p = vector(modes, 1);
        b = vector(modes, 1);
        return new DiagonalPlusLowRank(l, p, b, DT);
    }

    private Complex[] vector(int modes, double size) {
        Complex[] values = new Complex[modes];
        for (int n = 0; n < modes; n++) {
            values[n] = new Complex(size * random.nextGaussian(), size * random.nextGaussian());
        }
        return values;
    }

    private static Complex[] unit(int modes, int mode, Complex value) {
        Complex[] values = new Complex[modes];
        Arrays.fill(values, new Complex(0, 0));
        values[mode] = value;
        return values;
    }

    /** A x = l x - p 2 Re(sum of conj(p) x). */
    private Complex[] times(Complex[] x) {
        double sum = 2 * real(conjugates(p), x);
        Complex[] y = new Complex[x.length];
        for (int n = 0; n < x.length; n++) {
            y[n] = l[n].times(x[n]).minus(p[n].times(sum));
        }
        return y;
    }

    private static Complex[] conjugates(Complex[] x) {
        Complex[] y = x.clone();
        for (int n = 0; n < y.length; n++) {
            y[n] = y[n].conjugate();
        }
        return y;
    }

    private static Complex[] step(DiagonalPlusLowRank system, Complex[] x, double u) {
        double f = real(system.read(), x);
        Complex[] y = new Complex[x.length];
        for (int n = 0; n < x.length; n++) {
            y[n] =
                    system.poles()[n]
                            .times(x[n])
                            .plus(system.write()[n].times(f))
                            .plus(system.input()[n].times(u));
        }
        return y;
    }

    /** 2 Re(c (x - A^length x)). */
    private static double difference(
            DiagonalPlusLowRank system, Complex[] c, Complex[] x, int length) {
        Complex[] later = x;
        for (int i = 0; i < length; i++) {
            later = step(system, later, 0);
        }
        return 2 * (real(c, x) - real(c, later));
    }

    private static double real(Complex[] a, Complex[] x) {
        double sum = 0;
        for (int n = 0; n < x.length; n++) {
            sum += a[n].times(x[n]).re();
        }
        return sum;
    }
}
