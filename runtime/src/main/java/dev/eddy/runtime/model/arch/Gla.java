package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.Projection;
import org.jspecify.annotations.Nullable;

/**
 * Gated linear attention (arXiv:2312.06635) in fla's names: a head's state S [K, V] decays by key
 * channel, S = diag(w) S + k v', y = S' q / sqrt(K), with w = sigmoid(low-rank x)^(1/16).
 *
 * @param heads H heads, G groups, K keys, V values
 * @param featureMap of queries and keys, or none
 * @param least the least logarithm of a decay; minus infinity for none
 * @param gated whether the heads' outputs have a gate
 */
record Gla(
        HeadProjections heads,
        @Nullable UnaryFunction featureMap,
        double least,
        boolean gated,
        GatedOutput output)
        implements Fla.Mixer {
    private static final int RANK = 16;
    private static final float NORMALIZER = 16;

    static Stack record(Config config, Weights weights) {
        Options.require(config, "use_gk", true);
        Options.require(config, "use_gv", false);
        HeadProjections heads = Fla.heads(config, 4, 0.5, 1, Fla.conv(config, UnaryFunction.SILU));
        Gla mixer =
                new Gla(
                        heads,
                        Fla.featureMap(config),
                        config.doubleOf("clamp_min", Double.NEGATIVE_INFINITY),
                        Fla.gated(config),
                        Fla.output(config, heads.heads()));
        return Fla.record("gla", config, mixer);
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        Value q = Fla.mapped(p, featureMap, heads.query(m, x)); // [R, H K]
        Value k = Fla.mapped(p, featureMap, heads.key(m, x)); // [R, G K]
        Value v = heads.value(m, x); // [R, G V]
        Value o =
                p.matrixScan(
                        m.name("s"),
                        Fla.scaled(p, q, heads.keys()),
                        heads.toHeads(p, k),
                        heads.toHeads(p, v),
                        heads.toHeads(p, decay(m, x)),
                        heads.heads(),
                        heads.heads()); // [R, H V]
        return output.apply(m, o, Fla.gate(m, gated, x, o.width()), x.width());
    }

    /** w [R, G K]. */
    private Value decay(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int width = heads.groups() * heads.keys();
        Value low = Projection.of(m, "gk_proj.0", false, x, RANK); // [R, rank]
        Value logit = Projection.of(m, "gk_proj.1", true, low, width); // [R, G K]
        Value log =
                p.binary(
                        BinaryFunction.DIVIDE,
                        p.unary(UnaryFunction.LOG_SIGMOID, logit),
                        new Operand.Scalar(NORMALIZER));
        if (least > Double.NEGATIVE_INFINITY) {
            log = p.binary(BinaryFunction.MAX, log, new Operand.Scalar((float) least));
        }
        return p.unary(UnaryFunction.EXP, log);
    }
}
