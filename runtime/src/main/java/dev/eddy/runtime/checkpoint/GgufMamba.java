package dev.eddy.runtime.checkpoint;

/** llama.cpp's {@code mamba}: Mamba, and Falcon-Mamba where dt, B and C are normalised. */
final class GgufMamba implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length    hidden_size
            block_count         num_hidden_layers
            ssm.inner_size      intermediate_size
            ssm.state_size      state_size
            ssm.conv_kernel     conv_kernel
            ssm.time_step_rank  time_step_rank
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
            blk.N.ssm_conv1d.weight  MIXER.conv1d.weight       taps
            blk.N.ssm_conv1d.bias    MIXER.conv1d.bias
            blk.N.ssm_x.weight       MIXER.x_proj.weight
            blk.N.ssm_dt.weight      MIXER.dt_proj.weight
            blk.N.ssm_dt.bias        MIXER.dt_proj.bias
            blk.N.ssm_a              -exp(MIXER.A_log)
            blk.N.ssm_d              MIXER.D
            blk.N.ssm_out.weight     MIXER.out_proj.weight
            blk.N.ssm_out.bias       MIXER.out_proj.bias
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        boolean normed = settings.truth("ssm.dt_b_c_rms", false);
        settings.set("model_type", normed ? "falcon_mamba" : "mamba")
                .table(SETTINGS)
                .set("layer_norm_epsilon", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("use_bias", names.has("blk.0.ssm_in.bias"))
                .set("use_conv_bias", names.has("blk.0.ssm_conv1d.bias"));
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(TENSORS + MIXER.replace("MIXER", "backbone.layers.N.mixer"));
    }
}
