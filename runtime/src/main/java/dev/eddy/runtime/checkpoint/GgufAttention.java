package dev.eddy.runtime.checkpoint;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What the architectures of GGUF files that have attention say about it in the same keys. */
final class GgufAttention {
    /** The projections' tensors, below whatever the architecture calls a layer's attention. */
    static final String PLAIN =
            """
            blk.N.attn_q.weight       ATTENTION.q_proj.weight
            blk.N.attn_q.bias         ATTENTION.q_proj.bias
            blk.N.attn_k.weight       ATTENTION.k_proj.weight
            blk.N.attn_k.bias         ATTENTION.k_proj.bias
            blk.N.attn_v.weight       ATTENTION.v_proj.weight
            blk.N.attn_v.bias         ATTENTION.v_proj.bias
            blk.N.attn_output.weight  ATTENTION.o_proj.weight
            blk.N.attn_output.bias    ATTENTION.o_proj.bias
            """;

    /** The same where llama.cpp's converter interleaves queries and keys as Llama's. */
    static final String INTERLEAVED =
            PLAIN.replaceAll("(?m)(q_proj.*)$", "$1 queries")
                    .replaceAll("(?m)(k_proj.*)$", "$1 keys");

    private GgufAttention() {}

    /** Which layers attend: those that have heads of keys and values. */
    static List<Boolean> layers(GgufSettings settings) {
        return settings.perLayer("attention.head_count_kv").stream().map(n -> n > 0).toList();
    }

    /** Heads and their width, the same in all layers that attend. */
    static void heads(GgufSettings settings) {
        settings.set("num_attention_heads", settings.whole("attention.head_count"))
                .set("num_key_value_heads", keyHeads(settings))
                .set("head_dim", headSize(settings));
    }

    private static long keyHeads(GgufSettings settings) {
        if (!settings.has("attention.head_count_kv")) {
            return settings.whole("attention.head_count");
        }
        List<Long> counts =
                settings.perLayer("attention.head_count_kv").stream()
                        .filter(count -> count != 0)
                        .distinct()
                        .toList();
        if (counts.size() > 1) {
            throw settings.refuse(
                    "attention.head_count_kv",
                    "one number in all layers that attend, not " + counts);
        }
        return counts.isEmpty() ? settings.whole("attention.head_count") : counts.getFirst();
    }

    /** The size of a head: given, or the width by the number of heads. */
    static int headSize(GgufSettings settings) {
        return settings.has("attention.key_length")
                ? settings.whole("attention.key_length")
                : settings.quotient("embedding_length", "attention.head_count");
    }

    /** {@code rope_parameters} of config.json: rotary embedding, plain or linearly scaled. */
    static void rope(GgufSettings settings, GgufNames names) {
        if (names.has("rope_freqs.weight")) {
            throw settings.refuse(
                    "rope.scaling.type",
                    "none or linear; the tensor rope_freqs.weight means Llama 3.1's scaling, which"
                            + " Eddy does not read from GGUF files");
        }
        GgufSettings rope = settings.nested();
        rope.set("rope_theta", settings.real("rope.freq_base", 10_000));
        switch (settings.text("rope.scaling.type", "none")) {
            case "none" -> rope.set("rope_type", "default");
            case "linear" ->
                    rope.set("rope_type", "linear")
                            .set("factor", settings.real("rope.scaling.factor", 1));
            default -> throw settings.refuse("rope.scaling.type", "none or linear");
        }
        int head = headSize(settings);
        int turning = settings.whole("rope.dimension_count", head);
        if (turning != head) {
            rope.set("partial_rotary_factor", (double) turning / head);
        }
        settings.put("rope_parameters", rope.json());
    }

    /**
     * Config.json's {@code WHAT_period} and {@code WHAT_offset} of layers that are known one by
     * one.
     *
     * @param key the key of the file that names them, for errors
     */
    static void every(GgufSettings settings, String what, String key, IntPredicate layers) {
        int count = settings.whole("block_count");
        int[] found = IntStream.range(0, count).filter(layers).toArray();
        int offset = found.length == 0 ? count : found[0];
        int period = found.length > 1 ? found[1] - offset : count + 1;
        if (!IntStream.range(0, count).allMatch(i -> layers.test(i) == (i % period == offset))) {
            throw settings.refuse(key, "layers at equal distances; their kinds are irregular");
        }
        settings.set(what + "_period", period).set(what + "_offset", offset);
    }
}
