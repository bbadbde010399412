package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.util.List;

/**
 * llama.cpp's {@code rwkv6}. Its converter transposes the low-rank matrices, joins the five parts
 * of the token shift, and divides some output matrices by a power of two that grows with the layer.
 */
final class GgufRwkv6 implements GgufArchitecture {
    /** The token shift's parts in the order of {@code time_mix_lerp_fused}. */
    private static final List<String> SHIFTS = List.of("w", "k", "v", "r", "g");

    private static final String SETTINGS =
            """
            embedding_length       hidden_size
            block_count            num_hidden_layers
            feed_forward_length    intermediate_size
            wkv.head_size          head_size
            time_mix_extra_dim     time_mix_lora
            time_decay_extra_dim   time_decay_lora
            """;

    /** What RWKV-6 and RWKV-7 share. */
    static final String FRAME =
            """
            token_embd.weight                  emb.weight
            token_embd_norm.weight             blocks.0.ln0.weight
            token_embd_norm.bias               blocks.0.ln0.bias
            output_norm.weight                 ln_out.weight
            output_norm.bias                   ln_out.bias
            output.weight                      head.weight
            blk.N.attn_norm.weight             blocks.N.ln1.weight
            blk.N.attn_norm.bias               blocks.N.ln1.bias
            blk.N.attn_norm_2.weight           blocks.N.ln2.weight
            blk.N.attn_norm_2.bias             blocks.N.ln2.bias
            blk.N.time_mix_receptance.weight   blocks.N.att.receptance.weight
            blk.N.time_mix_key.weight          blocks.N.att.key.weight
            blk.N.time_mix_value.weight        blocks.N.att.value.weight
            blk.N.time_mix_output.weight       blocks.N.att.output.weight
            blk.N.time_mix_ln.weight           blocks.N.att.ln_x.weight
            blk.N.time_mix_ln.bias             blocks.N.att.ln_x.bias
            blk.N.channel_mix_key.weight       blocks.N.ffn.key.weight
            blk.N.channel_mix_value.weight     blocks.N.ffn.value.weight
            """;

    private static final String TENSORS =
            """
            blk.N.time_mix_w1.weight             transposed(blocks.N.att.time_maa_w1)
            blk.N.time_mix_decay_w1.weight       transposed(blocks.N.att.time_decay_w1)
            blk.N.time_mix_decay_w2.weight       transposed(blocks.N.att.time_decay_w2)
            blk.N.time_mix_decay.weight          blocks.N.att.time_decay          deep
            blk.N.time_mix_first.weight          blocks.N.att.time_faaaa
            blk.N.time_mix_lerp_x.weight         blocks.N.att.time_maa_x          deep
            blk.N.time_mix_lerp_w.weight         blocks.N.att.time_maa_w          deep
            blk.N.time_mix_lerp_k.weight         blocks.N.att.time_maa_k          deep
            blk.N.time_mix_lerp_v.weight         blocks.N.att.time_maa_v          deep
            blk.N.time_mix_lerp_r.weight         blocks.N.att.time_maa_r          deep
            blk.N.time_mix_lerp_g.weight         blocks.N.att.time_maa_g          deep
            blk.N.time_mix_gate.weight           blocks.N.att.gate.weight
            blk.N.channel_mix_lerp_k.weight      blocks.N.ffn.time_maa_k          deep
            blk.N.channel_mix_lerp_r.weight      blocks.N.ffn.time_maa_r          deep
            blk.N.channel_mix_receptance.weight  blocks.N.ffn.receptance.weight
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        settings.set("model_type", "rwkv6").table(SETTINGS);
        frame(settings, "RWKV_x060");
    }

    /** The settings that RWKV-6 and RWKV-7 share; llama.cpp's norm a head has a fixed epsilon. */
    static void frame(GgufSettings settings, String official) {
        settings.set("architectures", List.of(official), Json.Str::new)
                .set("layer_norm_epsilon", settings.real("attention.layer_norm_epsilon", 1e-5))
                .set("group_norm_epsilon", 64e-5);
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        int every = settings.whole("rescale_every_n_layers", 0);
        for (int i = 0; i < settings.whole("block_count"); i++) {
            String block = "blocks." + i + ".att.";
            parts(names, i, "time_mix_lerp_fused.weight", block + "time_maa_", SHIFTS);
            ups(names, i, "transposed %d(" + block + "time_maa_w2)");
            if (every > 0 && i >= every) {
                rescale(settings, names, i, "time_mix_output.weight", i / every);
                rescale(settings, names, i, "channel_mix_value.weight", i / every);
            }
        }
        names.table(FRAME + TENSORS);
    }

    /** The vectors [1, 1, D] that a layer's tensor {@code fused} holds one after the other. */
    static void parts(GgufNames names, int layer, String fused, String prefix, List<String> parts) {
        names.take(layer, fused)
                .ifPresent(stored -> {
                    long width = stored.shape().elements() / parts.size();
                    StoredTensor rows = split(stored, parts.size(), width);
                    for (int i = 0; i < parts.size(); i++) {
                        StoredTensor row = Relayout.part(fused, rows, i, 1);
                        names.put(prefix + parts.get(i), row, 1, 1, width);
                    }
                });
    }

    private static StoredTensor split(StoredTensor stored, int count, long width) {
        if (stored.shape().rank() == 0 || stored.shape().dim(0) != count) {
            throw CheckpointException.unexpected(
                    stored.source(), "the outermost axis", count + " parts", stored.shape());
        }
        return Relayout.reshaped("rows", stored, Shape.of(count, width));
    }

    /** The matrices [D, rank] that lift what is shifted, in the order of the parts. */
    private static void ups(GgufNames names, int layer, String name) {
        names.take(layer, "time_mix_w2.weight")
                .ifPresent(stored -> {
                    List<StoredTensor> ups = GgufNames.matrices(stored, SHIFTS.size());
                    for (int i = 0; i < ups.size(); i++) {
                        names.put(String.format(name, i), ups.get(i));
                    }
                });
    }

    /**
     * llama.cpp halves the residual every so many layers and divides what is added to it to match;
     * nothing but a norm reads it, so the model is the same without either.
     */
    private static void rescale(
            GgufSettings settings, GgufNames names, int layer, String local, int halvings) {
        if (halvings > 30) {
            throw settings.refuse("rescale_every_n_layers", "at most 30 times in all layers");
        }
        names.change(layer, local, stored -> Relayout.scaled(local, stored, halvings));
    }
}
