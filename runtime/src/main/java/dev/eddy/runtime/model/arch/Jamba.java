package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Experts;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.MambaMixer;
import dev.eddy.runtime.model.mixer.MambaMixer.InnerNorm;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;

/**
 * Jamba (arXiv:2403.19887) as {@code JambaForCausalLM}: Mamba layers with norms of dt, B and C,
 * every so often an attention layer that knows no positions, and every so often experts in place of
 * the feed-forward layer.
 */
final class Jamba {
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embed_tokens", "layers", "final_layernorm");

    private Jamba() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-6f));
        PreNorm block = new PreNorm(norm, "input_layernorm", "pre_ff_layernorm");
        MambaMixer mamba = mamba(config, new InnerNorm(norm, true));
        Attention attention = Attentions.of(config, Attentions.reach(config, 262_144), null);
        int inner = config.positive("intermediate_size"); // I
        UnaryFunction activation = Activations.of(config, "hidden_act", "silu");
        GatedMlp mlp = new GatedMlp(inner, activation);
        Experts experts =
                new Experts(
                        config.positive("num_experts", 16),
                        config.positive("num_experts_per_tok", 2),
                        false,
                        activation);
        Every attends = Every.of(config, "attn_layer", 8, 4);
        Every routes = Every.of(config, "expert_layer", 2, 1);
        Mixer recurrent = new Mixer("mamba", "mamba", mamba::mix);
        Mixer attentive = new Mixer("attention", "self_attn", attention::mix);
        return new Hybrid(new Decoder("jamba", NAMES, norm, false), block)
                .record(
                        config,
                        i -> attends.includes(i) ? attentive : recurrent,
                        (m, i, x) ->
                                routes.includes(i) && experts.count() > 1
                                        ? mix(experts, inner, m.in("feed_forward"), x)
                                        : mlp.apply(m.in("feed_forward"), x));
    }

    private static MambaMixer mamba(Config config, InnerNorm innerNorm) {
        int hidden = config.positive("hidden_size");
        return new MambaMixer(
                hidden,
                config.positive("mamba_expand", 2) * hidden,
                config.positive("mamba_d_state", 16),
                Mamba.rank(config, "mamba_dt_rank", hidden),
                config.positive("mamba_d_conv", 4),
                config.boolOf("mamba_proj_bias", false),
                config.boolOf("mamba_conv_bias", true),
                innerNorm);
    }

    /** x [R, D]; out [R, D]. */
    private static Value mix(Experts experts, int inner, ModelBuilder m, Value x) {
        Weight router = m.weight("router.weight", experts.count(), x.width());
        return experts.apply(m, x, inner, Experts.Names.LLAMA, router, null);
    }

    /** The layers offset, offset + period, and so on. */
    private record Every(int period, int offset) {
        static Every of(Config config, String what, int period, int offset) {
            int every = config.positive(what + "_period", period);
            return new Every(every, config.intIn(what + "_offset", 0, every - 1, offset));
        }

        boolean includes(int layer) {
            return layer % period == offset;
        }
    }
}
