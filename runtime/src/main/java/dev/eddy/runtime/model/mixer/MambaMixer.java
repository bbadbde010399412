package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.NormKind;
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
 * @param innerNorm epsilon of the weightless RMS norms of dt, B and C (Falcon-Mamba); null for none
 */
public record MambaMixer(
        int hidden,
        int inner,
        int modes,
        int rank,
        int order,
        boolean bias,
        boolean convBias,
        @Nullable Float innerNorm) {

    /** Mixes x [R, D] along time; out [R, D]. State: conv window [order - 1, E] and h [E, N]. */
    public Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value projected =
                p.matmul(
                        x,
                        m.weight("in_proj.weight", 2L * inner, hidden),
                        biasOf(m, "in_proj", 2L * inner));
        Value[] parts = p.split(projected, inner, inner); // u, gate: [R, E]
        Value u =
                p.fir(
                        m.name("conv"),
                        parts[0],
                        m.taps("conv1d.weight", inner, order),
                        m.optional(convBias, "conv1d.bias", inner));
        u = p.unary(UnaryFunction.SILU, u); // [R, E]
        Value selection =
                p.matmul(u, m.weight("x_proj.weight", rank + 2L * modes, inner)); // [R, rank + 2 N]
        Value[] s = p.split(selection, rank, modes, modes); // dt [R, rank], B and C [R, N]
        Value dt =
                p.matmul(
                        normed(p, s[0]),
                        m.weight("dt_proj.weight", inner, rank),
                        m.weight("dt_proj.bias", inner)); // [R, E]
        dt = p.unary(UnaryFunction.SOFTPLUS, dt);
        Value y =
                p.diagonalScan(
                        m.name("h"),
                        u,
                        dt,
                        m.derived("A_log", "-exp", a -> -Functions.exp(a), inner, modes),
                        normed(p, s[1]),
                        normed(p, s[2])); // [R, E]
        y = p.add(y, p.multiply(u, m.weight("D", inner)));
        y = p.multiply(y, p.unary(UnaryFunction.SILU, parts[1]));
        return p.matmul(
                y, m.weight("out_proj.weight", hidden, inner), biasOf(m, "out_proj", hidden));
    }

    private Value normed(ProgramBuilder p, Value x) {
        return innerNorm == null ? x : p.norm(NormKind.RMS, x, innerNorm, null, null);
    }

    private dev.eddy.kernels.program.@Nullable Weight biasOf(
            ModelBuilder m, String projection, long width) {
        return m.optional(bias, projection + ".bias", width);
    }
}
