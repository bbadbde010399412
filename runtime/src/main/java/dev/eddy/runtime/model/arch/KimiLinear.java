package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Experts;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.KimiDelta;
import dev.eddy.runtime.model.mixer.LatentAttention;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.ShortConv;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Kimi Linear (arXiv:2510.26692) as {@code KimiLinearForCausalLM}: three layers of Kimi Delta
 * Attention to one of latent attention, none of which knows positions, and experts of which one
 * takes every row.
 *
 * @param experts those that rows choose
 * @param inner their width I
 * @param shared the one that takes every row
 * @param dense the feed-forward layer of the first layers, which have no experts
 * @param sparse which layers have them
 */
record KimiLinear(
        Experts experts, int inner, GatedMlp shared, GatedMlp dense, List<Boolean> sparse) {
    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-5f));
        PreNorm block = new PreNorm(norm, "input_layernorm", "post_attention_layernorm");
        int layers = config.positive("num_hidden_layers");
        List<Boolean> attends = attends(config, layers);
        KimiDelta delta = delta(config, norm);
        LatentAttention latent = latent(config);
        Mixer recurrent = new Mixer("kimi delta attention", "self_attn", delta::mix);
        Mixer attentive = new Mixer("latent attention", "self_attn", latent::mix);
        KimiLinear feed = feed(config, layers);
        return new Hybrid(new Decoder("kimi_linear", Decoder.Names.LLAMA, norm, false), block)
                .record(
                        config,
                        i -> attends.get(i) ? attentive : recurrent,
                        (m, i, x) -> feed.apply(m, i, x));
    }

    /** Which layers attend: today's list, or that of the published files, which counts from one. */
    private static List<Boolean> attends(Config config, int layers) {
        if (LayerTypes.given(config)) {
            Set<String> kinds = Set.of(LayerTypes.ATTENTION, LayerTypes.RECURRENT);
            return LayerTypes.of(config, kinds).stream().map(LayerTypes.ATTENTION::equals).toList();
        }
        if (config.has("linear_attn_config")) {
            Config linear = config.at("linear_attn_config");
            List<Integer> full = linear.intsOf("full_attn_layers");
            List<Integer> delta = linear.intsOf("kda_layers");
            for (int i = 1; i <= layers; i++) {
                if (full.contains(i) == delta.contains(i)) {
                    throw linear.refuse(
                            "full_attn_layers",
                            "each layer either here or in kda_layers, not " + i);
                }
            }
            return IntStream.rangeClosed(1, layers).mapToObj(full::contains).toList();
        }
        return IntStream.range(0, layers).mapToObj(i -> i > 0 && i % 4 == 0).toList();
    }

    private static KimiDelta delta(Config config, RmsNorm norm) {
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        Config given = config.find("linear_attn_config").orElse(config);
        boolean nested = given != config;
        int heads = given.positive(nested ? "num_heads" : "linear_num_heads", 32);
        int width = given.positive(nested ? "head_dim" : "linear_head_dim", 128);
        int order = given.positive(nested ? "short_conv_kernel_size" : "linear_conv_kernel_dim", 4);
        return new KimiDelta(
                heads,
                width,
                new ShortConv(order, UnaryFunction.SILU),
                new GatedOutput(norm, "o_norm", true, heads, UnaryFunction.SIGMOID, "o_proj"));
    }

    private static LatentAttention latent(Config config) {
        Options.requireAbsent(config, "q_lora_rank", "queries of low rank are not supported");
        Options.require(config, "attention_bias", false);
        Options.require(config, "mla_use_nope", true);
        return new LatentAttention(
                config.positive("num_attention_heads"),
                config.positive("kv_lora_rank", 512),
                config.positive("qk_nope_head_dim", 128),
                config.positive("qk_rope_head_dim", 64),
                config.positive("v_head_dim", 128),
                Attentions.reach(config, config.positive("model_max_length", 1_048_576)));
    }

    private static KimiLinear feed(Config config, int layers) {
        config.oneOf("moe_router_activation_func", Set.of("sigmoid"), "sigmoid");
        config.intIn("moe_layer_freq", 1, 1, 1);
        UnaryFunction activation = Activations.of(config, "hidden_act", "silu");
        int inner = config.positive("moe_intermediate_size", 1024);
        Experts experts =
                new Experts(
                        config.positive("num_experts", 256),
                        config.positive("num_experts_per_token", 8),
                        config.positive("num_expert_group", 1),
                        config.positive("topk_group", 1),
                        Experts.Scores.SIGMOID,
                        config.boolOf("moe_renormalize", true),
                        config.floatOf("routed_scaling_factor", 2.446f),
                        activation,
                        true);
        return new KimiLinear(
                experts,
                inner,
                new GatedMlp(inner * config.positive("num_shared_experts", 1), activation),
                new GatedMlp(config.positive("intermediate_size", 9216), activation),
                sparse(config, layers));
    }

    private static List<Boolean> sparse(Config config, int layers) {
        if (!config.has("mlp_layer_types")) {
            int first = config.intIn("first_k_dense_replace", 0, layers, 1);
            return IntStream.range(0, layers).mapToObj(i -> i >= first).toList();
        }
        List<String> types = config.stringsOf("mlp_layer_types");
        if (types.size() != layers || !Set.of("dense", "sparse").containsAll(types)) {
            throw config.refuse(
                    "mlp_layer_types", "dense or sparse for each of " + layers + " layers");
        }
        return types.stream().map("sparse"::equals).toList();
    }

    /** x [R, D]; out [R, D]. transformers 5 saves the dense layer under the experts' name too. */
    private Value apply(ModelBuilder m, int layer, Value x) {
        ModelBuilder moe = m.in("block_sparse_moe");
        if (!sparse.get(layer)) {
            return dense.apply(moe.has("gate_proj.weight") ? moe : m.in("mlp"), x);
        }
        Weight router = moe.weight("gate.weight", experts.count(), x.width());
        Weight bias = moe.weight("gate.e_score_correction_bias", experts.count());
        Value routed = experts.apply(moe, x, inner, Experts.Names.MIXTRAL, router, bias);
        return m.ops().add(routed, shared.apply(moe.in("shared_experts"), x));
    }
}
