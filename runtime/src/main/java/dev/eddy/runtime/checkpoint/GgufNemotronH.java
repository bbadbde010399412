package dev.eddy.runtime.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * llama.cpp's {@code nemotron_h} and {@code nemotron_h_moe}: blocks of one kind each, which their
 * tensors tell. Queries and keys are interleaved, though nothing rotates them.
 */
final class GgufNemotronH implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            ssm.state_size          ssm_state_size
            ssm.conv_kernel         conv_kernel
            ssm.time_step_rank      mamba_num_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight             backbone.embeddings.weight
            output_norm.weight            backbone.norm_f.weight
            output.weight                 lm_head.weight
            blk.N.attn_norm.weight        backbone.layers.N.norm.weight
            blk.N.ffn_up.weight           backbone.layers.N.mixer.up_proj.weight
            blk.N.ffn_up.bias             backbone.layers.N.mixer.up_proj.bias
            blk.N.ffn_down.weight         backbone.layers.N.mixer.down_proj.weight
            blk.N.ffn_down.bias           backbone.layers.N.mixer.down_proj.bias
            blk.N.ffn_gate_inp.weight     backbone.layers.N.mixer.gate.weight
            blk.N.exp_probs_b.bias        backbone.layers.N.mixer.gate.e_score_correction_bias
            blk.N.ffn_latent_down.weight  backbone.layers.N.mixer.fc1_latent_proj.weight
            blk.N.ffn_latent_up.weight    backbone.layers.N.mixer.fc2_latent_proj.weight
            blk.N.ffn_up_exps.weight      backbone.layers.N.mixer.experts.X.up_proj.weight    experts
            blk.N.ffn_down_exps.weight    backbone.layers.N.mixer.experts.X.down_proj.weight  experts
            blk.N.ffn_up_shexp.weight     backbone.layers.N.mixer.shared_experts.up_proj.weight
            blk.N.ffn_down_shexp.weight   backbone.layers.N.mixer.shared_experts.down_proj.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        List<String> types = types(settings, names);
        settings.set("model_type", "nemotron_h")
                .table(SETTINGS)
                .set("num_hidden_layers", types.size())
                .set("layers_block_type", types, Json.Str::new)
                .set("mamba_head_dim", settings.quotient("ssm.inner_size", "ssm.time_step_rank"))
                .set("n_groups", settings.whole("ssm.group_count", 1))
                .set("use_bias", names.anyHas("ssm_in.bias"))
                .set("use_conv_bias", names.anyHas("ssm_conv1d.bias"))
                .set("attention_bias", names.anyHas("attn_q.bias"))
                .set("mlp_bias", names.anyHas("ffn_up.bias"))
                .set("mlp_hidden_act", "relu2")
                .set("layer_norm_epsilon", settings.real("attention.layer_norm_rms_epsilon", 1e-5))
                .set("max_position_embeddings", settings.whole("context_length", 4096));
        GgufAttention.heads(settings);
        dense(settings, names, types);
        if (types.contains("moe")) {
            experts(settings);
        }
    }

    /** The kind of each block; blocks that predict further tokens in training are left out. */
    private static List<String> types(GgufSettings settings, GgufNames names) {
        int blocks = settings.whole("block_count") - settings.whole("nextn_predict_layers", 0);
        List<String> types = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            types.add(
                    names.has(i, "ssm_in.weight")
                            ? "linear_attention"
                            : names.has(i, "attn_q.weight")
                                    ? "full_attention"
                                    : names.has(i, "ffn_gate_inp.weight") ? "moe" : "mlp");
        }
        return types;
    }

    private static void dense(GgufSettings settings, GgufNames names, List<String> types) {
        Set<Long> widths = new TreeSet<>();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).equals("mlp")) {
                widths.add(names.rows("blk." + i + ".ffn_up.weight"));
            }
        }
        if (widths.size() > 1) {
            throw settings.refuse(
                    "feed_forward_length", "one width in all feed-forward layers, not " + widths);
        }
        widths.forEach(width -> settings.set("intermediate_size", width));
    }

    private static void experts(GgufSettings settings) {
        int groups = Math.max(1, settings.whole("expert_group_count", 1));
        settings.set("n_routed_experts", settings.whole("expert_count"))
                .set("num_experts_per_tok", settings.whole("expert_used_count"))
                .set("n_group", groups)
                .set("topk_group", Math.max(1, settings.whole("expert_group_used_count", groups)))
                .set("norm_topk_prob", settings.truth("expert_weights_norm", true))
                .set("routed_scaling_factor", settings.real("expert_weights_scale", 1))
                .set("moe_intermediate_size", settings.whole("expert_feed_forward_length"))
                .set(
                        "moe_shared_expert_intermediate_size",
                        settings.whole("expert_shared_feed_forward_length"));
        if (settings.has("moe_latent_size")) {
            settings.set("moe_latent_size", settings.whole("moe_latent_size"));
        }
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        names.table(
                TENSORS
                        + GgufMamba2.MIXER.replace("MIXER", "backbone.layers.N.mixer")
                        + GgufAttention.INTERLEAVED.replace(
                                "ATTENTION", "backbone.layers.N.mixer"));
    }
}
