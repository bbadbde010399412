package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.GatedDeltaRule;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.ShortConv;

/**
 * Gated DeltaNet (arXiv:2412.06464) in fla's names.
 *
 * @param rule its recurrence, H_k heads of K keys, H heads of V values
 * @param values V
 * @param conv taps of the short convolutions, 1 for none
 * @param gated whether the heads' outputs have a gate
 */
record GatedDeltaNet(
        GatedDeltaRule rule, int values, ShortConv conv, boolean gated, GatedOutput output)
        implements Fla.Mixer {
    static Stack record(Config config, Weights weights) {
        int heads = config.positive("num_heads", 6);
        int valueHeads = config.positive("num_v_heads", heads);
        if (valueHeads % heads != 0) {
            throw config.refuse("num_v_heads", "a multiple of num_heads " + heads);
        }
        int keys = config.positive("head_dim", 256);
        double values = keys * config.doubleOf("expand_v", 2);
        if (values != Math.rint(values) || !(values >= 1 && values <= Integer.MAX_VALUE)) {
            throw config.refuse("expand_v", "a factor that makes head_dim " + keys + " whole");
        }
        boolean negative = config.boolOf("allow_neg_eigval", false);
        Options.require(config, "use_short_conv", true);
        GatedDeltaNet mixer =
                new GatedDeltaNet(
                        new GatedDeltaRule(heads, valueHeads, keys, negative),
                        (int) values,
                        new ShortConv(config.positive("conv_size", 4), UnaryFunction.SILU),
                        config.boolOf("use_gate", true),
                        new GatedOutput(Fla.norm(config), valueHeads));
        return Fla.record("gated_deltanet", config, mixer);
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        int width = rule.heads() * values;
        Value q =
                conv.apply(
                        m,
                        "q_conv1d",
                        Projection.of(m, "q_proj", false, x, rule.keyHeads() * rule.keys()));
        Value k =
                conv.apply(
                        m,
                        "k_conv1d",
                        Projection.of(m, "k_proj", false, x, rule.keyHeads() * rule.keys()));
        Value v =
                conv.apply(m, "v_conv1d", Projection.of(m, "v_proj", false, x, width)); // [R, H V]
        Value a = Projection.of(m, "a_proj", false, x, rule.heads()); // [R, H]
        Value b = Projection.of(m, "b_proj", false, x, rule.heads()); // [R, H]
        Value o = rule.scan(m, q, k, v, a, b); // [R, H V]
        return output.apply(m, o, Fla.gate(m, gated, x, width), x.width());
    }
}
