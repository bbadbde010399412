package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The delta rule of fast weights (arXiv:2406.06484; gated: arXiv:2412.06464; by channel:
 * arXiv:2510.26692): a head's state S [K, V] decays by w, then what it holds for key k moves to
 * value v by the share beta. S = diag(w) S + beta k (v - (diag(w) S)' k)'.
 *
 * @param heads H
 */
public record DeltaRule(int heads) {
    private static final float EPSILON = 1e-6f;

    /**
     * Queries or keys [R, H K], each head of length one.
     *
     * @param scale what the length becomes
     */
    public static Value unit(ProgramBuilder p, Value x, int heads, double scale) {
        Value unit = p.norm(NormKind.L2, x, heads, EPSILON, null, null);
        return scale == 1 ? unit : p.multiply(unit, new Operand.Scalar((float) scale));
    }

    /**
     * q, k [R, H K], v [R, H V], beta [R, H]; decay w [R, H], [R, H K] or none; out S' q [R, H V].
     * State s [H, K, V].
     */
    public Value scan(
            ModelBuilder m, Value q, Value k, Value v, Value beta, @Nullable Value decay) {
        ProgramBuilder p = m.ops();
        Value w = decay == null ? Constants.ones(m, heads) : decay;
        Value read = decay == null ? k : blocks(p, k, w); // w k, so that S before decay is read
        Value loss = blocks(p, k, p.multiply(beta, new Operand.Scalar(-1))); // -beta k
        return p.deltaScan(m.name("s"), q, k, blocks(p, v, beta), w, read, loss, heads);
    }

    private static Value blocks(ProgramBuilder p, Value x, Value factor) {
        return p.binary(BinaryFunction.MULTIPLY, x, factor, Spread.BLOCKS);
    }
}
