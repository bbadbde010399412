package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelBuilder.Stored;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Complex;
import java.util.Set;

/**
 * S4D (arXiv:2206.11893): a diagonal state space of D channels by N / 2 conjugate pairs, trained as
 * a convolution, served as its recurrence. Two files: the minimal {@code S4D} of s4d.py ("s4d") and
 * {@code S4Block} of s4.py in its diagonal mode ("s4d_block").
 *
 * <p>With poles A, input B, output C and step dt, discretised by zero-order hold: h = exp(dt A) h +
 * u, y = 2 Re(sum of C B (exp(dt A) - 1) / A h); by the bilinear rule: h = (1 + dt A / 2) / (1 - dt
 * A / 2) h + u and the factor dt / (1 - dt A / 2).
 */
final class S4d {
    private S4d() {}

    /** One mode of one channel. */
    private record Mode(Complex a, Complex bc, double dt) {
        Complex pole(boolean bilinear) {
            Complex step = a.times(dt);
            return bilinear
                    ? one().plus(step.times(0.5)).over(one().minus(step.times(0.5)))
                    : step.exp();
        }

        Complex residue(boolean bilinear) {
            Complex hold =
                    bilinear
                            ? Complex.of(dt).over(one().minus(a.times(dt / 2)))
                            : pole(false).minus(one()).over(a);
            return bc.times(hold).times(2);
        }

        private static Complex one() {
            return Complex.of(1);
        }
    }

    /** How a file's tensors, in the order in which they were asked for, give the modes. */
    @FunctionalInterface
    private interface Reading {
        Mode mode(float[][] from, int channel, int mode);
    }

    static Stack minimal(Config config, Weights weights) {
        config.oneOf("disc", Set.of("zoh"), "zoh");
        int hidden = config.positive("d_model"); // D
        int modes = S4Model.modes(config); // M
        Reading reading =
                (from, d, n) -> {
                    int i = d * modes + n;
                    double re = -StrictMath.exp(from[1][i]);
                    Complex c = Complex.at(from[3], i);
                    return new Mode(new Complex(re, from[2][i]), c, StrictMath.exp(from[0][d]));
                };
        return new S4Model("s4d", "", true)
                .record(
                        config,
                        (m, x) ->
                                scan(
                                        m,
                                        x,
                                        modes,
                                        false,
                                        reading,
                                        m.stored("log_dt", hidden),
                                        m.stored("log_A_real", hidden, modes),
                                        m.stored("A_imag", hidden, modes),
                                        m.stored("C", hidden, modes, 2)));
    }

    static Stack block(Config config, Weights weights) {
        S4Model.refuseVariants(config);
        boolean bilinear =
                config.oneOf("disc", Set.of("zoh", "bilinear"), "zoh").equals("bilinear");
        int hidden = config.positive("d_model"); // D
        int modes = S4Model.modes(config); // M
        int systems = S4Model.systems(config); // S
        Reading reading =
                (from, d, n) -> {
                    int i = d % systems * modes + n;
                    Complex a = new Complex(-StrictMath.exp(from[1][i]), -from[2][i]);
                    Complex bc = Complex.at(from[3], i).times(Complex.at(from[4], d * modes + n));
                    return new Mode(a, bc, StrictMath.exp(from[0][d]));
                };
        return new S4Model("s4d_block", "layer", false)
                .record(
                        config,
                        (m, x) ->
                                scan(
                                        m,
                                        x,
                                        modes,
                                        bilinear,
                                        reading,
                                        m.stored("inv_dt", hidden, 1),
                                        m.stored("A_real", systems, modes),
                                        m.stored("A_imag", systems, modes),
                                        m.stored("B", 1, systems, modes, 2),
                                        m.stored("C", 1, hidden, modes, 2)));
    }

    /** The recurrence over x [R, D]; out [R, D]. State h [D, M, 2]. */
    private static Value scan(
            ModelBuilder m, Value x, int modes, boolean bilinear, Reading reading, Stored... from) {
        Shape shape = Shape.of(x.width(), modes, 2);
        Weight poles =
                m.derived(
                        "poles",
                        shape,
                        tensors -> {
                            float[] values = new float[(int) shape.elements()];
                            for (int i = 0; i < x.width() * modes; i++) {
                                Mode mode = reading.mode(tensors, i / modes, i % modes);
                                mode.pole(bilinear).put(values, i);
                            }
                            return values;
                        },
                        from);
        Weight residues =
                m.derived(
                        "residues",
                        shape,
                        tensors -> {
                            float[] values = new float[(int) shape.elements()];
                            for (int i = 0; i < x.width() * modes; i++) {
                                Mode mode = reading.mode(tensors, i / modes, i % modes);
                                mode.residue(bilinear).put(values, i);
                            }
                            return values;
                        },
                        from);
        return m.ops().modalScan(m.name("h"), x, poles, residues);
    }
}
