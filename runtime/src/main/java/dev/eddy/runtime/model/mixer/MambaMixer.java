package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The selective state space mixer of Mamba (arXiv:2312.00752, algorithm 2), in the weight names of
 * Hugging Face.
 *
 * @param hidden model width D
 * @param inner channels E of the scan
 * @param modes state size N of a channel
 * @param rank rank R of the step projection
 * @param order taps of the convolution
 * @param bias whether in_proj and out_proj have biases
 * @param convBias whether the convolution has one
 * @param innerNorm the RMS norms of dt, B and C; null for none
 */
public record MambaMixer(
        int hidden,
        int inner,
        int modes,
        int rank,
        int order,
        boolean bias,
        boolean convBias,
        @Nullable InnerNorm innerNorm) {

    /**
     * RMS norms of dt, B and C.
     *
     * @param norm the norm
     * @param weighted whether they have weights: dt_layernorm, b_layernorm and c_layernorm
     */
    public record InnerNorm(RmsNorm norm, boolean weighted) {}

    /** Mixes x [R, D] along time; out [R, D]. State: conv window [order - 1, E] and h [E, N]. */
    public Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value projected = Projection.of(m, "in_proj", bias, x, 2 * inner);
        Value[] parts = p.split(projected, inner, inner); // u, gate: [R, E]
        Value u =
                p.fir(
                        m.name("conv"),
                        parts[0],
                        m.taps("conv1d.weight", inner, order),
                        m.optional(convBias, "conv1d.bias", inner));
        u = p.unary(UnaryFunction.SILU, u); // [R, E]
        Value selection = Projection.of(m, "x_proj", false, u, rank + 2 * modes); // [R, rank + 2 N]
        Value[] s = p.split(selection, rank, modes, modes); // dt [R, rank], B and C [R, N]
        Value dt =
                Projection.of(m, "dt_proj", true, normed(m, "dt_layernorm", s[0]), inner); // [R, E]
        dt = p.unary(UnaryFunction.SOFTPLUS, dt);
        Value y =
                p.diagonalScan(
                        m.name("h"),
                        u,
                        dt,
                        m.derived("A_log", "-exp", a -> -Functions.exp(a), inner, modes),
                        normed(m, "b_layernorm", s[1]),
                        normed(m, "c_layernorm", s[2])); // [R, E]
        y = p.add(y, p.multiply(u, m.weight("D", inner)));
        y = p.multiply(y, p.unary(UnaryFunction.SILU, parts[1]));
        return Projection.of(m, "out_proj", bias, y, hidden);
    }

    private Value normed(ModelBuilder m, String name, Value x) {
        if (innerNorm == null) {
            return x;
        }
        return innerNorm.weighted()
                ? innerNorm.norm().apply(m, name, x)
                : innerNorm.norm().perHead(m, x, 1);
    }
}
