package dev.eddy.runtime.checkpoint;

import dev.eddy.runtime.checkpoint.GgufConversion.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Writes checkpoints as GGUF files in the layout of llama.cpp's convert_hf_to_gguf.py: its names of
 * keys and tensors, what it transposes, permutes, joins, splits and computes.
 */
public final class GgufConverter {
    /** How a golden is converted: llama.cpp's name of its architecture, and the steps. */
    private record Target(String architecture, Consumer<GgufConversion> steps) {}

    private static final Map<String, Target> TARGETS =
            Map.ofEntries(
                    Map.entry("rwkv6", new Target("rwkv6", GgufRwkvConverter::rwkv6)),
                    Map.entry("rwkv7", new Target("rwkv7", GgufRwkvConverter::rwkv7)),
                    Map.entry("jamba", new Target("jamba", GgufHybridConverter::jamba)),
                    Map.entry("falcon_h1", new Target("falcon-h1", GgufHybridConverter::falconH1)),
                    Map.entry(
                            "granitemoehybrid",
                            new Target("granitehybrid", GgufHybridConverter::granite)),
                    Map.entry("bamba", new Target("granitehybrid", GgufHybridConverter::bamba)),
                    Map.entry(
                            "nemotron_h",
                            new Target("nemotron_h_moe", GgufHybridConverter::nemotron)),
                    Map.entry("lfm2", new Target("lfm2", GgufHybridConverter::lfm2)),
                    Map.entry(
                            "qwen3_next", new Target("qwen3next", GgufLinearConverter::qwen3Next)),
                    Map.entry("kimi_linear", new Target("kimi-linear", GgufLinearConverter::kimi)));

    static final String ATTENTION =
            """
            model.layers.N.self_attn.q_proj.weight    blk.N.attn_q.weight
            model.layers.N.self_attn.k_proj.weight    blk.N.attn_k.weight
            model.layers.N.self_attn.v_proj.weight    blk.N.attn_v.weight
            model.layers.N.self_attn.o_proj.weight    blk.N.attn_output.weight
            model.layers.N.self_attn.out_proj.weight  blk.N.attn_output.weight
            """;

    static final String FRAME =
            """
            model.embed_tokens.weight                 token_embd.weight
            model.norm.weight                         output_norm.weight
            model.final_layernorm.weight              output_norm.weight
            lm_head.weight                            output.weight
            model.layers.N.input_layernorm.weight     blk.N.attn_norm.weight
            model.layers.N.pre_ff_layernorm.weight    blk.N.ffn_norm.weight
            model.layers.N.feed_forward.gate_proj.weight  blk.N.ffn_gate.weight
            model.layers.N.feed_forward.up_proj.weight    blk.N.ffn_up.weight
            model.layers.N.feed_forward.down_proj.weight  blk.N.ffn_down.weight
            """;

    private GgufConverter() {}

    /** The names of goldens that are converted. */
    public static List<String> names() {
        return TARGETS.keySet().stream().sorted().toList();
    }

    /** The file of a golden's checkpoint. */
    public static byte[] convert(String golden, Checkpoint origin, GgufConversion.Matrices kind) {
        Target target = Objects.requireNonNull(TARGETS.get(golden), golden);
        GgufConversion c = new GgufConversion(origin, target.architecture(), kind);
        target.steps().accept(c);
        return c.bytes();
    }

    /** Keys that all hybrids have; heads of keys and values a layer, 0 where it does not attend. */
    static void hybrid(GgufConversion c, List<Boolean> attends) {
        int heads = c.config.positive("num_key_value_heads");
        c.keys(
                        "embedding_length", "hidden_size",
                        "attention.head_count", "num_attention_heads")
                .key("block_count", attends.size())
                .key("attention.head_count_kv", attends.stream().map(b -> b ? heads : 0).toList());
    }

    static List<Boolean> attending(GgufConversion c, String sign) {
        return IntStream.range(0, c.layers())
                .mapToObj(i -> c.has(sign.replace(".N.", "." + i + ".")))
                .toList();
    }

    static void rope(GgufConversion c) {
        Config rope = c.config.at("rope_parameters");
        c.key("rope.freq_base", rope.doubleOf("rope_theta", 1));
    }

    /** Matrices of all experts, stacked. */
    static void experts(GgufConversion c, int layer, String scope, String... names) {
        for (int n = 0; n < names.length; n += 2) {
            List<Matrix> all = new ArrayList<>();
            for (int i = 0; c.has(scope + i + "." + names[n] + ".weight"); i++) {
                all.add(c.take(scope + i + "." + names[n] + ".weight"));
            }
            if (!all.isEmpty()) {
                Matrix joined = Matrix.join(all);
                long rows = joined.dims()[0] / all.size();
                c.add(
                        "blk." + layer + "." + names[n + 1] + ".weight",
                        joined.as(all.size(), rows, joined.dims()[1]));
            }
        }
    }
}
