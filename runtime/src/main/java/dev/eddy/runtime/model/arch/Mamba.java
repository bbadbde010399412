package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.MambaMixer;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mamba (arXiv:2312.00752) as {@code MambaForCausalLM}: residual blocks of one RMS norm and one
 * selective scan.
 */
final class Mamba {
    private Mamba() {}

    static Stack record(Config config, Weights weights) {
        return record(config, "mamba", mixer(config, null));
    }

    /** The mixer that a Mamba config describes, with its inner norms where it has them. */
    static MambaMixer mixer(Config config, MambaMixer.@Nullable InnerNorm innerNorm) {
        int hidden = config.positive("hidden_size");
        int expand = config.positive("expand", 2);
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        return new MambaMixer(
                hidden,
                config.positive("intermediate_size", hidden * expand),
                config.positive("state_size", 16),
                rank(config, "time_step_rank", hidden),
                config.positive("conv_kernel", 4),
                config.boolOf("use_bias", false),
                config.boolOf("use_conv_bias", true),
                innerNorm);
    }

    /** The rank of the step's projection: given, or "auto", a sixteenth of the width. */
    static int rank(Config config, String key, int hidden) {
        boolean auto = config.isString(key) || !config.has(key);
        return auto ? (hidden + 15) / 16 : config.positive(key);
    }

    static Stack record(Config config, String name, MambaMixer mixer) {
        RmsNorm norm = new RmsNorm(config.floatOf("layer_norm_epsilon", 1e-5f));
        Decoder decoder = new Decoder(name, Decoder.Names.MAMBA, norm, true);
        return decoder.record(
                config,
                (m, _, x) -> {
                    m.layer(name);
                    return m.ops().add(x, mixer.mix(m.in("mixer"), norm.apply(m, "norm", x)));
                });
    }
}
