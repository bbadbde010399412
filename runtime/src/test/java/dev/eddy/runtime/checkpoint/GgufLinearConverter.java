package dev.eddy.runtime.checkpoint;

import dev.eddy.runtime.checkpoint.GgufConversion.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Hybrids with delta rules in llama.cpp's layout. */
final class GgufLinearConverter {
    private GgufLinearConverter() {}

    static void qwen3Next(GgufConversion c) {
        Config config = c.config;
        int keyHeads = config.positive("linear_num_key_heads");
        int heads = config.positive("linear_num_value_heads");
        int keys = config.positive("linear_key_head_dim");
        int values = config.positive("linear_value_head_dim");
        c.keys(
                        "embedding_length", "hidden_size",
                        "block_count", "num_hidden_layers",
                        "context_length", "max_position_embeddings",
                        "attention.head_count", "num_attention_heads",
                        "attention.head_count_kv", "num_key_value_heads",
                        "attention.key_length", "head_dim",
                        "feed_forward_length", "intermediate_size",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_feed_forward_length", "shared_expert_intermediate_size",
                        "ssm.conv_kernel", "linear_conv_kernel_dim",
                        "ssm.state_size", "linear_key_head_dim",
                        "ssm.group_count", "linear_num_key_heads",
                        "ssm.time_step_rank", "linear_num_value_heads")
                .key("ssm.inner_size", heads * values)
                .key("full_attention_interval", 4)
                .key("rope.dimension_count", config.positive("head_dim") / 4)
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("rms_norm_eps", 1));
        GgufConverter.rope(c);
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            if (c.has(layer + "linear_attn.in_proj_qkvz.weight")) {
                Matrix qkvz = c.take(layer + "linear_attn.in_proj_qkvz.weight");
                int share = heads / keyHeads * values;
                int group = 2 * keys + 2 * share;
                List<Matrix> parts = new ArrayList<>();
                int at = 0;
                for (int width : new int[] {keys, keys, share, share}) {
                    for (int g = 0; g < keyHeads; g++) {
                        parts.add(qkvz.rows(g * group + at, width));
                    }
                    at += width;
                }
                Matrix apart = Matrix.join(parts);
                int mixed = 2 * keyHeads * keys + heads * values;
                c.add("blk." + i + ".attn_qkv.weight", apart.rows(0, mixed));
                c.add("blk." + i + ".attn_gate.weight", apart.rows(mixed, heads * values));
            }
            GgufConverter.experts(
                    c,
                    i,
                    layer + "mlp.experts.",
                    "gate_proj",
                    "ffn_gate_exps",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        c.rename(
                """
                model.norm.weight                              output_norm.weight
                model.layers.N.input_layernorm.weight          blk.N.attn_norm.weight
                model.layers.N.post_attention_layernorm.weight blk.N.post_attention_norm.weight
                model.layers.N.self_attn.q_norm.weight         blk.N.attn_q_norm.weight
                model.layers.N.self_attn.k_norm.weight         blk.N.attn_k_norm.weight
                """,
                w -> w.map(x -> x + 1));
        c.rename("model.layers.N.linear_attn.A_log  blk.N.ssm_a", a -> a.map(x -> -Math.exp(x)));
        c.rename(
                "model.layers.N.linear_attn.conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(
                "model.layers.N.mlp.shared_expert_gate.weight  blk.N.ffn_gate_inp_shexp.weight",
                w -> w.as(w.dims()[1]));
        c.rename(
                """
                model.layers.N.linear_attn.in_proj_ba.weight        blk.N.ssm_ba.weight
                model.layers.N.linear_attn.dt_bias                  blk.N.ssm_dt.bias
                model.layers.N.linear_attn.norm.weight              blk.N.ssm_norm.weight
                model.layers.N.linear_attn.out_proj.weight          blk.N.ssm_out.weight
                model.layers.N.mlp.gate.weight                      blk.N.ffn_gate_inp.weight  exact
                model.layers.N.mlp.shared_expert.gate_proj.weight   blk.N.ffn_gate_shexp.weight
                model.layers.N.mlp.shared_expert.up_proj.weight     blk.N.ffn_up_shexp.weight
                model.layers.N.mlp.shared_expert.down_proj.weight   blk.N.ffn_down_shexp.weight
                """);
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
    }

