package dev.eddy.runtime.checkpoint;

import java.util.List;

/**
 * llama.cpp's {@code rwkv7}. Its converter transposes the low-rank matrices of official files,
 * joins the six parts of the token shift, and gives layer 0 low-rank matrices of the value that
 * nothing uses.
 */
final class GgufRwkv7 implements GgufArchitecture {
    /** The token shift's parts in the order of {@code time_mix_lerp_fused}. */
    private static final List<String> SHIFTS = List.of("r", "w", "k", "v", "a", "g");

    private static final String SETTINGS =
            """
            embedding_length                           hidden_size
            block_count                                num_hidden_layers
            feed_forward_length                        intermediate_size
            wkv.head_size                              head_size
            attention.decay_lora_rank                  decay_lora
            attention.iclr_lora_rank                   a_lora
            attention.value_residual_mix_lora_rank     v_lora
            attention.gate_lora_rank                   gate_lora
            """;

    private static final String TENSORS =
            """
            blk.N.time_mix_w0.weight         blocks.N.att.w0    deep
            blk.N.time_mix_w1.weight         transposed(blocks.N.att.w1)
            blk.N.time_mix_w2.weight         transposed(blocks.N.att.w2)
            blk.N.time_mix_a0.weight         blocks.N.att.a0    deep
            blk.N.time_mix_a1.weight         transposed(blocks.N.att.a1)
            blk.N.time_mix_a2.weight         transposed(blocks.N.att.a2)
            blk.N.time_mix_v0.weight         blocks.N.att.v0    deep
            blk.N.time_mix_v1.weight         transposed(blocks.N.att.v1)
            blk.N.time_mix_v2.weight         transposed(blocks.N.att.v2)
            blk.N.time_mix_g1.weight         transposed(blocks.N.att.g1)
            blk.N.time_mix_g2.weight         transposed(blocks.N.att.g2)
            blk.N.time_mix_k_k.weight        blocks.N.att.k_k   deep
            blk.N.time_mix_k_a.weight        blocks.N.att.k_a   deep
            blk.N.channel_mix_lerp_k.weight  blocks.N.ffn.x_k   deep
            """;

    @Override
    public void settings(GgufSettings settings, GgufNames names) {
        settings.set("model_type", "rwkv7").table(SETTINGS);
        GgufRwkv6.frame(settings, "RWKV_x070");
    }

    @Override
    public void tensors(GgufSettings settings, GgufNames names) {
        int head = Math.max(1, settings.whole("wkv.head_size"));
        List.of("v0", "v1", "v2")
                .forEach(unused -> names.take(0, "time_mix_" + unused + ".weight"));
        for (int i = 0; i < settings.whole("block_count"); i++) {
            String block = "blocks." + i + ".att.";
            GgufRwkv6.parts(names, i, "time_mix_lerp_fused.weight", block + "x_", SHIFTS);
            names.take(i, "time_mix_r_k.weight")
                    .ifPresent(stored ->
                            names.put(
                                    block + "r_k", stored, stored.shape().elements() / head, head));
        }
        names.table(GgufRwkv6.FRAME + TENSORS);
    }
}
