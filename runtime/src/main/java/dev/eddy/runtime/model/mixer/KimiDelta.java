package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * Kimi Delta Attention (arXiv:2510.26692, section 3): {@link DeltaRule} whose decay is one number a
 * key channel, exp(-exp(A_log) softplus(f + dt_bias)), with f and the output's gate of low rank.
 *
 * @param heads H
 * @param width K, of a head's queries, keys and values, and the rank of f and of the gate
 * @param conv the convolutions of queries, keys and values
 * @param output the way out of the heads
 */
public record KimiDelta(int heads, int width, ShortConv conv, GatedOutput output) {
    /** Mixes x [R, D] along time; out [R, D]. States: three windows and s [H, K, K]. */
    public Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        HeadProjections projections = new HeadProjections(heads, heads, width, width, conv);
        Value beta = p.unary(UnaryFunction.SIGMOID, Projection.of(m, "b_proj", false, x, heads));
        Value o =
                new DeltaRule(heads)
                        .scan(
                                m,
                                DeltaRule.unit(
                                        p, projections.query(m, x), heads, 1 / Math.sqrt(width)),
                                DeltaRule.unit(p, projections.key(m, x), heads, 1),
                                projections.value(m, x),
                                beta,
                                decay(m, x)); // [R, H K]
        return output.apply(m, o, lowRank(m, "g", x), x.width());
    }

    /** w [R, H K]. */
    private Value decay(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value shifted = p.add(lowRank(m, "f", x), m.weight("dt_bias", (long) heads * width));
        Weight rate = m.derived("A_log", "-exp", a -> -Functions.exp(a), 1, 1, heads, 1); // [H]
        Value log =
                p.binary(
                        BinaryFunction.MULTIPLY,
                        p.unary(UnaryFunction.SOFTPLUS, shifted),
                        rate,
                        Spread.BLOCKS);
        return p.unary(UnaryFunction.EXP, log);
    }

    /** NAME_b_proj NAME_a_proj x: [R, H K]. */
    private Value lowRank(ModelBuilder m, String name, Value x) {
        Value low = Projection.of(m, name + "_a_proj", false, x, width); // [R, K]
        return Projection.of(m, name + "_b_proj", false, low, heads * width);
    }
}
