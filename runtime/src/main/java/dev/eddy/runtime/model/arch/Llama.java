package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Reach;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;

/**
 * Llama (arXiv:2302.13971) as {@code LlamaForCausalLM}: the Transformer with rotary attention over
 * everything absorbed, gated feed-forward layers and RMS norms before both.
 */
final class Llama {
    private Llama() {}

    static Stack record(Config config, Weights weights) {
        return record("llama", config, Attentions.reach(config, 2048));
    }

    /** The same frame and names with another reach of attention. */
    static Stack record(String name, Config config, Reach reach) {
        Attention attention = Attentions.rotary(config, reach);
        config.intIn("pretraining_tp", 1, 1, 1);
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-6f));
        PreNorm block = new PreNorm(norm, "input_layernorm", "post_attention_layernorm");
        GatedMlp mlp = mlp(config);
        Hybrid.Mixer mixer = new Hybrid.Mixer("attention", "self_attn", attention::mix);
        return new Hybrid(new Decoder(name, Decoder.Names.LLAMA, norm, false), block)
                .record(config, _ -> mixer, (m, _, x) -> mlp.apply(m.in("mlp"), x));
    }

    /** The feed-forward layer that Llama's config and those of its kin describe. */
    static GatedMlp mlp(Config config) {
        return new GatedMlp(
                config.positive("intermediate_size"),
                Activations.of(config, "hidden_act", "silu"),
                config.boolOf("mlp_bias", false),
                "gate_proj",
                "up_proj",
                "down_proj");
    }
}
