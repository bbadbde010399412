package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.Rope;
import org.jspecify.annotations.Nullable;

/**
 * Retentive networks (arXiv:2307.08621) in fla's names: a head's state S [K, V] decays at its own
 * fixed rate, S = gamma S + k v', y = S' q / sqrt(K), with q and k rotated by position and gamma =
 * 1 - 2^(-5 - h).
 *
 * @param heads H heads, G groups, K keys, V values
 * @param featureMap of queries and keys, or none
 * @param gated whether the heads' outputs have a gate
 */
record RetNet(
        HeadProjections heads,
        @Nullable UnaryFunction featureMap,
        boolean gated,
        GatedOutput output)
        implements Fla.Mixer {
    private static final double THETA = 10_000;

    static Stack record(Config config, Weights weights) {
        Options.require(config, "use_short_conv", false); // fla's own model ignores it
        HeadProjections heads = Fla.heads(config, 8, 1, 2, null);
        if (heads.keys() % 2 != 0) {
            throw config.refuse("expand_k", "a factor that gives heads an even number of keys");
        }
        RetNet mixer =
                new RetNet(
                        heads,
                        Fla.featureMap(config),
                        Fla.gated(config),
                        Fla.output(config, heads.heads()));
        return Fla.record("retnet", config, 2, mixer);
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        Rope rope = Rope.of(THETA, heads.keys());
        Weight gamma =
                Constants.vector(
                        m, "retention", heads.heads(), h -> 1 - Math.pow(2, -5 - h)); // [H]
        Value q = Fla.mapped(p, featureMap, heads.query(m, x)); // [R, H K]
        Value k = Fla.mapped(p, featureMap, heads.key(m, x)); // [R, G K]
        Value o =
                p.matrixScan(
                        m.name("s"),
                        Fla.scaled(p, rope.rotate(m, q, heads.heads()), heads.keys()),
                        heads.toHeads(p, rope.rotate(m, k, heads.groups())),
                        heads.toHeads(p, heads.value(m, x)),
                        p.broadcast(gamma),
                        heads.heads(),
                        heads.heads()); // [R, H V]
        return output.apply(m, o, Fla.gate(m, gated, x, o.width()), x.width());
    }
}
