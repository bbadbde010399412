package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.DeltaRule;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.ShortConv;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DeltaNet (arXiv:2406.06484) in fla's names: {@link DeltaRule} without decay on keys and queries
 * of length one.
 *
 * @param heads H heads, K keys, V values
 * @param activation of queries and keys, or none
 * @param beta whether the share that is written is learned, else one
 * @param negative true where the share is doubled, which allows negative eigenvalues
 * @param gated whether the heads' outputs have a gate
 */
record DeltaNet(
        HeadProjections heads,
        @Nullable UnaryFunction activation,
        boolean beta,
        boolean negative,
        boolean gated,
        GatedOutput output)
        implements Fla.Mixer {
    static Stack record(Config config, Weights weights) {
        config.oneOf("qk_norm", Set.of("l2"), "l2");
        @Nullable ShortConv conv =
                config.boolOf("use_short_conv", true)
                        ? new ShortConv(config.positive("conv_size", 4), null)
                        : null;
        HeadProjections heads = Fla.heads(config, 16, 1, 1, conv);
        DeltaNet mixer =
                new DeltaNet(
                        heads,
                        activation(config),
                        config.boolOf("use_beta", true),
                        config.boolOf("allow_neg_eigval", false),
                        config.boolOf("use_gate", false),
                        new GatedOutput(Fla.norm(config), heads.heads()));
        return Fla.record("delta_net", config, mixer);
    }

    private static @Nullable UnaryFunction activation(Config config) {
        Set<String> known = Set.of("silu", "relu", "elu", "identity");
        return switch (config.oneOf("qk_activation", known, "silu")) {
            case "relu" -> UnaryFunction.RELU;
            case "elu" -> UnaryFunction.ELU_PLUS_ONE;
            case "identity" -> null;
            default -> UnaryFunction.SILU;
        };
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        int n = heads.heads();
        Value q = Fla.mapped(p, activation, heads.query(m, x)); // [R, H K]
        Value k = Fla.mapped(p, activation, heads.key(m, x)); // [R, H K]
        Value v = p.unary(UnaryFunction.SILU, heads.value(m, x)); // [R, H V]
        Value share =
                beta
                        ? p.unary(UnaryFunction.SIGMOID, Projection.of(m, "b_proj", false, x, n))
                        : Constants.ones(m, n); // [R, H]
        Value o =
                new DeltaRule(n)
                        .scan(
                                m,
                                DeltaRule.unit(p, q, n, 1 / Math.sqrt(heads.keys())),
                                DeltaRule.unit(p, k, n, 1),
                                v,
                                negative ? p.multiply(share, new Operand.Scalar(2)) : share,
                                null); // [R, H V]
        return output.apply(m, o, Fla.gate(m, gated, x, o.width()), x.width());
    }
}
