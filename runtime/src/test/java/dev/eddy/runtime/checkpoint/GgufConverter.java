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
                    Map.entry("rwkv6", new Target("rwkv6", GgufConverter::rwkv6)),
                    Map.entry("rwkv7", new Target("rwkv7", GgufConverter::rwkv7)),
                    Map.entry("jamba", new Target("jamba", GgufConverter::jamba)),
                    Map.entry("falcon_h1", new Target("falcon-h1", GgufConverter::falconH1)),
                    Map.entry(
                            "granitemoehybrid",
                            new Target("granitehybrid", GgufConverter::granite)),
                    Map.entry("bamba", new Target("granitehybrid", GgufConverter::bamba)),
                    Map.entry("nemotron_h", new Target("nemotron_h_moe", GgufConverter::nemotron)),
                    Map.entry("lfm2", new Target("lfm2", GgufConverter::lfm2)),
                    Map.entry("qwen3_next", new Target("qwen3next", GgufConverter::qwen3Next)),
                    Map.entry("kimi_linear", new Target("kimi-linear", GgufConverter::kimi)));

    private static final String ATTENTION =
            """
            model.layers.N.self_attn.q_proj.weight    blk.N.attn_q.weight
            model.layers.N.self_attn.k_proj.weight    blk.N.attn_k.weight
            model.layers.N.self_attn.v_proj.weight    blk.N.attn_v.weight
            model.layers.N.self_attn.o_proj.weight    blk.N.attn_output.weight
            model.layers.N.self_attn.out_proj.weight  blk.N.attn_output.weight
            """;

    private static final String FRAME =
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

    private static void rwkv6(GgufConversion c) {
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

    private static void rwkv7(GgufConversion c) {
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

    /** Keys that all hybrids have; heads of keys and values a layer, 0 where it does not attend. */
    private static void hybrid(GgufConversion c, List<Boolean> attends) {
        int heads = c.config.positive("num_key_value_heads");
        c.keys(
                        "embedding_length", "hidden_size",
                        "attention.head_count", "num_attention_heads")
                .key("block_count", attends.size())
                .key("attention.head_count_kv", attends.stream().map(b -> b ? heads : 0).toList());
    }

    private static List<Boolean> attending(GgufConversion c, String sign) {
        return IntStream.range(0, c.layers())
                .mapToObj(i -> c.has(sign.replace(".N.", "." + i + ".")))
                .toList();
    }

    private static void rope(GgufConversion c) {
        Config rope = c.config.at("rope_parameters");
        c.key("rope.freq_base", rope.doubleOf("rope_theta", 1));
    }

    /** Matrices of all experts, stacked. */
    private static void experts(GgufConversion c, int layer, String scope, String... names) {
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

    private static void jamba(GgufConversion c) {
        hybrid(c, attending(c, "model.layers.N.self_attn.q_proj.weight"));
        c.keys(
                        "context_length", "max_position_embeddings",
                        "feed_forward_length", "intermediate_size",
                        "ssm.conv_kernel", "mamba_d_conv",
                        "ssm.state_size", "mamba_d_state",
                        "ssm.time_step_rank", "mamba_dt_rank",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_tok")
                .key(
                        "ssm.inner_size",
                        c.config.positive("mamba_expand") * c.config.positive("hidden_size"))
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("rms_norm_eps", 1));
        for (int i = 0; i < c.layers(); i++) {
            experts(
                    c,
                    i,
                    "model.layers." + i + ".feed_forward.experts.",
                    "gate_proj",
                    "ffn_gate_exps",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        c.rename("model.layers.N.mamba.A_log  blk.N.ssm_a  exact", a -> a.map(x -> -Math.exp(x)));
        c.rename(
                "model.layers.N.mamba.conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(ATTENTION);
        c.rename(FRAME);
        c.rename(
                """
                model.layers.N.mamba.in_proj.weight        blk.N.ssm_in.weight
                model.layers.N.mamba.conv1d.bias           blk.N.ssm_conv1d.bias
                model.layers.N.mamba.x_proj.weight         blk.N.ssm_x.weight
                model.layers.N.mamba.dt_proj.weight        blk.N.ssm_dt.weight
                model.layers.N.mamba.dt_proj.bias          blk.N.ssm_dt.bias
                model.layers.N.mamba.dt_layernorm.weight   blk.N.ssm_dt_norm.weight
                model.layers.N.mamba.b_layernorm.weight    blk.N.ssm_b_norm.weight
                model.layers.N.mamba.c_layernorm.weight    blk.N.ssm_c_norm.weight
                model.layers.N.mamba.D                     blk.N.ssm_d
                model.layers.N.mamba.out_proj.weight       blk.N.ssm_out.weight
                model.layers.N.feed_forward.router.weight  blk.N.ffn_gate_inp.weight  exact
                """);
    }

    /** Mamba-2 below a name: A and D as columns, the norm by group. */
    private static void ssd(GgufConversion c, String mixer, int groups) {
        c.rename(
                mixer + ".A_log  blk.N.ssm_a  exact",
                a -> a.map(x -> -Math.exp(x)).as(a.dims()[0], 1));
        c.rename(mixer + ".D  blk.N.ssm_d  exact", d -> d.as(d.dims()[0], 1));
        c.rename(
                mixer + ".conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(
                mixer + ".norm.weight  blk.N.ssm_norm.weight  exact",
                w -> w.as(groups, w.dims()[0] / groups));
        c.rename(
                """
                MIXER.in_proj.weight   blk.N.ssm_in.weight
                MIXER.conv1d.bias      blk.N.ssm_conv1d.bias
                MIXER.dt_bias          blk.N.ssm_dt.bias
                MIXER.out_proj.weight  blk.N.ssm_out.weight
                """
                        .replace("MIXER", mixer));
    }

    private static void ssdKeys(GgufConversion c, int inner) {
        c.keys(
                        "context_length", "max_position_embeddings",
                        "ssm.conv_kernel", "mamba_d_conv",
                        "ssm.state_size", "mamba_d_state",
                        "ssm.time_step_rank", "mamba_n_heads",
                        "ssm.group_count", "mamba_n_groups")
                .key("ssm.inner_size", inner)
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("rms_norm_eps", 1));
    }

    private static void falconH1(GgufConversion c) {
        Config config = c.config;
        int inner = config.positive("mamba_d_ssm");
        int state = config.positive("mamba_n_groups") * config.positive("mamba_d_state");
        hybrid(c, attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, inner);
        c.keys("feed_forward_length", "intermediate_size", "attention.key_length", "head_dim");
        rope(c);
        List<Double> ssm = config.doublesOf("ssm_multipliers");
        List<Double> mlp = config.doublesOf("mlp_multipliers");
        double in = config.doubleOf("ssm_in_multiplier", 1);
        int[] ends = {
            inner, 2 * inner, 2 * inner + state, 2 * inner + 2 * state, Integer.MAX_VALUE
        };
        c.rename(
                "model.layers.N.mamba.in_proj.weight  blk.N.ssm_in.weight",
                w -> {
                    float[] y = w.values().clone();
                    for (int i = 0; i < y.length; i++) {
                        int row = i / (int) w.dims()[1];
                        int part = 0;
                        while (row >= ends[part]) {
                            part++;
                        }
                        y[i] *= (float) (in * ssm.get(part));
                    }
                    return new Matrix(y, w.dims());
                });
        double seen = config.doubleOf("attention_in_multiplier", 1);
        scale(c, "model.layers.N.self_attn.q_proj.weight  blk.N.attn_q.weight", seen);
        scale(
                c,
                "model.layers.N.self_attn.k_proj.weight  blk.N.attn_k.weight",
                seen * config.doubleOf("key_multiplier", 1));
        scale(c, "model.layers.N.self_attn.v_proj.weight  blk.N.attn_v.weight", seen);
        scale(
                c,
                "model.layers.N.self_attn.o_proj.weight  blk.N.attn_output.weight",
                config.doubleOf("attention_out_multiplier", 1));
        scale(
                c,
                "model.layers.N.mamba.out_proj.weight  blk.N.ssm_out.weight",
                config.doubleOf("ssm_out_multiplier", 1));
        scale(c, "model.layers.N.feed_forward.gate_proj.weight  blk.N.ffn_gate.weight", mlp.get(0));
        scale(c, "model.layers.N.feed_forward.down_proj.weight  blk.N.ffn_down.weight", mlp.get(1));
        scale(
                c,
                "model.embed_tokens.weight  token_embd.weight",
                config.doubleOf("embedding_multiplier", 1));
        scale(c, "lm_head.weight  output.weight", config.doubleOf("lm_head_multiplier", 1));
        ssd(c, "model.layers.N.mamba", config.positive("mamba_n_groups"));
        c.rename(FRAME);
    }

    private static void scale(GgufConversion c, String line, double factor) {
        c.rename(line, w -> w.map(x -> x * factor));
    }

    private static void interleaved(GgufConversion c, String attention) {
        int heads = c.config.positive("num_attention_heads");
        int shared = c.config.positive("num_key_value_heads");
        c.rename(attention + ".q_proj.weight  blk.N.attn_q.weight", w -> w.interleaved(heads));
        c.rename(attention + ".k_proj.weight  blk.N.attn_k.weight", w -> w.interleaved(shared));
    }

    private static void granite(GgufConversion c) {
        Config config = c.config;
        hybrid(c, attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, config.positive("mamba_expand") * config.positive("hidden_size"));
        c.keys(
                        "feed_forward_length", "intermediate_size",
                        "expert_count", "num_local_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_shared_feed_forward_length", "shared_intermediate_size")
                .key("attention.scale", config.doubleOf("attention_multiplier", 1))
                .key("embedding_scale", config.doubleOf("embedding_multiplier", 1))
                .key("residual_scale", config.doubleOf("residual_multiplier", 1))
                .key("logit_scale", config.doubleOf("logits_scaling", 1))
                .key("rope.scaling.finetuned", false);
        int inner = config.positive("intermediate_size");
        int shared = config.positive("shared_intermediate_size");
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            String to = "blk." + i + ".";
            Matrix both = c.take(layer + "shared_mlp.input_linear.weight");
            c.add(to + "ffn_gate_shexp.weight", both.rows(0, shared));
            c.add(to + "ffn_up_shexp.weight", both.rows(shared, shared));
            Matrix experts = c.take(layer + "block_sparse_moe.input_linear.weight");
            List<Matrix> gates = new ArrayList<>();
            List<Matrix> ups = new ArrayList<>();
            long width = experts.dims()[2];
            for (int x = 0; x < experts.dims()[0]; x++) {
                Matrix expert = experts.rows(x, 1).as(2L * inner, width);
                gates.add(expert.rows(0, inner));
                ups.add(expert.rows(inner, inner));
            }
            c.add(to + "ffn_gate_exps.weight", Matrix.join(gates).as(gates.size(), inner, width));
            c.add(to + "ffn_up_exps.weight", Matrix.join(ups).as(ups.size(), inner, width));
        }
        c.rename(
                """
                model.layers.N.block_sparse_moe.router.layer.weight   blk.N.ffn_gate_inp.weight  exact
                model.layers.N.block_sparse_moe.output_linear.weight  blk.N.ffn_down_exps.weight
                model.layers.N.shared_mlp.output_linear.weight        blk.N.ffn_down_shexp.weight
                model.layers.N.post_attention_layernorm.weight        blk.N.ffn_norm.weight
                """);
        ssd(c, "model.layers.N.mamba", 1);
        interleaved(c, "model.layers.N.self_attn");
        c.rename(ATTENTION);
        c.rename(FRAME);
    }

    private static void bamba(GgufConversion c) {
        Config config = c.config;
        hybrid(c, attending(c, "model.layers.N.self_attn.q_proj.weight"));
        ssdKeys(c, config.positive("mamba_expand") * config.positive("hidden_size"));
        c.keys("feed_forward_length", "intermediate_size")
                .key("rope.dimension_count", 4) // config.json's attn_rotary_emb
                .key("rope.scaling.finetuned", true);
        rope(c);
        ssd(c, "model.layers.N.mamba", 1);
        interleaved(c, "model.layers.N.self_attn");
        c.rename(ATTENTION);
        c.rename(FRAME);
    }

    private static void nemotron(GgufConversion c) {
        Config config = c.config;
        List<String> types = config.stringsOf("layers_block_type");
        hybrid(c, types.stream().map("full_attention"::equals).toList());
        c.keys(
                        "context_length", "max_position_embeddings",
                        "attention.key_length", "head_dim",
                        "ssm.conv_kernel", "conv_kernel",
                        "ssm.state_size", "ssm_state_size",
                        "ssm.time_step_rank", "mamba_num_heads",
                        "ssm.group_count", "n_groups",
                        "expert_count", "n_routed_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_feed_forward_length", "moe_shared_expert_intermediate_size",
                        "expert_group_count", "n_group")
                .key("expert_weights_norm", config.boolOf("norm_topk_prob", true))
                .key("expert_weights_scale", config.doubleOf("routed_scaling_factor", 1))
                .key(
                        "ssm.inner_size",
                        config.positive("mamba_num_heads") * config.positive("mamba_head_dim"))
                .key("feed_forward_length", types.stream().map(t -> feed(config, t)).toList())
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("layer_norm_epsilon", 1));
        for (int i = 0; i < types.size(); i++) {
            experts(
                    c,
                    i,
                    "backbone.layers." + i + ".mixer.experts.",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        ssd(c, "backbone.layers.N.mixer", config.positive("n_groups"));
        interleaved(c, "backbone.layers.N.mixer");
        c.rename(ATTENTION.replace("model.layers.N.self_attn", "backbone.layers.N.mixer"));
        c.rename(
                """
                backbone.embeddings.weight                             token_embd.weight
                backbone.norm_f.weight                                 output_norm.weight
                lm_head.weight                                         output.weight
                backbone.layers.N.norm.weight                          blk.N.attn_norm.weight
                backbone.layers.N.mixer.up_proj.weight                 blk.N.ffn_up.weight
                backbone.layers.N.mixer.down_proj.weight               blk.N.ffn_down.weight
                backbone.layers.N.mixer.gate.weight                    blk.N.ffn_gate_inp.weight  exact
                backbone.layers.N.mixer.gate.e_score_correction_bias   blk.N.exp_probs_b.bias
                backbone.layers.N.mixer.shared_experts.up_proj.weight    blk.N.ffn_up_shexp.weight
                backbone.layers.N.mixer.shared_experts.down_proj.weight  blk.N.ffn_down_shexp.weight
                """);
    }

    private static int feed(Config config, String type) {
        return switch (type) {
            case "mlp" -> config.positive("intermediate_size");
            case "moe" -> config.positive("moe_intermediate_size");
            default -> 0;
        };
    }

    private static void lfm2(GgufConversion c) {
        hybrid(c, attending(c, "model.layers.N.self_attn.q_proj.weight"));
        c.keys(
                        "context_length", "max_position_embeddings",
                        "feed_forward_length", "intermediate_size",
                        "shortconv.l_cache", "conv_L_cache")
                .key("attention.layer_norm_rms_epsilon", c.config.doubleOf("norm_eps", 1));
        rope(c);
        c.rename(
                "model.layers.N.conv.conv.weight  blk.N.shortconv.conv.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename("model.embedding_norm.weight  token_embd_norm.weight");
        c.rename(
                """
                model.layers.N.operator_norm.weight          blk.N.attn_norm.weight
                model.layers.N.ffn_norm.weight               blk.N.ffn_norm.weight
                model.layers.N.conv.in_proj.weight           blk.N.shortconv.in_proj.weight
                model.layers.N.conv.out_proj.weight          blk.N.shortconv.out_proj.weight
                model.layers.N.self_attn.q_layernorm.weight  blk.N.attn_q_norm.weight
                model.layers.N.self_attn.k_layernorm.weight  blk.N.attn_k_norm.weight
                model.layers.N.feed_forward.w1.weight        blk.N.ffn_gate.weight
                model.layers.N.feed_forward.w2.weight        blk.N.ffn_down.weight
                model.layers.N.feed_forward.w3.weight        blk.N.ffn_up.weight
                """);
        c.rename(ATTENTION);
        c.rename(FRAME);
    }

    private static void qwen3Next(GgufConversion c) {
        Config config = c.config;
        int keyHeads = config.positive("linear_num_key_heads");
        int heads = config.positive("linear_num_value_heads");
        int keys = config.positive("linear_key_head_dim");
        int values = config.positive("linear_value_head_dim");
        c.keys(
                        "embedding_length", "hidden_size",
                        "block_count", "num_hidden_layers",
                        "context_length", "max_position_embeddings",
                        "attention.head_count", "num_attention_heads",
                        "attention.head_count_kv", "num_key_value_heads",
                        "attention.key_length", "head_dim",
                        "feed_forward_length", "intermediate_size",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_tok",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_feed_forward_length", "shared_expert_intermediate_size",
                        "ssm.conv_kernel", "linear_conv_kernel_dim",
                        "ssm.state_size", "linear_key_head_dim",
                        "ssm.group_count", "linear_num_key_heads",
                        "ssm.time_step_rank", "linear_num_value_heads")
                .key("ssm.inner_size", heads * values)
                .key("full_attention_interval", 4)
                .key("rope.dimension_count", config.positive("head_dim") / 4)
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("rms_norm_eps", 1));
        rope(c);
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            if (c.has(layer + "linear_attn.in_proj_qkvz.weight")) {
                Matrix qkvz = c.take(layer + "linear_attn.in_proj_qkvz.weight");
                int share = heads / keyHeads * values;
                int group = 2 * keys + 2 * share;
                List<Matrix> parts = new ArrayList<>();
                int at = 0;
                for (int width : new int[] {keys, keys, share, share}) {
                    for (int g = 0; g < keyHeads; g++) {
                        parts.add(qkvz.rows(g * group + at, width));
                    }
                    at += width;
                }
                Matrix apart = Matrix.join(parts);
                int mixed = 2 * keyHeads * keys + heads * values;
                c.add("blk." + i + ".attn_qkv.weight", apart.rows(0, mixed));
                c.add("blk." + i + ".attn_gate.weight", apart.rows(mixed, heads * values));
            }
            experts(
                    c,
                    i,
                    layer + "mlp.experts.",
                    "gate_proj",
                    "ffn_gate_exps",
                    "up_proj",
                    "ffn_up_exps",
                    "down_proj",
                    "ffn_down_exps");
        }
        c.rename(
                """
                model.norm.weight                              output_norm.weight
                model.layers.N.input_layernorm.weight          blk.N.attn_norm.weight
                model.layers.N.post_attention_layernorm.weight blk.N.post_attention_norm.weight
                model.layers.N.self_attn.q_norm.weight         blk.N.attn_q_norm.weight
                model.layers.N.self_attn.k_norm.weight         blk.N.attn_k_norm.weight
                """,
                w -> w.map(x -> x + 1));
        c.rename("model.layers.N.linear_attn.A_log  blk.N.ssm_a", a -> a.map(x -> -Math.exp(x)));
        c.rename(
                "model.layers.N.linear_attn.conv1d.weight  blk.N.ssm_conv1d.weight  exact",
                w -> w.as(w.dims()[0], w.dims()[2]));
        c.rename(
                "model.layers.N.mlp.shared_expert_gate.weight  blk.N.ffn_gate_inp_shexp.weight",
                w -> w.as(w.dims()[1]));
        c.rename(
                """
                model.layers.N.linear_attn.in_proj_ba.weight        blk.N.ssm_ba.weight
                model.layers.N.linear_attn.dt_bias                  blk.N.ssm_dt.bias
                model.layers.N.linear_attn.norm.weight              blk.N.ssm_norm.weight
                model.layers.N.linear_attn.out_proj.weight          blk.N.ssm_out.weight
                model.layers.N.mlp.gate.weight                      blk.N.ffn_gate_inp.weight  exact
                model.layers.N.mlp.shared_expert.gate_proj.weight   blk.N.ffn_gate_shexp.weight
                model.layers.N.mlp.shared_expert.up_proj.weight     blk.N.ffn_up_shexp.weight
                model.layers.N.mlp.shared_expert.down_proj.weight   blk.N.ffn_down_shexp.weight
                """);
        c.rename(ATTENTION);
        c.rename(FRAME);
    }

    private static void kimi(GgufConversion c) {
        Config config = c.config;
        int heads = config.positive("num_attention_heads");
        int own = config.positive("qk_nope_head_dim");
        int values = config.positive("v_head_dim");
        int rotary = config.positive("qk_rope_head_dim");
        int latent = config.positive("kv_lora_rank");
        List<Boolean> attends =
                config.stringsOf("layer_types").stream().map("full_attention"::equals).toList();
        c.keys(
                        "embedding_length", "hidden_size",
                        "block_count", "num_hidden_layers",
                        "context_length", "model_max_length",
                        "feed_forward_length", "intermediate_size",
                        "attention.head_count", "num_attention_heads",
                        "attention.kv_lora_rank", "kv_lora_rank",
                        "rope.dimension_count", "qk_rope_head_dim",
                        "attention.value_length_mla", "v_head_dim",
                        "ssm.conv_kernel", "linear_conv_kernel_dim",
                        "kda.head_dim", "linear_head_dim",
                        "expert_count", "num_experts",
                        "expert_used_count", "num_experts_per_token",
                        "expert_feed_forward_length", "moe_intermediate_size",
                        "expert_shared_count", "num_shared_experts")
                .key("attention.head_count_kv", attends.stream().map(b -> b ? 1 : 0).toList())
                .key("attention.key_length", latent + rotary)
                .key("attention.key_length_mla", own + rotary)
                .key("leading_dense_block_count", 1)
                .key("expert_gating_func", 2)
                .key("expert_weights_scale", config.doubleOf("routed_scaling_factor", 1))
                .key("attention.layer_norm_rms_epsilon", config.doubleOf("rms_norm_eps", 1));
        for (int i = 0; i < c.layers(); i++) {
            String layer = "model.layers." + i + ".";
            experts(
                    c,
                    i,
                    layer + "block_sparse_moe.experts.",
                    "w1",
                    "ffn_gate_exps",
                    "w3",
                    "ffn_up_exps",
                    "w2",
                    "ffn_down_exps");
            if (attends.get(i)) {
                Matrix both = c.take(layer + "self_attn.kv_b_proj.weight");
                List<Matrix> keyParts = new ArrayList<>();
                List<Matrix> valueParts = new ArrayList<>();
                for (int head = 0; head < heads; head++) {
                    int at = head * (own + values);
                    keyParts.add(both.rows(at, own).transposed());
                    valueParts.add(both.rows(at + own, values));
                }
                c.add(
                        "blk." + i + ".attn_k_b.weight",
                        Matrix.join(keyParts).as(heads, latent, own));
                c.add(
                        "blk." + i + ".attn_v_b.weight",
                        Matrix.join(valueParts).as(heads, values, latent));
            }
        }
        for (String letter : List.of("q", "k", "v")) {
            c.rename(
                    "model.layers.N.self_attn.X_conv1d.weight  blk.N.ssm_conv1d_X.weight  exact"
                            .replace("X", letter),
                    w -> w.as(1, w.dims()[0], 1, w.dims()[2]));
        }
        c.rename(
                "model.layers.N.self_attn.A_log  blk.N.ssm_a  exact",
                a -> a.map(x -> -Math.exp(x)));
        c.rename(
                """
                model.layers.N.post_attention_layernorm.weight        blk.N.ffn_norm.weight
                model.layers.N.self_attn.f_a_proj.weight              blk.N.ssm_f_a.weight
                model.layers.N.self_attn.f_b_proj.weight              blk.N.ssm_f_b.weight
                model.layers.N.self_attn.g_a_proj.weight              blk.N.ssm_g_a.weight
                model.layers.N.self_attn.g_b_proj.weight              blk.N.ssm_g_b.weight
                model.layers.N.self_attn.b_proj.weight                blk.N.ssm_beta.weight
                model.layers.N.self_attn.dt_bias                      blk.N.ssm_dt.bias
                model.layers.N.self_attn.o_norm.weight                blk.N.ssm_norm.weight
                model.layers.N.self_attn.kv_a_proj_with_mqa.weight    blk.N.attn_kv_a_mqa.weight
                model.layers.N.self_attn.kv_a_layernorm.weight        blk.N.attn_kv_a_norm.weight
                model.layers.N.block_sparse_moe.gate_proj.weight      blk.N.ffn_gate.weight
                model.layers.N.block_sparse_moe.up_proj.weight        blk.N.ffn_up.weight
                model.layers.N.block_sparse_moe.down_proj.weight      blk.N.ffn_down.weight
                model.layers.N.block_sparse_moe.gate.weight           blk.N.ffn_gate_inp.weight  exact
                model.layers.N.block_sparse_moe.gate.e_score_correction_bias        blk.N.exp_probs_b.bias
                model.layers.N.block_sparse_moe.shared_experts.gate_proj.weight     blk.N.ffn_gate_shexp.weight
                model.layers.N.block_sparse_moe.shared_experts.up_proj.weight       blk.N.ffn_up_shexp.weight
                model.layers.N.block_sparse_moe.shared_experts.down_proj.weight     blk.N.ffn_down_shexp.weight
                """);
        c.rename(ATTENTION);
        c.rename(FRAME);
    }
}
