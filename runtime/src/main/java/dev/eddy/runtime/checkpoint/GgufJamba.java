package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code jamba}: which layers attend is in the heads' number, experts in tensors. */
final class GgufJamba implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            ssm.state_size          mamba_d_state
            ssm.conv_kernel         mamba_d_conv
            ssm.time_step_rank      mamba_dt_rank
            """;

    private static final String TENSORS =
            """
            token_embd.weight           model.embed_tokens.weight
            output_norm.weight          model.final_layernorm.weight
            output.weight               lm_head.weight
            blk.N.attn_norm.weight      model.layers.N.input_layernorm.weight
            blk.N.ffn_norm.weight       model.layers.N.pre_ff_layernorm.weight
            blk.N.ssm_dt_norm.weight    model.layers.N.mamba.dt_layernorm.weight
            blk.N.ssm_b_norm.weight     model.layers.N.mamba.b_layernorm.weight
            blk.N.ssm_c_norm.weight     model.layers.N.mamba.c_layernorm.weight
            blk.N.ffn_gate.weight       model.layers.N.feed_forward.gate_proj.weight
            blk.N.ffn_up.weight         model.layers.N.feed_forward.up_proj.weight
            blk.N.ffn_down.weight       model.layers.N.feed_forward.down_proj.weight
            blk.N.ffn_gate_inp.weight   model.layers.N.feed_forward.router.weight
            blk.N.ffn_gate_exps.weight  model.layers.N.feed_forward.experts.X.gate_proj.weight  experts
            blk.N.ffn_up_exps.weight    model.layers.N.feed_forward.experts.X.up_proj.weight    experts
            blk.N.ffn_down_exps.weight  model.layers.N.feed_forward.experts.X.down_proj.weight  experts
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        settings.set("model_type", "jamba")
                .table(SETTINGS)
                .set("mamba_expand", settings.quotient("ssm.inner_size", "embedding_length"))
                .set("num_experts", Math.max(1, settings.whole("expert_count", 1)))
                .set("num_experts_per_tok", Math.max(1, settings.whole("expert_used_count", 1)))
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-6))
                .set("max_position_embeddings", settings.whole("context_length", 262_144))
                .set("mamba_conv_bias", names.anyHas("ssm_conv1d.bias"))
                .set("mamba_proj_bias", names.anyHas("ssm_in.bias"))
                .set("hidden_act", "silu");
        GgufAttention.heads(settings);
        GgufAttention.every(
                settings,
                "attn_layer",
                "attention.head_count_kv",
                GgufAttention.layers(settings)::get);
        GgufAttention.every(
                settings, "expert_layer", "expert_count", i -> names.has(i, "ffn_gate_inp.weight"));
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(
                TENSORS
                        + GgufMamba.MIXER.replace("MIXER", "model.layers.N.mamba")
                        + GgufAttention.PLAIN.replace("ATTENTION", "model.layers.N.self_attn"));
    }
}
