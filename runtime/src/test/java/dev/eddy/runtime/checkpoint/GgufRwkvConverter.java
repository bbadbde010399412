package dev.eddy.runtime.checkpoint;

import dev.eddy.runtime.checkpoint.GgufConversion.Matrix;
import java.util.ArrayList;
import java.util.List;

/** RWKV-6 and RWKV-7 in llama.cpp's layout. */
final class GgufRwkvConverter {
    private static final String RWKV =
            """
            emb.weight                      token_embd.weight
            blocks.0.ln0.weight             token_embd_norm.weight
            blocks.0.ln0.bias               token_embd_norm.bias
            ln_out.weight                   output_norm.weight
            ln_out.bias                     output_norm.bias
            head.weight                     output.weight
            blocks.N.ln1.weight             blk.N.attn_norm.weight
            blocks.N.ln1.bias               blk.N.attn_norm.bias
            blocks.N.ln2.weight             blk.N.attn_norm_2.weight
            blocks.N.ln2.bias               blk.N.attn_norm_2.bias
            blocks.N.att.ln_x.weight        blk.N.time_mix_ln.weight
            blocks.N.att.ln_x.bias          blk.N.time_mix_ln.bias
            blocks.N.att.key.weight         blk.N.time_mix_key.weight
            blocks.N.att.value.weight       blk.N.time_mix_value.weight
            blocks.N.att.receptance.weight  blk.N.time_mix_receptance.weight
            blocks.N.att.gate.weight        blk.N.time_mix_gate.weight
            blocks.N.att.output.weight      blk.N.time_mix_output.weight
            blocks.N.ffn.key.weight         blk.N.channel_mix_key.weight
            blocks.N.ffn.receptance.weight  blk.N.channel_mix_receptance.weight
            blocks.N.ffn.value.weight       blk.N.channel_mix_value.weight
            """;

    private GgufRwkvConverter() {}

    private static void rwkv(GgufConversion c) {
        c.key("context_length", 1 << 20)
                .key("attention.head_count", 0)
                .keys(
                        "embedding_length", "hidden_size",
                        "block_count", "num_hidden_layers",
                        "feed_forward_length", "intermediate_size",
                        "wkv.head_size", "head_size")
                .key("attention.layer_norm_epsilon", c.config.doubleOf("layer_norm_epsilon", 1));
    }

    /** Vectors stored as [1, 1, D], stacked. */
    private static Matrix stacked(GgufConversion c, String prefix, String letters) {
        List<Matrix> rows = new ArrayList<>();
        for (String letter : letters.split("")) {
            Matrix row = c.take(prefix + letter);
            rows.add(row.as(1, row.values().length));
        }
        return Matrix.join(rows);
    }

    static void rwkv6(GgufConversion c) {
        int every = 2; // config.json's rescale_every, 6 in published ones
        rwkv(c);
        c.key("rescale_every_n_layers", every)
                .keys(
                        "time_mix_extra_dim", "time_mix_lora",
                        "time_decay_extra_dim", "time_decay_lora");
        for (int i = 0; i < c.layers(); i++) {
            String att = "blocks." + i + ".att.";
            String ffn = "blocks." + i + ".ffn.";
            String to = "blk." + i + ".";
            int divisor = 1 << i / every;
            c.add(
                    to + "time_mix_output.weight",
                    c.take(att + "output.weight").map(w -> w / divisor));
            c.add(
                    to + "channel_mix_value.weight",
                    c.take(ffn + "value.weight").map(w -> w / divisor));
            Matrix fused = stacked(c, att + "time_maa_", "wkvrg");
            c.exact(to + "time_mix_lerp_fused.weight", fused.as(5, 1, 1, fused.dims()[1]));
            c.exact(to + "time_mix_w1.weight", c.take(att + "time_maa_w1").transposed());
            c.exact(to + "time_mix_w2.weight", c.take(att + "time_maa_w2").transposed());
            c.exact(to + "time_mix_decay_w1.weight", c.take(att + "time_decay_w1").transposed());
            c.exact(to + "time_mix_decay_w2.weight", c.take(att + "time_decay_w2").transposed());
            c.exact(to + "time_mix_first.weight", c.take(att + "time_faaaa"));
        }
        c.rename(
                """
                blocks.N.att.time_decay  blk.N.time_mix_decay.weight
                blocks.N.att.time_maa_x  blk.N.time_mix_lerp_x.weight
                blocks.N.ffn.time_maa_k  blk.N.channel_mix_lerp_k.weight
                blocks.N.ffn.time_maa_r  blk.N.channel_mix_lerp_r.weight
                """,
                vector -> vector.as(vector.values().length));
        c.rename(RWKV);
    }

    static void rwkv7(GgufConversion c) {
        rwkv(c);
        c.keys(
                "attention.decay_lora_rank", "decay_lora",
                "attention.iclr_lora_rank", "a_lora",
                "attention.value_residual_mix_lora_rank", "v_lora",
                "attention.gate_lora_rank", "gate_lora");
        for (int i = 0; i < c.layers(); i++) {
            String att = "blocks." + i + ".att.";
            String to = "blk." + i + ".time_mix_";
            c.exact(to + "lerp_fused.weight", stacked(c, att + "x_", "rwkvag"));
            for (String letter : "wavg".split("")) {
                String own = i == 0 && letter.equals("v") ? "" : letter;
                for (String number : List.of("0", "1", "2")) {
                    if (own.isEmpty() || !c.has(att + own + number)) {
                        continue;
                    }
                    Matrix low = c.take(att + own + number);
                    low = number.equals("0") ? low.as(low.values().length) : low.transposed();
                    c.exact(to + own + number + ".weight", low);
                    if (i == 0 && own.equals("a")) {
                        c.exact(to + "v" + number + ".weight", low); // nobody reads it
                    }
                }
            }
        }
        c.rename(
                """
                blocks.N.att.k_k  blk.N.time_mix_k_k.weight
                blocks.N.att.k_a  blk.N.time_mix_k_a.weight
                blocks.N.att.r_k  blk.N.time_mix_r_k.weight
                blocks.N.ffn.x_k  blk.N.channel_mix_lerp_k.weight
                """,
                vector -> vector.as(vector.values().length));
        c.rename(RWKV);
    }
}
