package dev.eddy.runtime.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * llama.cpp's {@code qwen3next}. Its converter adds 1 to the weights of norms, and takes the
 * projection of q, k, v and z apart that the original keeps by key head; older files have it whole.
 */
final class GgufQwen3Next implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length                    hidden_size
            block_count                         num_hidden_layers
            feed_forward_length                 intermediate_size
            expert_count                        num_experts
            expert_used_count                   num_experts_per_tok
            expert_feed_forward_length          moe_intermediate_size
            expert_shared_feed_forward_length   shared_expert_intermediate_size
            ssm.conv_kernel                     linear_conv_kernel_dim
            ssm.state_size                      linear_key_head_dim
            ssm.group_count                     linear_num_key_heads
            ssm.time_step_rank                  linear_num_value_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight                 model.embed_tokens.weight
            output_norm.weight                1+(model.norm.weight)
            output.weight                     lm_head.weight
            blk.N.attn_norm.weight            1+(model.layers.N.input_layernorm.weight)
            blk.N.post_attention_norm.weight  1+(model.layers.N.post_attention_layernorm.weight)
            blk.N.attn_q_norm.weight          1+(model.layers.N.self_attn.q_norm.weight)
            blk.N.attn_k_norm.weight          1+(model.layers.N.self_attn.k_norm.weight)
            blk.N.ssm_in.weight               model.layers.N.linear_attn.in_proj_qkvz.weight
            blk.N.ssm_ba.weight               model.layers.N.linear_attn.in_proj_ba.weight
            blk.N.ssm_conv1d.weight           model.layers.N.linear_attn.conv1d.weight          taps
            blk.N.ssm_dt.bias                 model.layers.N.linear_attn.dt_bias
            blk.N.ssm_a                       -exp(model.layers.N.linear_attn.A_log)            flat
            blk.N.ssm_norm.weight             model.layers.N.linear_attn.norm.weight
            blk.N.ssm_out.weight              model.layers.N.linear_attn.out_proj.weight
            blk.N.ffn_gate_inp.weight         model.layers.N.mlp.gate.weight
            blk.N.ffn_gate_exps.weight        model.layers.N.mlp.experts.X.gate_proj.weight     experts
            blk.N.ffn_up_exps.weight          model.layers.N.mlp.experts.X.up_proj.weight       experts
            blk.N.ffn_down_exps.weight        model.layers.N.mlp.experts.X.down_proj.weight     experts
            blk.N.ffn_gate_inp_shexp.weight   model.layers.N.mlp.shared_expert_gate.weight      row
            blk.N.ffn_gate_shexp.weight       model.layers.N.mlp.shared_expert.gate_proj.weight
            blk.N.ffn_up_shexp.weight         model.layers.N.mlp.shared_expert.up_proj.weight
            blk.N.ffn_down_shexp.weight       model.layers.N.mlp.shared_expert.down_proj.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        List<String> types =
                IntStream.range(0, settings.whole("block_count"))
                        .mapToObj(i ->
                                names.has(i, "ssm_conv1d.weight")
                                        ? "linear_attention"
                                        : "full_attention")
                        .toList();
        settings.set("model_type", "qwen3_next")
                .table(SETTINGS)
                .set("layer_types", types, Json.Str::new)
                .set(
                        "linear_value_head_dim",
                        settings.quotient("ssm.inner_size", "ssm.time_step_rank"))
                .set("norm_topk_prob", true)
                .set("attention_bias", false)
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-6))
                .set("max_position_embeddings", settings.whole("context_length", 32_768))
                .set("hidden_act", "silu");
        GgufAttention.heads(settings);
        GgufAttention.rope(settings, names);
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        for (int i = 0; i < settings.whole("block_count"); i++) {
            projections(settings, names, i);
        }
        names.table(TENSORS + GgufAttention.PLAIN.replace("ATTENTION", "model.layers.N.self_attn"));
    }

    /** Rows of q, k, v, then z: the parts of the original, which the model would take apart so. */
    private static void projections(GgufSettings settings, GgufNames names, int layer) {
        Optional<StoredTensor> qkv = names.take(layer, "attn_qkv.weight");
        Optional<StoredTensor> gate = names.take(layer, "attn_gate.weight");
        if (qkv.isEmpty() || gate.isEmpty()) {
            return;
        }
        int groups = settings.whole("ssm.group_count");
        int keys = settings.whole("ssm.state_size");
        if (groups == 0 || settings.whole("ssm.inner_size") % groups != 0) {
            throw settings.refuse("ssm.inner_size", "a multiple of ssm.group_count " + groups);
        }
        int values = settings.whole("ssm.inner_size") / groups;
        String name =
                String.format(
                        "parts of %d groups [%d, %d, %d, %d](model.layers.%d.linear_attn.in_proj_qkvz.weight)",
                        groups, keys, keys, values, values, layer);
        names.put(name, Relayout.joined(name, List.of(qkv.get(), gate.get())));
    }
}
