package dev.eddy.runtime.checkpoint;

import dev.eddy.runtime.checkpoint.GgufConversion.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Hybrids with Mamba or short convolutions in llama.cpp's layout. */
final class GgufHybridConverter {
    private GgufHybridConverter() {}

    static void jamba(GgufConversion c) {
        GgufConverter.hybrid(
                c, GgufConverter.attending(c, "model.layers.N.self_attn.q_proj.weight"));
        c.keys(
                        "context_length", "max_position_embeddings",
                        "feed_forward_length", "intermediate_size",
                        "ssm.conv_kernel", "mamba_d_conv",
                        "ssm.state_size", "mamba_d_state",
                        "ssm.time_step_rank", "mamba_dt_rank",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_tok")
                .key(
                        "ssm.inner_size",
                        c.config.positive("mamba_expand") * c.config.positive("hidden_size"))
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("rms_norm_eps", 1));
        for (int i = 0; i < c.layers(); i++) {
            GgufConverter.experts(
                    c,
                    i,
                    "model.layers." + i + ".feed_forward.experts.",
                    "gate_proj",
                    "ffn_gate_exps",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        c.rename("model.layers.N.mamba.A_log  blk.N.ssm_a  exact", a -> a.map(x -> -Math.exp(x)));
        c.rename(
                "model.layers.N.mamba.conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
        c.rename(
                """
                model.layers.N.mamba.in_proj.weight        blk.N.ssm_in.weight
                model.layers.N.mamba.conv1d.bias           blk.N.ssm_conv1d.bias
                model.layers.N.mamba.x_proj.weight         blk.N.ssm_x.weight
                model.layers.N.mamba.dt_proj.weight        blk.N.ssm_dt.weight
                model.layers.N.mamba.dt_proj.bias          blk.N.ssm_dt.bias
                model.layers.N.mamba.dt_layernorm.weight   blk.N.ssm_dt_norm.weight
                model.layers.N.mamba.b_layernorm.weight    blk.N.ssm_b_norm.weight
                model.layers.N.mamba.c_layernorm.weight    blk.N.ssm_c_norm.weight
                model.layers.N.mamba.D                     blk.N.ssm_d
                model.layers.N.mamba.out_proj.weight       blk.N.ssm_out.weight
                model.layers.N.feed_forward.router.weight  blk.N.ffn_gate_inp.weight  exact
                """);
    }

    /** Mamba-2 below a name: A and D as columns, the norm by group. */
    private static void ssd(GgufConversion c, String mixer, int groups) {
        c.rename(
                mixer + ".A_log  blk.N.ssm_a  exact",
                a -> a.map(x -> -Math.exp(x)).as(a.dims()[0], 1));
        c.rename(mixer + ".D  blk.N.ssm_d  exact", d -> d.as(d.dims()[0], 1));
        c.rename(
                mixer + ".conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(
                mixer + ".norm.weight  blk.N.ssm_norm.weight  exact",
                w -> w.as(groups, w.dims()[0] / groups));
        c.rename(
                """
                MIXER.in_proj.weight   blk.N.ssm_in.weight
                MIXER.conv1d.bias      blk.N.ssm_conv1d.bias
                MIXER.dt_bias          blk.N.ssm_dt.bias
                MIXER.out_proj.weight  blk.N.ssm_out.weight
                """
                        .replace("MIXER", mixer));
    }

    private static void ssdKeys(GgufConversion c, int inner) {
        c.keys(
                        "context_length", "max_position_embeddings",
                        "ssm.conv_kernel", "mamba_d_conv",
                        "ssm.state_size", "mamba_d_state",
                        "ssm.time_step_rank", "mamba_n_heads",
                        "ssm.group_count", "mamba_n_groups")
                .key("ssm.inner_size", inner)
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("rms_norm_eps", 1));
    }

    static void falconH1(GgufConversion c) {
        Config config = c.config;
        int inner = config.positive("mamba_d_ssm");
        int state = config.positive("mamba_n_groups") * config.positive("mamba_d_state");
        GgufConverter.hybrid(
                c, GgufConverter.attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, inner);
        c.keys("feed_forward_length", "intermediate_size", "attention.key_length", "head_dim");
        GgufConverter.rope(c);
        List<Double> ssm = config.doublesOf("ssm_multipliers");
        List<Double> mlp = config.doublesOf("mlp_multipliers");
        double in = config.doubleOf("ssm_in_multiplier", 1);
        int[] ends = {
            inner, 2 * inner, 2 * inner + state, 2 * inner + 2 * state, Integer.MAX_VALUE
        };
        c.rename(
                "model.layers.N.mamba.in_proj.weight  blk.N.ssm_in.weight",
                w -> {
                    float[] y = w.values().clone();
                    for (int i = 0; i < y.length; i++) {
                        int row = i / (int) w.dims()[1];
                        int part = 0;
                        while (row >= ends[part]) {
                            part++;
                        }
                        y[i] *= (float) (in * ssm.get(part));
                    }
                    return new Matrix(y, w.dims());
                });
        double seen = config.doubleOf("attention_in_multiplier", 1);
        scale(c, "model.layers.N.self_attn.q_proj.weight  blk.N.attn_q.weight", seen);
        scale(
                c,
                "model.layers.N.self_attn.k_proj.weight  blk.N.attn_k.weight",
                seen * config.doubleOf("key_multiplier", 1));
        scale(c, "model.layers.N.self_attn.v_proj.weight  blk.N.attn_v.weight", seen);
        scale(
                c,
                "model.layers.N.self_attn.o_proj.weight  blk.N.attn_output.weight",
                config.doubleOf("attention_out_multiplier", 1));
        scale(
                c,
                "model.layers.N.mamba.out_proj.weight  blk.N.ssm_out.weight",
                config.doubleOf("ssm_out_multiplier", 1));
        scale(c, "model.layers.N.feed_forward.gate_proj.weight  blk.N.ffn_gate.weight", mlp.get(0));
        scale(c, "model.layers.N.feed_forward.down_proj.weight  blk.N.ffn_down.weight", mlp.get(1));
        scale(
                c,
                "model.embed_tokens.weight  token_embd.weight",
                config.doubleOf("embedding_multiplier", 1));
        scale(c, "lm_head.weight  output.weight", config.doubleOf("lm_head_multiplier", 1));
        ssd(c, "model.layers.N.mamba", config.positive("mamba_n_groups"));
        c.rename(GgufConverter.FRAME);
    }

    private static void scale(GgufConversion c, String line, double factor) {
        c.rename(line, w -> w.map(x -> x * factor));
    }

    private static void interleaved(GgufConversion c, String attention) {
        int heads = c.config.positive("num_attention_heads");
        int shared = c.config.positive("num_key_value_heads");
        c.rename(attention + ".q_proj.weight  blk.N.attn_q.weight", w -> w.interleaved(heads));
        c.rename(attention + ".k_proj.weight  blk.N.attn_k.weight", w -> w.interleaved(shared));
    }

    static void granite(GgufConversion c) {
        Config config = c.config;
        GgufConverter.hybrid(
                c, GgufConverter.attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, config.positive("mamba_expand") * config.positive("hidden_size"));
        c.keys(
                        "feed_forward_length", "intermediate_size",
                        "expert_count", "num_local_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_shared_feed_forward_length", "shared_intermediate_size")
                .key("attention.scale", config.doubleOf("attention_multiplier", 1))
                .key("embedding_scale", config.doubleOf("embedding_multiplier", 1))
                .key("residual_scale", config.doubleOf("residual_multiplier", 1))
                .key("logit_scale", config.doubleOf("logits_scaling", 1))
                .key("rope.scaling.finetuned", false);
        int inner = config.positive("intermediate_size");
        int shared = config.positive("shared_intermediate_size");
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            String to = "blk." + i + ".";
            Matrix both = c.take(layer + "shared_mlp.input_linear.weight");
            c.add(to + "ffn_gate_shexp.weight", both.rows(0, shared));
            c.add(to + "ffn_up_shexp.weight", both.rows(shared, shared));
            Matrix experts = c.take(layer + "block_sparse_moe.input_linear.weight");
            List<Matrix> gates = new ArrayList<>();
            List<Matrix> ups = new ArrayList<>();
            long width = experts.dims()[2];
            for (int x = 0; x < experts.dims()[0]; x++) {
                Matrix expert = experts.rows(x, 1).as(2L * inner, width);
                gates.add(expert.rows(0, inner));
                ups.add(expert.rows(inner, inner));
            }
            c.add(to + "ffn_gate_exps.weight", Matrix.join(gates).as(gates.size(), inner, width));
            c.add(to + "ffn_up_exps.weight", Matrix.join(ups).as(ups.size(), inner, width));
        }
        c.rename(
                """
                model.layers.N.block_sparse_moe.router.layer.weight   blk.N.ffn_gate_inp.weight  exact
                model.layers.N.block_sparse_moe.output_linear.weight  blk.N.ffn_down_exps.weight
                model.layers.N.shared_mlp.output_linear.weight        blk.N.ffn_down_shexp.weight
                model.layers.N.post_attention_layernorm.weight        blk.N.ffn_norm.weight
                """);
        ssd(c, "model.layers.N.mamba", 1);
        interleaved(c, "model.layers.N.self_attn");
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
    }

    static void bamba(GgufConversion c) {
        Config config = c.config;
        GgufConverter.hybrid(
                c, GgufConverter.attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, config.positive("mamba_expand") * config.positive("hidden_size"));
        c.keys("feed_forward_length", "intermediate_size")
                .key("rope.dimension_count", 4) // config.json's attn_rotary_emb
                .key("rope.scaling.finetuned", true);
        GgufConverter.rope(c);
        ssd(c, "model.layers.N.mamba", 1);
        interleaved(c, "model.layers.N.self_attn");
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
    }

    static void nemotron(GgufConversion c) {
        Config config = c.config;
        List<String> types = config.stringsOf("layers_block_type");
        GgufConverter.hybrid(c, types.stream().map("full_attention"::equals).toList());
        c.keys(
                        "context_length", "max_position_embeddings",
                        "attention.key_length", "head_dim",
                        "ssm.conv_kernel", "conv_kernel",
                        "ssm.state_size", "ssm_state_size",
                        "ssm.time_step_rank", "mamba_num_heads",
                        "ssm.group_count", "n_groups",
                        "expert_count", "n_routed_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_feed_forward_length", "moe_shared_expert_intermediate_size",
                        "expert_group_count", "n_group")
                .key("expert_weights_norm", config.boolOf("norm_topk_prob", true))
                .key("expert_weights_scale", config.doubleOf("routed_scaling_factor", 1))
                .key(
                        "ssm.inner_size",
                        config.positive("mamba_num_heads") * config.positive("mamba_head_dim"))
                .key("feed_forward_length", types.stream().map(t -> feed(config, t)).toList())
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("layer_norm_epsilon", 1));
        for (int i = 0; i < types.size(); i++) {
            GgufConverter.experts(
                    c,
                    i,
                    "backbone.layers." + i + ".mixer.experts.",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        ssd(c, "backbone.layers.N.mixer", config.positive("n_groups"));
        interleaved(c, "backbone.layers.N.mixer");
        c.rename(
                GgufConverter.ATTENTION.replace(
                        "model.layers.N.self_attn", "backbone.layers.N.mixer"));
        c.rename(
                """
                backbone.embeddings.weight                             token_embd.weight
                backbone.norm_f.weight                                 output_norm.weight
                lm_head.weight                                         output.weight
                backbone.layers.N.norm.weight                          blk.N.attn_norm.weight
                backbone.layers.N.mixer.up_proj.weight                 blk.N.ffn_up.weight
                backbone.layers.N.mixer.down_proj.weight               blk.N.ffn_down.weight
                backbone.layers.N.mixer.gate.weight                    blk.N.ffn_gate_inp.weight  exact
                backbone.layers.N.mixer.gate.e_score_correction_bias   blk.N.exp_probs_b.bias
                backbone.layers.N.mixer.shared_experts.up_proj.weight    blk.N.ffn_up_shexp.weight
                backbone.layers.N.mixer.shared_experts.down_proj.weight  blk.N.ffn_down_shexp.weight
                """);
    }

    private static int feed(Config config, String type) {
        return switch (type) {
            case "mlp" -> config.positive("intermediate_size");
            case "moe" -> config.positive("moe_intermediate_size");
            default -> 0;
        };
    }

    static void lfm2(GgufConversion c) {
        GgufConverter.hybrid(
                c, GgufConverter.attending(c, "model.layers.N.self_attn.q_proj.weight"));
        c.keys(
                        "context_length", "max_position_embeddings",
                        "feed_forward_length", "intermediate_size",
                        "shortconv.l_cache", "conv_L_cache")
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("norm_eps", 1));
        GgufConverter.rope(c);
        c.rename(
                "model.layers.N.conv.conv.weight  blk.N.shortconv.conv.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename("model.embedding_norm.weight  token_embd_norm.weight");
        c.rename(
                """
                model.layers.N.operator_norm.weight          blk.N.attn_norm.weight
                model.layers.N.ffn_norm.weight               blk.N.ffn_norm.weight
                model.layers.N.conv.in_proj.weight           blk.N.shortconv.in_proj.weight
                model.layers.N.conv.out_proj.weight          blk.N.shortconv.out_proj.weight
                model.layers.N.self_attn.q_layernorm.weight  blk.N.attn_q_norm.weight
                model.layers.N.self_attn.k_layernorm.weight  blk.N.attn_k_norm.weight
                model.layers.N.feed_forward.w1.weight        blk.N.ffn_gate.weight
                model.layers.N.feed_forward.w2.weight        blk.N.ffn_down.weight
                model.layers.N.feed_forward.w3.weight        blk.N.ffn_up.weight
                """);
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
    }
}
