package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Op.ModalScan.Feedback;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelBuilder.Stored;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Complex;
import dev.eddy.runtime.model.mixer.DiagonalPlusLowRank;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * S4 (arXiv:2111.00396) as {@code S4Block} of s4.py in its nplr mode: a state space whose poles are
 * joined by a low-rank term, trained as a convolution, served as its recurrence. It is not
 * diagonalised: HiPPO's matrix is too far from normal for that (section 3.2).
 *
 * <p>D channels, M conjugate pairs, S systems that channels share. Files hold C (1 - A^L), L in
 * {@code kernel.l_kernel} or, failing that, {@code l_max}.
 */
final class S4 {
    private final int hidden;
    private final int modes;
    private final int systems;
    private final long length;

    private S4(Config config) {
        hidden = config.positive("d_model");
        modes = S4Model.modes(config);
        systems = S4Model.systems(config);
        length = config.intIn("l_max", 0, Integer.MAX_VALUE, 0);
        config.intIn("rank", 1, 1, 1);
    }

    static Stack record(Config config, Weights weights) {
        S4Model.refuseVariants(config);
        S4 s4 = new S4(config);
        return new S4Model("s4", "layer", false).record(config, (m, x) -> s4.scan(m, x));
    }

    /** The recurrence over x [R, D]; out [R, D]. State h [D, M, 2]. */
    private Value scan(ModelBuilder m, Value x) {
        long trained = m.integer("l_kernel").orElse(length);
        Feedback feedback =
                new Feedback(
                        part(m, "input", DiagonalPlusLowRank::input),
                        part(m, "read", DiagonalPlusLowRank::read),
                        part(m, "write", DiagonalPlusLowRank::write));
        Stored[] from = new Stored[6];
        System.arraycopy(system(m), 0, from, 0, 5);
        from[5] = m.stored("C", 1, hidden, modes, 2);
        Weight residues =
                m.derived(
                        "residues",
                        Shape.of(hidden, modes, 2),
                        tensors ->
                                pairs(d -> {
                                    Complex[] c = complex(tensors[5], d);
                                    return of(tensors, d).residues(c, trained);
                                }),
                        from);
        Weight poles = part(m, "poles", DiagonalPlusLowRank::poles);
        return m.ops().modalScan(m.name("h"), x, poles, residues, feedback);
    }

    /** The tensors of the system without its output. */
    private Stored[] system(ModelBuilder m) {
        return new Stored[] {
            m.stored("inv_dt", hidden, 1),
            m.stored("A_real", systems, modes),
            m.stored("A_imag", systems, modes),
            m.stored("P", 1, systems, modes, 2),
            m.stored("B", 1, systems, modes, 2)
        };
    }

    private Weight part(
            ModelBuilder m, String name, Function<DiagonalPlusLowRank, Complex[]> part) {
        return m.derived(
                name,
                Shape.of(hidden, modes, 2),
                tensors -> pairs(d -> part.apply(of(tensors, d))),
                system(m));
    }

    /** Channel {@code d} of the system that {@link #system} names. */
    private DiagonalPlusLowRank of(float[][] tensors, int d) {
        int shared = d % systems;
        Complex[] diagonal = new Complex[modes];
        for (int n = 0; n < modes; n++) {
            int i = shared * modes + n;
            diagonal[n] = new Complex(-StrictMath.exp(tensors[1][i]), -tensors[2][i]);
        }
        Complex[] p = complex(tensors[3], shared);
        Complex[] b = complex(tensors[4], shared);
        return new DiagonalPlusLowRank(diagonal, p, b, StrictMath.exp(tensors[0][d]));
    }

    /** Row {@code row} of a tensor [.., M, 2]. */
    private Complex[] complex(float[] tensor, int row) {
        Complex[] values = new Complex[modes];
        for (int n = 0; n < modes; n++) {
            values[n] = Complex.at(tensor, row * modes + n);
        }
        return values;
    }

    /** A tensor [D, M, 2] channel by channel. */
    private float[] pairs(IntFunction<Complex[]> channel) {
        float[] values = new float[2 * hidden * modes];
        for (int d = 0; d < hidden; d++) {
            Complex[] row = channel.apply(d);
            for (int n = 0; n < modes; n++) {
                row[n].put(values, d * modes + n);
            }
        }
        return values;
    }
}
