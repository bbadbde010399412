package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code llama}: Llama and Mistral, whose queries and keys lie interleaved. */
final class GgufLlama implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            attention.head_count    num_attention_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight         model.embed_tokens.weight
            output_norm.weight        model.norm.weight
            output.weight             lm_head.weight
            blk.N.attn_norm.weight    model.layers.N.input_layernorm.weight
            blk.N.attn_q.weight       model.layers.N.self_attn.q_proj.weight     queries
            blk.N.attn_q.bias         model.layers.N.self_attn.q_proj.bias       queries
            blk.N.attn_k.weight       model.layers.N.self_attn.k_proj.weight     keys
            blk.N.attn_k.bias         model.layers.N.self_attn.k_proj.bias       keys
            blk.N.attn_v.weight       model.layers.N.self_attn.v_proj.weight
            blk.N.attn_v.bias         model.layers.N.self_attn.v_proj.bias
            blk.N.attn_output.weight  model.layers.N.self_attn.o_proj.weight
            blk.N.attn_output.bias    model.layers.N.self_attn.o_proj.bias
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
        if (names.has("rope_freqs.weight")) {
            throw settings.refuse(
                    "rope.scaling.type",
                    "none or linear; the tensor rope_freqs.weight means Llama 3.1's scaling, which"
                            + " Eddy does not have");
        }
        int heads = settings.whole("attention.head_count");
        settings.set("model_type", "llama")
                .table(SETTINGS)
                .set("num_key_value_heads", settings.whole("attention.head_count_kv", heads))
                .set("head_dim", headSize(settings))
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-6))
                .set("max_position_embeddings", settings.whole("context_length", 2048))
                .set("attention_bias", names.has("blk.0.attn_q.bias"))
                .set("mlp_bias", names.has("blk.0.ffn_gate.bias"))
                .set("hidden_act", "silu")
                .put("rope_parameters", rope(settings));
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(TENSORS);
    }

    /** The size of a head: given, or the width by the number of heads. */
    static int headSize(GgufSettings settings) {
        return settings.has("attention.key_length")
                ? settings.whole("attention.key_length")
                : settings.quotient("embedding_length", "attention.head_count");
    }

    /** {@code rope_parameters} of config.json: rotary embedding, plain or linearly scaled. */
    static Json rope(GgufSettings settings) {
        String type = settings.text("rope.scaling.type", "none");
        GgufSettings rope = settings.nested();
        rope.set("rope_theta", settings.real("rope.freq_base", 10_000));
        switch (type) {
            case "none" -> rope.set("rope_type", "default");
            case "linear" ->
                    rope.set("rope_type", "linear")
                            .set("factor", settings.real("rope.scaling.factor", 1));
            default -> throw settings.refuse("rope.scaling.type", "none or linear");
        }
        return rope.json();
    }
}
