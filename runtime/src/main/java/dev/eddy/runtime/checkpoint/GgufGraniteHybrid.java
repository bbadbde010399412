package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * llama.cpp's {@code granitehybrid}: Granite 4, and Bamba, which is Granite without experts and
 * multipliers and with rotary embedding. Gate and up projections are kept apart, queries and keys
 * interleaved.
 */
final class GgufGraniteHybrid implements GgufArchitecture {
    private static final String SETTINGS =
            """
            embedding_length        hidden_size
            block_count             num_hidden_layers
            feed_forward_length     intermediate_size
            ssm.state_size          mamba_d_state
            ssm.conv_kernel         mamba_d_conv
            ssm.time_step_rank      mamba_n_heads
            """;

    private static final String TENSORS =
            """
            token_embd.weight            model.embed_tokens.weight
            output_norm.weight           model.norm.weight
            output.weight                lm_head.weight
            blk.N.attn_norm.weight       model.layers.N.input_layernorm.weight
            blk.N.ffn_norm.weight        model.layers.N.post_attention_layernorm.weight
            blk.N.ffn_gate_inp.weight    model.layers.N.block_sparse_moe.router.layer.weight
            blk.N.ffn_down_exps.weight   model.layers.N.block_sparse_moe.output_linear.weight
            blk.N.ffn_down_shexp.weight  model.layers.N.shared_mlp.output_linear.weight
            blk.N.ffn_down.weight        model.layers.N.shared_mlp.output_linear.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        GgufAttention.heads(settings);
        double scale = 1 / Math.sqrt(GgufAttention.headSize(settings));
        int dense = settings.whole("feed_forward_length");
        boolean rotary = settings.truth("rope.scaling.finetuned", true);
        settings.set("model_type", "granitemoehybrid")
                .table(SETTINGS)
                .set("layer_types", GgufAttention.layers(settings), GgufGraniteHybrid::type)
                .set(
                        "shared_intermediate_size",
                        settings.whole("expert_shared_feed_forward_length", dense))
                .set("num_local_experts", settings.whole("expert_count", 0))
                .set("num_experts_per_tok", settings.whole("expert_used_count", 0))
                .set("mamba_expand", settings.quotient("ssm.inner_size", "embedding_length"))
                .set("mamba_d_head", settings.quotient("ssm.inner_size", "ssm.time_step_rank"))
                .set("mamba_n_groups", settings.whole("ssm.group_count", 1))
                .set("mamba_conv_bias", names.anyHas("ssm_conv1d.bias"))
                .set("mamba_proj_bias", names.anyHas("ssm_in.bias"))
                .set("rms_norm_eps", settings.real("attention.layer_norm_rms_epsilon", 1e-6))
                .set("max_position_embeddings", settings.whole("context_length", 2048))
                .set("attention_multiplier", settings.real("attention.scale", scale))
                .set("embedding_multiplier", settings.real("embedding_scale", 1))
                .set("residual_multiplier", settings.real("residual_scale", 1))
                .set("logits_scaling", settings.real("logit_scale", 1))
                .set("attention_bias", names.anyHas("attn_q.bias"))
                .set("position_embedding_type", rotary ? "rope" : "nope")
                .set("hidden_act", "silu");
        if (rotary) {
            GgufAttention.rope(settings, names);
        }
    }

    private static Json type(boolean attends) {
        return new Json.Str(attends ? "full_attention" : "linear_attention");
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        for (int i = 0; i < settings.whole("block_count"); i++) {
            String layer = "model.layers." + i + ".";
            shared(names, i, "_shexp.weight", layer + "shared_mlp.input_linear.weight");
            shared(names, i, ".weight", layer + "shared_mlp.input_linear.weight");
            experts(names, i, layer + "block_sparse_moe.input_linear.weight");
        }
        names.table(
                TENSORS
                        + GgufMamba2.MIXER.replace("MIXER", "model.layers.N.mamba")
                        + GgufAttention.INTERLEAVED.replace(
                                "ATTENTION", "model.layers.N.self_attn"));
    }

    /** Gate over up, [2 J, D]. */
    private static void shared(GgufNames names, int layer, String ending, String to) {
        Optional<StoredTensor> gate = names.take(layer, "ffn_gate" + ending);
        Optional<StoredTensor> up = names.take(layer, "ffn_up" + ending);
        if (gate.isPresent() && up.isPresent()) {
            names.put(to, Relayout.joined(to, List.of(gate.get(), up.get())));
        }
    }

    /** Gate over up for each expert, [X, 2 I, D], of [X, I, D] each. */
    private static void experts(GgufNames names, int layer, String to) {
        Optional<StoredTensor> gate = names.take(layer, "ffn_gate_exps.weight");
        Optional<StoredTensor> up = names.take(layer, "ffn_up_exps.weight");
        if (gate.isEmpty() || up.isEmpty()) {
            return;
        }
        List<StoredTensor> gates = GgufNames.matrices(gate.get());
        List<StoredTensor> ups = GgufNames.matrices(up.get(), gates.size());
        List<StoredTensor> parts = new ArrayList<>();
        for (int expert = 0; expert < gates.size(); expert++) {
            parts.add(gates.get(expert));
            parts.add(ups.get(expert));
        }
        Shape shape = gate.get().shape();
        names.put(to, Relayout.joined(to, parts), shape.dim(0), 2 * shape.dim(1), shape.dim(2));
    }
}
