package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.List;
import java.util.Set;

/**
 * Bamba (IBM, Princeton, CMU and UIUC, 2024) as {@code BambaForCausalLM}: Mamba-2 layers, some of
 * them attention instead whose heads turn by half, each before a gated feed-forward layer.
 */
final class Bamba {
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embed_tokens", "layers", "final_layernorm");

    private Bamba() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-5f));
        PreNorm block = new PreNorm(norm, "input_layernorm", "pre_ff_layernorm");
        int inner = config.positive("mamba_expand", 2) * config.positive("hidden_size");
        Mamba2Mixer mamba = mamba(config, inner, GatedNorm.GATE_THEN_NORM, norm.epsilon());
        Attention attention =
                Attentions.of(
                        config,
                        Attentions.reach(config, 262_144),
                        Attentions.rope(config, Attentions.headDim(config), 10_000, 0.5));
        GatedMlp mlp = Llama.mlp(config);
        Set<Integer> indices =
                config.has("attn_layer_indices")
                        ? Set.copyOf(config.intsOf("attn_layer_indices"))
                        : Set.of();
        Mixer recurrent = new Mixer("mamba2", "mamba", mamba::mix);
        Mixer attentive = new Mixer("attention", "self_attn", attention::mix);
        return new Hybrid(new Decoder("bamba", NAMES, norm, false), block)
                .record(
                        config,
                        i -> indices.contains(i) ? attentive : recurrent,
                        (m, _, x) -> mlp.apply(m.in("feed_forward"), x));
    }

    /**
     * The Mamba-2 mixer that Bamba's config and those of its kin describe in mamba_ keys.
     *
     * @param inner the width of its heads together
     */
    static Mamba2Mixer mamba(Config config, int inner, GatedNorm norm, float epsilon) {
        int heads = config.positive("mamba_n_heads", 128);
        boolean auto = config.isString("mamba_d_head") || !config.has("mamba_d_head");
        int headDim = auto ? inner / heads : config.positive("mamba_d_head");
        if (heads * (long) headDim != inner) {
            throw config.refuse("mamba_d_head", inner + " / mamba_n_heads " + heads);
        }
        int groups = config.positive("mamba_n_groups", 1);
        if (heads % groups != 0) {
            throw config.refuse("mamba_n_groups", "a divisor of mamba_n_heads " + heads);
        }
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        boolean bias = config.boolOf("mamba_proj_bias", false);
        List<Float> limit = Mamba2.stepLimit(config);
        return new Mamba2Mixer(
                config.positive("hidden_size"),
                heads,
                headDim,
                config.positive("mamba_d_state", 256),
                groups,
                config.positive("mamba_d_conv", 4),
                bias,
                bias,
                config.boolOf("mamba_conv_bias", true),
                limit.get(0),
                limit.get(1),
                norm,
                epsilon,
                List.of());
    }
}
