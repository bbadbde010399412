package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code mamba2}; its gated norm takes each group by itself, as mamba_ssm's does. */
final class GgufMamba2 implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length    hidden_size
            block_count         num_hidden_layers
            ssm.state_size      state_size
            ssm.conv_kernel     conv_kernel
            ssm.time_step_rank  num_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight        backbone.embeddings.weight
            output_norm.weight       backbone.norm_f.weight
            output.weight            lm_head.weight
            blk.N.attn_norm.weight   backbone.layers.N.norm.weight
            """;

    /** The mixer's tensors, below whatever the architecture calls a layer's mixer. */
    static final String MIXER =
            """
            blk.N.ssm_in.weight      MIXER.in_proj.weight
            blk.N.ssm_in.bias        MIXER.in_proj.bias
            blk.N.ssm_conv1d.weight  MIXER.conv1d.weight   taps
            blk.N.ssm_conv1d.bias    MIXER.conv1d.bias
            blk.N.ssm_dt.bias        MIXER.dt_bias
            blk.N.ssm_a              -exp(MIXER.A_log)     flat
            blk.N.ssm_d              MIXER.D               flat
            blk.N.ssm_norm.weight    MIXER.norm.weight     flat
            blk.N.ssm_out.weight     MIXER.out_proj.weight
            blk.N.ssm_out.bias       MIXER.out_proj.bias
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        settings.set("model_type", "mamba2")
                .table(SETTINGS)
                .set("head_dim", settings.quotient("ssm.inner_size", "ssm.time_step_rank"))
                .set("expand", settings.quotient("ssm.inner_size", "embedding_length"))
                .set("n_groups", settings.whole("ssm.group_count", 1))
                .set("norm_by_group", true)
                .set("layer_norm_epsilon", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("use_bias", names.has("blk.0.ssm_in.bias"))
                .set("use_conv_bias", names.has("blk.0.ssm_conv1d.bias"));
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(TENSORS + MIXER.replace("MIXER", "backbone.layers.N.mixer"));
    }
}
