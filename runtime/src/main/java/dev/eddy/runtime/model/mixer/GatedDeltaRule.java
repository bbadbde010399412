package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * The core of a Gated DeltaNet layer (arXiv:2412.06464): {@link DeltaRule} with decay exp(-exp(
 * A_log) softplus(a + dt_bias)) and share sigmoid(b), one of each a value head.
 *
 * @param keyHeads H_k; value heads take its queries and keys in turn
 * @param heads H, of the values
 * @param keys K, a head's queries and keys
 * @param negative true where the share is doubled, which allows negative eigenvalues
 */
public record GatedDeltaRule(int keyHeads, int heads, int keys, boolean negative) {
    /** q, k [R, H_k K], v [R, H V], a, b [R, H]; out [R, H V]. State s [H, K, V]. */
    public Value scan(ModelBuilder m, Value q, Value k, Value v, Value a, Value b) {
        ProgramBuilder p = m.ops();
        Value unitQ = DeltaRule.unit(p, q, keyHeads, 1 / Math.sqrt(keys));
        Value unitK = DeltaRule.unit(p, k, keyHeads, 1);
        Value share = p.unary(UnaryFunction.SIGMOID, b);
        Value dt = p.unary(UnaryFunction.SOFTPLUS, p.add(a, m.weight("dt_bias", heads)));
        Value rate = p.multiply(dt, m.derived("A_log", "-exp", x -> -Functions.exp(x), heads));
        return new DeltaRule(heads)
                .scan(
                        m,
                        HeadProjections.repeat(p, unitQ, keyHeads, heads / keyHeads),
                        HeadProjections.repeat(p, unitK, keyHeads, heads / keyHeads),
                        v,
                        negative ? p.multiply(share, new Operand.Scalar(2)) : share,
                        p.unary(UnaryFunction.EXP, rate));
    }
}
