package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.List;
import java.util.Set;

/** Mamba-2 (arXiv:2405.21060) as {@code Mamba2ForCausalLM}. */
final class Mamba2 {
    private Mamba2() {}

    static Stack record(Config config, Weights weights) {
        float epsilon = config.floatOf("layer_norm_epsilon", 1e-5f);
        Mamba2Mixer mixer = mixer(config, config.positive("hidden_size"), epsilon);
        RmsNorm norm = new RmsNorm(epsilon);
        Decoder decoder = new Decoder("mamba2", Decoder.Names.MAMBA, norm, true);
        return decoder.record(
                config,
                (m, _, x) -> {
                    m.layer("mamba2");
                    return m.ops().add(x, mixer.mix(m.in("mixer"), norm.apply(m, "norm", x)));
                });
    }

    private static Mamba2Mixer mixer(Config config, int hidden, float epsilon) {
        int headDim = config.positive("head_dim", 64);
        int heads = config.positive("num_heads", 128);
        int expand = config.positive("expand", 2);
        if (heads * (long) headDim != expand * (long) hidden) {
            throw config.refuse(
                    "num_heads",
                    "expand " + expand + " x hidden_size " + hidden + " / head_dim " + headDim);
        }
        int groups = config.positive("n_groups", 8);
        if (heads % groups != 0) {
            throw config.refuse("n_groups", "a divisor of num_heads " + heads);
        }
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        boolean bias = config.boolOf("use_bias", false);
        List<Float> limit = stepLimit(config);
        return new Mamba2Mixer(
                hidden,
                heads,
                headDim,
                config.positive("state_size", 128),
                groups,
                config.positive("conv_kernel", 4),
                bias,
                bias,
                config.boolOf("use_conv_bias", true),
                limit.get(0),
                limit.get(1),
                gatedNorm(config),
                epsilon,
                List.of());
    }

    /** time_step_limit: the least and the largest step after softplus. */
    static List<Float> stepLimit(Config config) {
        if (!config.has("time_step_limit")) {
            return List.of(0f, Float.POSITIVE_INFINITY);
        }
        List<Double> limit = config.doublesOf("time_step_limit");
        if (limit.size() != 2) {
            throw config.refuse("time_step_limit", "a least and a largest step");
        }
        return limit.stream().map(Double::floatValue).toList();
    }

    /** Hugging Face's form, or the variants of mamba_ssm's config where it names them. */
    private static GatedNorm gatedNorm(Config config) {
        if (!config.boolOf("rms_norm", true)) {
            return GatedNorm.GATE_ONLY;
        }
        if (config.boolOf("norm_before_gate", false)) {
            return GatedNorm.GROUP_NORM_THEN_GATE;
        }
        return config.boolOf("norm_by_group", false)
                ? GatedNorm.GATE_THEN_GROUP_NORM
                : GatedNorm.GATE_THEN_NORM;
    }
}
