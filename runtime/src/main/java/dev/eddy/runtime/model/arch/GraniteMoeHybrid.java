package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Experts;
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.Rope;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Granite 4 (IBM, 2025) as {@code GraniteMoeHybridForCausalLM}: Mamba-2 or attention layers, each
 * before experts and a feed-forward layer that all rows share, with Granite's multipliers.
 */
final class GraniteMoeHybrid {
    private GraniteMoeHybrid() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-6f));
        PreNorm block =
                new PreNorm(
                        norm,
                        "input_layernorm",
                        "post_attention_layernorm",
                        config.floatOf("residual_multiplier", 1));
        int inner = config.positive("mamba_expand", 2) * config.positive("hidden_size");
        Mamba2Mixer mamba = Bamba.mamba(config, inner, GatedNorm.GATE_THEN_NORM, norm.epsilon());
        Attention attention =
                Attentions.of(config, Attentions.reach(config, 2048), rope(config))
                        .scaled(config.floatOf("attention_multiplier", 1), 1);
        Feed feed = Feed.of(config);
        List<String> types =
                LayerTypes.given(config)
                        ? LayerTypes.of(config, Set.of(LayerTypes.RECURRENT, LayerTypes.ATTENTION))
                        : Collections.nCopies(
                                config.positive("num_hidden_layers"), LayerTypes.RECURRENT);
        Decoder decoder =
                new Decoder("granitemoehybrid", Decoder.Names.LLAMA, norm, false)
                        .scaled(
                                config.floatOf("embedding_multiplier", 1),
                                1 / config.floatOf("logits_scaling", 1));
        Mixer recurrent = new Mixer("mamba2", "mamba", mamba::mix);
        Mixer attentive = new Mixer("attention", "self_attn", attention::mix);
        return new Hybrid(decoder, block)
                .record(
                        config,
                        i -> types.get(i).equals(LayerTypes.ATTENTION) ? attentive : recurrent,
                        (m, _, x) -> feed.apply(m, x));
    }

    private static @Nullable Rope rope(Config config) {
        config.oneOf("position_embedding_type", Set.of("rope", "nope"), "nope");
        return config.stringOf("position_embedding_type", "nope").equals("rope")
                ? Attentions.rope(config, Attentions.headDim(config), 10_000, 1)
                : null;
    }

    /**
     * The experts' sum, where there are experts, plus the shared layer.
     *
     * @param inner width of an expert, I
     * @param shared width of the shared layer, J
     */
    private record Feed(
            @Nullable Experts experts, int inner, int shared, UnaryFunction activation) {
        static Feed of(Config config) {
            UnaryFunction activation = Activations.of(config, "hidden_act", "silu");
            int count = config.intIn("num_local_experts", 0, Integer.MAX_VALUE, 8);
            int chosen = config.intIn("num_experts_per_tok", 0, Math.max(count, 2), 2);
            return new Feed(
                    count == 0 ? null : new Experts(count, chosen, true, activation),
                    config.positive("intermediate_size"),
                    config.positive("shared_intermediate_size", 1024),
                    activation);
        }

        /** x [R, D]; out [R, D]. */
        Value apply(ModelBuilder m, Value x) {
            Value shared = shared(m.in("shared_mlp"), x);
            return experts == null
                    ? shared
                    : m.ops().add(mix(experts, m.in("block_sparse_moe"), x), shared);
        }

        private Value shared(ModelBuilder m, Value x) {
            Value[] halves =
                    m.ops()
                            .split(
                                    Projection.of(m, "input_linear", false, x, 2 * shared),
                                    shared,
                                    shared); // gate, up: [R, J]
            Value y = m.ops().multiply(m.ops().unary(activation, halves[0]), halves[1]);
            return Projection.of(m, "output_linear", false, y, x.width());
        }

        private Value mix(Experts chosen, ModelBuilder m, Value x) {
            int count = chosen.count(); // X
            Value routes =
                    chosen.route(m, x, m.weight("router.layer.weight", count, x.width()), null);
            return chosen.mix(
                    m,
                    x,
                    routes,
                    m.weight("input_linear.weight", count, 2L * inner, x.width()),
                    m.weight("output_linear.weight", count, x.width(), inner));
        }
    }
}