    static void kimi(GgufConversion c) {
        Config config = c.config;
        int heads = config.positive("num_attention_heads");
        int own = config.positive("qk_nope_head_dim");
        int values = config.positive("v_head_dim");
        int rotary = config.positive("qk_rope_head_dim");
        int latent = config.positive("kv_lora_rank");
        List<Boolean> attends =
                config.stringsOf("layer_types").stream().map("full_attention"::equals).toList();
        c.keys(
                        "embedding_length", "hidden_size",
                        "block_count", "num_hidden_layers",
                        "context_length", "model_max_length",
                        "feed_forward_length", "intermediate_size",
                        "attention.head_count", "num_attention_heads",
                        "attention.kv_lora_rank", "kv_lora_rank",
                        "rope.dimension_count", "qk_rope_head_dim",
                        "attention.value_length_mla", "v_head_dim",
                        "ssm.conv_kernel", "linear_conv_kernel_dim",
                        "kda.head_dim", "linear_head_dim",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_token",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_count", "num_shared_experts")
                .key("attention.head_count_kv", attends.stream().map(b -> b ? 1 : 0).toList())
                .key("attention.key_length", latent + rotary)
                .key("attention.key_length_mla", own + rotary)
                .key("leading_dense_block_count", 1)
                .key("expert_gating_func", 2)
                .key("expert_weights_scale", config.doubleOf("routed_scaling_factor", 1))
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("rms_norm_eps", 1));
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            GgufConverter.experts(
                    c,
                    i,
                    layer + "block_sparse_moe.experts.",
                    "w1",
                    "ffn_gate_exps",
                    "w3",
                    "ffn_up_exps",
                    "w2",
                    "ffn_down_exps");
            if (attends.get(i)) {
                Matrix both = c.take(layer + "self_attn.kv_b_proj.weight");
                List<Matrix> keyParts = new ArrayList<>();
                List<Matrix> valueParts = new ArrayList<>();
                for (int head = 0; head < heads; head++) {
                    int at = head * (own + values);
                    keyParts.add(both.rows(at, own).transposed());
                    valueParts.add(both.rows(at + own, values));
                }
                c.add(
                        "blk." + i + ".attn_k_b.weight",
                        Matrix.join(keyParts).as(heads, latent, own));
                c.add(
                        "blk." + i + ".attn_v_b.weight",
                        Matrix.join(valueParts).as(heads, values, latent));
            }
        }
        for (String letter : List.of("q", "k", "v")) {
            c.rename(
                    "model.layers.N.self_attn.X_conv1d.weight  blk.N.ssm_conv1d_X.weight  exact"
                            .replace("X", letter),
                    w -> w.as(1, w.dims()[0], 1, w.dims()[2]));
        }
        c.rename(
                "model.layers.N.self_attn.A_log  blk.N.ssm_a  exact",
                a -> a.map(x -> -Math.exp(x)));
        c.rename(
                """
                model.layers.N.post_attention_layernorm.weight        blk.N.ffn_norm.weight
                model.layers.N.self_attn.f_a_proj.weight              blk.N.ssm_f_a.weight
                model.layers.N.self_attn.f_b_proj.weight              blk.N.ssm_f_b.weight
                model.layers.N.self_attn.g_a_proj.weight              blk.N.ssm_g_a.weight
                model.layers.N.self_attn.g_b_proj.weight              blk.N.ssm_g_b.weight
                model.layers.N.self_attn.b_proj.weight                blk.N.ssm_beta.weight
                model.layers.N.self_attn.dt_bias                      blk.N.ssm_dt.bias
                model.layers.N.self_attn.o_norm.weight                blk.N.ssm_norm.weight
                model.layers.N.self_attn.kv_a_proj_with_mqa.weight    blk.N.attn_kv_a_mqa.weight
                model.layers.N.self_attn.kv_a_layernorm.weight        blk.N.attn_kv_a_norm.weight
                model.layers.N.block_sparse_moe.gate_proj.weight      blk.N.ffn_gate.weight
                model.layers.N.block_sparse_moe.up_proj.weight        blk.N.ffn_up.weight
                model.layers.N.block_sparse_moe.down_proj.weight      blk.N.ffn_down.weight
                model.layers.N.block_sparse_moe.gate.weight           blk.N.ffn_gate_inp.weight  exact
                model.layers.N.block_sparse_moe.gate.e_score_correction_bias        blk.N.exp_probs_b.bias
                model.layers.N.block_sparse_moe.shared_experts.gate_proj.weight     blk.N.ffn_gate_shexp.weight
                model.layers.N.block_sparse_moe.shared_experts.up_proj.weight       blk.N.ffn_up_shexp.weight
                model.layers.N.block_sparse_moe.shared_experts.down_proj.weight     blk.N.ffn_down_shexp.weight
                """);
        c.rename(GgufConverter.ATTENTION);
        c.rename(GgufConverter.FRAME);
    }
}
