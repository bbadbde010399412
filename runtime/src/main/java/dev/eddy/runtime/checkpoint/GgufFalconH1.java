package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code falcon-h1}, whose converter has multiplied all multipliers into weights. */
final class GgufFalconH1 implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            ssm.inner_size          mamba_d_ssm
            ssm.state_size          mamba_d_state
            ssm.conv_kernel         mamba_d_conv
            ssm.time_step_rank      mamba_n_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight       model.embed_tokens.weight
            output_norm.weight      model.final_layernorm.weight
            output.weight           lm_head.weight
            blk.N.attn_norm.weight  model.layers.N.input_layernorm.weight
            blk.N.ffn_norm.weight   model.layers.N.pre_ff_layernorm.weight
            blk.N.ffn_gate.weight   model.layers.N.feed_forward.gate_proj.weight
            blk.N.ffn_up.weight     model.layers.N.feed_forward.up_proj.weight
            blk.N.ffn_down.weight   model.layers.N.feed_forward.down_proj.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        settings.set("model_type", "falcon_h1")
                .table(SETTINGS)
                .set("mamba_d_head", settings.quotient("ssm.inner_size", "ssm.time_step_rank"))
                .set("mamba_n_groups", settings.whole("ssm.group_count", 1))
                .set("mamba_rms_norm", names.anyHas("ssm_norm.weight"))
                .set("mamba_norm_before_gate", false)
                .set("mamba_conv_bias", names.anyHas("ssm_conv1d.bias"))
                .set("mamba_proj_bias", names.anyHas("ssm_in.bias"))
                .set("projectors_bias", names.anyHas("ssm_out.bias"))
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("max_position_embeddings", settings.whole("context_length", 8192))
                .set("attention_bias", names.anyHas("attn_q.bias"))
                .set("hidden_act", "silu");
        GgufAttention.heads(settings);
        GgufAttention.rope(settings, names);
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(
                TENSORS
                        + GgufMamba2.MIXER.replace("MIXER", "model.layers.N.mamba")
                        + GgufAttention.PLAIN.replace("ATTENTION", "model.layers.N.self_attn"));
    }
}
