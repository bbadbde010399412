package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code lfm2}; its last norm is called {@code token_embd_norm} in most files. */
final class GgufLfm2 implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            shortconv.l_cache       conv_L_cache
            """;

    private static final String TENSORS =
            """
            token_embd.weight               model.embed_tokens.weight
            token_embd_norm.weight          model.embedding_norm.weight
            output_norm.weight              model.embedding_norm.weight
            output.weight                   lm_head.weight
            blk.N.attn_norm.weight          model.layers.N.operator_norm.weight
            blk.N.ffn_norm.weight           model.layers.N.ffn_norm.weight
            blk.N.shortconv.conv.weight     model.layers.N.conv.conv.weight       taps
            blk.N.shortconv.conv.bias       model.layers.N.conv.conv.bias
            blk.N.shortconv.in_proj.weight  model.layers.N.conv.in_proj.weight
            blk.N.shortconv.in_proj.bias    model.layers.N.conv.in_proj.bias
            blk.N.shortconv.out_proj.weight model.layers.N.conv.out_proj.weight
            blk.N.shortconv.out_proj.bias   model.layers.N.conv.out_proj.bias
            blk.N.attn_q_norm.weight        model.layers.N.self_attn.q_layernorm.weight
            blk.N.attn_k_norm.weight        model.layers.N.self_attn.k_layernorm.weight
            blk.N.ffn_gate.weight           model.layers.N.feed_forward.w1.weight
            blk.N.ffn_up.weight             model.layers.N.feed_forward.w3.weight
            blk.N.ffn_down.weight           model.layers.N.feed_forward.w2.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        if (settings.whole("attention.sliding_window", 0) > 0) {
            throw settings.refuse("attention.sliding_window", "none");
        }
        settings.set("model_type", "lfm2")
                .table(SETTINGS)
                .set("layer_types", GgufAttention.layers(settings), GgufLfm2::type)
                .set("block_auto_adjust_ff_dim", false)
                .set("conv_bias", names.anyHas("shortconv.conv.bias"))
                .set("norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("max_position_embeddings", settings.whole("context_length", 128_000));
        GgufAttention.heads(settings);
        GgufAttention.rope(settings, names);
    }

    private static Json type(boolean attends) {
        return new Json.Str(attends ? "full_attention" : "conv");
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(
                TENSORS
                        + GgufAttention.PLAIN
                                .replace("ATTENTION", "model.layers.N.self_attn")
                                .replace("o_proj", "out_proj"));
    }
}
