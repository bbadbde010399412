package dev.eddy.runtime.checkpoint;

import java.util.List;
import java.util.stream.IntStream;

/**
 * llama.cpp's {@code kimi-linear}. Its converter takes the projection of keys and values from the
 * latent vector apart, head by head, keys transposed; older files have it whole.
 */
final class GgufKimiLinear implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length            hidden_size
            block_count                 num_hidden_layers
            feed_forward_length         intermediate_size
            attention.kv_lora_rank      kv_lora_rank
            attention.value_length_mla  v_head_dim
            attention.head_count        num_attention_heads
            attention.head_count        linear_num_heads
            rope.dimension_count        qk_rope_head_dim
            kda.head_dim                linear_head_dim
            ssm.conv_kernel             linear_conv_kernel_dim
            expert_count                num_experts
            expert_used_count           num_experts_per_token
            expert_feed_forward_length  moe_intermediate_size
            expert_shared_count         num_shared_experts
            context_length              model_max_length
            """;

    private static final String TENSORS =
            """
            token_embd.weight             model.embed_tokens.weight
            output_norm.weight            model.norm.weight
            output.weight                 lm_head.weight
            blk.N.attn_norm.weight        model.layers.N.input_layernorm.weight
            blk.N.ffn_norm.weight         model.layers.N.post_attention_layernorm.weight
            blk.N.ssm_conv1d_q.weight     model.layers.N.self_attn.q_conv1d.weight  taps
            blk.N.ssm_conv1d_k.weight     model.layers.N.self_attn.k_conv1d.weight  taps
            blk.N.ssm_conv1d_v.weight     model.layers.N.self_attn.v_conv1d.weight  taps
            blk.N.ssm_f_a.weight          model.layers.N.self_attn.f_a_proj.weight
            blk.N.ssm_f_b.weight          model.layers.N.self_attn.f_b_proj.weight
            blk.N.ssm_g_a.weight          model.layers.N.self_attn.g_a_proj.weight
            blk.N.ssm_g_b.weight          model.layers.N.self_attn.g_b_proj.weight
            blk.N.ssm_beta.weight         model.layers.N.self_attn.b_proj.weight
            blk.N.ssm_dt.bias             model.layers.N.self_attn.dt_bias
            blk.N.ssm_norm.weight         model.layers.N.self_attn.o_norm.weight
            blk.N.attn_kv_a_mqa.weight    model.layers.N.self_attn.kv_a_proj_with_mqa.weight
            blk.N.attn_kv_a_norm.weight   model.layers.N.self_attn.kv_a_layernorm.weight
            blk.N.attn_kv_b.weight        model.layers.N.self_attn.kv_b_proj.weight
            blk.N.ffn_gate.weight         model.layers.N.mlp.gate_proj.weight
            blk.N.ffn_up.weight           model.layers.N.mlp.up_proj.weight
            blk.N.ffn_down.weight         model.layers.N.mlp.down_proj.weight
            blk.N.ffn_gate_inp.weight     MOE.gate.weight
            blk.N.exp_probs_b.bias        MOE.gate.e_score_correction_bias
            blk.N.ffn_gate_exps.weight    MOE.experts.X.w1.weight             experts
            blk.N.ffn_up_exps.weight      MOE.experts.X.w3.weight             experts
            blk.N.ffn_down_exps.weight    MOE.experts.X.w2.weight             experts
            blk.N.ffn_gate_shexp.weight   MOE.shared_experts.gate_proj.weight
            blk.N.ffn_up_shexp.weight     MOE.shared_experts.up_proj.weight
            blk.N.ffn_down_shexp.weight   MOE.shared_experts.down_proj.weight
            """
                    .replace("MOE", "model.layers.N.block_sparse_moe");

    private static final int SIGMOID = 2;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        if (settings.has("attention.q_lora_rank")) {
            throw settings.refuse("attention.q_lora_rank", "none: queries of low rank");
        }
        if (settings.whole("expert_gating_func", SIGMOID) != SIGMOID) {
            throw settings.refuse("expert_gating_func", SIGMOID + ", a sigmoid");
        }
        int rotary = settings.whole("rope.dimension_count");
        int keys = settings.whole("attention.key_length_mla");
        if (keys <= rotary) {
            throw settings.refuse(
                    "attention.key_length_mla", "more than rope.dimension_count " + rotary);
        }
        int layers = settings.whole("block_count");
        int dense = settings.whole("leading_dense_block_count", 0);
        List<String> feeds =
                IntStream.range(0, layers).mapToObj(i -> i < dense ? "dense" : "sparse").toList();
        settings.set("model_type", "kimi_linear")
                .table(SETTINGS)
                .set("layer_types", GgufAttention.layers(settings), GgufKimiLinear::type)
                .set("mlp_layer_types", feeds, Json.Str::new)
                .set("qk_nope_head_dim", keys - rotary)
                .set("routed_scaling_factor", settings.real("expert_weights_scale", 1))
                .set("moe_renormalize", settings.truth("expert_weights_norm", true))
                .set("num_expert_group", Math.max(1, settings.whole("expert_group_count", 1)))
                .set("topk_group", Math.max(1, settings.whole("expert_group_used_count", 1)))
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("hidden_act", "silu");
    }

    private static Json type(boolean attends) {
        return new Json.Str(attends ? "full_attention" : "linear_attention");
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        int heads = settings.whole("attention.head_count");
        for (int i = 0; i < settings.whole("block_count"); i++) {
            String attention = "model.layers." + i + ".self_attn.";
            String of = " of head %d(" + attention + "kv_b_proj.weight)";
            byHead(names, i, "attn_k_b.weight", "keys" + of, heads);
            byHead(names, i, "attn_v_b.weight", "values" + of, heads);
            names.take(i, "ssm_a")
                    .ifPresent(rate ->
                            names.put(
                                    "-exp(" + attention + "A_log)",
                                    rate,
                                    1,
                                    1,
                                    rate.shape().elements(),
                                    1));
        }
        names.table(TENSORS + GgufAttention.PLAIN.replace("ATTENTION", "model.layers.N.self_attn"));
    }

    /** The matrices of the heads, [H, rows, columns]. */
    private static void byHead(GgufNames names, int layer, String local, String name, int heads) {
        names.take(layer, local)
                .ifPresent(stored -> {
                    List<StoredTensor> matrices = GgufNames.matrices(stored, heads);
                    for (int head = 0; head < heads; head++) {
                        names.put(String.format(name, head), matrices.get(head));
                    }
                });
    }
}
