package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code llama}: Llama and Mistral, whose queries and keys lie interleaved. */
final class GgufLlama implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            """;

    private static final String TENSORS =
            """
            token_embd.weight         model.embed_tokens.weight
            output_norm.weight        model.norm.weight
            output.weight             lm_head.weight
            blk.N.attn_norm.weight    model.layers.N.input_layernorm.weight
            blk.N.ffn_norm.weight     model.layers.N.post_attention_layernorm.weight
            blk.N.ffn_gate.weight     model.layers.N.mlp.gate_proj.weight
            blk.N.ffn_gate.bias       model.layers.N.mlp.gate_proj.bias
            blk.N.ffn_up.weight       model.layers.N.mlp.up_proj.weight
            blk.N.ffn_up.bias         model.layers.N.mlp.up_proj.bias
            blk.N.ffn_down.weight     model.layers.N.mlp.down_proj.weight
            blk.N.ffn_down.bias       model.layers.N.mlp.down_proj.bias
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        if (settings.whole("expert_count", 0) > 0) {
            throw settings.refuse("expert_count", "0: Eddy has no mixture of experts in llama");
        }
        settings.set("model_type", "llama")
                .table(SETTINGS)
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-6))
                .set("max_position_embeddings", settings.whole("context_length", 2048))
                .set("attention_bias", names.has("blk.0.attn_q.bias"))
                .set("mlp_bias", names.has("blk.0.ffn_gate.bias"))
                .set("hidden_act", "silu");
        GgufAttention.heads(settings);
        GgufAttention.rope(settings, names);
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(
                TENSORS
                        + GgufAttention.INTERLEAVED.replace(
                                "ATTENTION", "model.layers.N.self_attn"));
    }
}
