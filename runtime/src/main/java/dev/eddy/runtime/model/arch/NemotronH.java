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
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Nemotron-H (arXiv:2504.03624) and Nemotron 3 as {@code NemotronHForCausalLM}: blocks of one
 * residual branch each, which is Mamba-2, attention that knows no positions, a feed-forward layer
 * or experts.
 */
final class NemotronH {
    private static final String DENSE = "mlp";
    private static final String EXPERTS = "moe";
    private static final Map<String, String> LETTERS =
            Map.of("M", LayerTypes.RECURRENT, "*", LayerTypes.ATTENTION, "-", DENSE, "E", EXPERTS);

    private NemotronH() {}

    static Stack record(Config config, Weights weights) {
        if (config.has("sliding_window")) {
            throw config.refuse("sliding_window", "null");
        }
        RmsNorm norm = new RmsNorm(config.floatOf("layer_norm_epsilon", 1e-5f));
        Mamba2Mixer mamba = mamba(config, norm.epsilon());
        int headDim = config.positive("head_dim", config.positive("attention_head_dim", 128));
        Attention attention = Attentions.of(config, headDim, Attentions.reach(config, 4096), null);
        Feed feed = Feed.of(config);
        Map<String, Mixer> mixers =
                Map.of(
                        LayerTypes.RECURRENT,
                        new Mixer("mamba2", "mixer", mamba::mix),
                        LayerTypes.ATTENTION,
                        new Mixer("attention", "mixer", attention::mix),
                        DENSE,
                        new Mixer("feed-forward", "mixer", feed::dense),
                        EXPERTS,
                        new Mixer("experts", "mixer", feed::routed));
        List<Mixer> layers = types(config).stream().map(kind -> mixer(mixers, kind)).toList();
        return new Decoder("nemotron_h", Decoder.Names.MAMBA, norm, false)
                .record(
                        config,
                        layers.size(),
                        (m, i, x) -> {
                            Mixer mixer = layers.get(i);
                            m.layer(mixer.name());
                            Value y = norm.apply(m, "norm", x);
                            return m.ops().add(x, mixer.mix().apply(m.in(mixer.scope()), y));
                        });
    }

    private static Mixer mixer(Map<String, Mixer> mixers, String kind) {
        return Objects.requireNonNull(mixers.get(kind), kind);
    }

    /** The kind of each layer, listed or as a letter each. */
    private static List<String> types(Config config) {
        if (LayerTypes.given(config)) {
            return LayerTypes.of(config, LETTERS.values());
        }
        List<String> types = new ArrayList<>();
        for (String letter : config.stringOf("hybrid_override_pattern").split("")) {
            String kind = LETTERS.get(letter);
            if (kind == null) {
                throw config.refuse("hybrid_override_pattern", "letters out of " + LETTERS);
            }
            types.add(kind);
        }
        return types;
    }

    private static Mamba2Mixer mamba(Config config, float epsilon) {
        int heads = config.positive("mamba_num_heads", 128);
        int groups = config.positive("n_groups", 8);
        if (heads % groups != 0) {
            throw config.refuse("n_groups", "a divisor of mamba_num_heads " + heads);
        }
        config.oneOf("mamba_hidden_act", Set.of("silu", "swish"), "silu");
        boolean bias = config.boolOf("use_bias", false);
        return new Mamba2Mixer(
                config.positive("hidden_size"),
                heads,
                config.positive("mamba_head_dim", 64),
                config.positive("ssm_state_size", 128),
                groups,
                config.positive("conv_kernel", 4),
                bias,
                bias,
                config.boolOf("use_conv_bias", true),
                config.floatOf("time_step_min", 0.001f),
                Float.POSITIVE_INFINITY,
                GatedNorm.GATE_THEN_GROUP_NORM,
                epsilon,
                List.of());
    }

    /**
     * Layers without a gate: down(activation(up x)).
     *
     * @param inner width of a dense layer
     * @param expertInner width of an expert
     * @param sharedInner width of the layer that all rows share beside their experts
     * @param latent width of what experts see; 0 for the model's own
     */
    private record Feed(
            Experts experts,
            int inner,
            int expertInner,
            int sharedInner,
            int latent,
            UnaryFunction activation,
            boolean bias) {
        static Feed of(Config config) {
            UnaryFunction activation = Activations.of(config, "mlp_hidden_act", "relu2");
            Experts experts =
                    new Experts(
                            config.positive("n_routed_experts", 8),
                            config.positive("num_experts_per_tok", 2),
                            config.positive("n_group", 1),
                            config.positive("topk_group", 1),
                            Experts.Scores.SIGMOID,
                            config.boolOf("norm_topk_prob", true),
                            config.floatOf("routed_scaling_factor", 1),
                            activation,
                            false);
            return new Feed(
                    experts,
                    config.positive("intermediate_size", 21_504),
                    config.positive("moe_intermediate_size", 7688),
                    config.positive("moe_shared_expert_intermediate_size", 7688),
                    config.intIn("moe_latent_size", 1, Integer.MAX_VALUE, 0),
                    activation,
                    config.boolOf("mlp_bias", false));
        }

        /** x [R, D]; out [R, D]. */
        Value dense(ModelBuilder m, Value x) {
            return layer(m, inner, x);
        }

        private Value layer(ModelBuilder m, int width, Value x) {
            Value up = Projection.of(m, "up_proj", bias, x, width); // [R, I]
            Value y = m.ops().unary(activation, up);
            return Projection.of(m, "down_proj", bias, y, x.width());
        }

        /**
         * x [R, D]; out [R, D]: the experts' sum, on a narrower x where they have one, plus the
         * shared.
         */
        Value routed(ModelBuilder m, Value x) {
            int count = experts.count(); // X
            Value routes =
                    experts.route(
                            m,
                            x,
                            m.weight("gate.weight", count, x.width()),
                            m.weight("gate.e_score_correction_bias", count));
            Value seen = latent == 0 ? x : Projection.of(m, "fc1_latent_proj", bias, x, latent);
            int width = seen.width();
            Weight up = experts.stacked(m, "experts", expertInner, width, "up_proj");
            Weight down = experts.stacked(m, "experts", width, expertInner, "down_proj");
            Value y = experts.mix(m, seen, routes, up, down); // [R, width]
            y = latent == 0 ? y : Projection.of(m, "fc2_latent_proj", bias, y, x.width());
            return m.ops().add(y, layer(m.in("shared_experts"), sharedInner, x));
        }
    }
}
