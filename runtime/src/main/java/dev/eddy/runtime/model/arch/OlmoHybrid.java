package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.GatedDeltaRule;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.Rope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OLMo Hybrid as {@code OlmoHybridForCausalLM}: Gated DeltaNet layers (arXiv:2412.06464) with norms
 * before their branches, every fourth layer attention with norms behind them.
 *
 * @param rule H_k heads of K keys, H heads of V values
 * @param values V
 * @param order taps of the convolution of q, k and v
 */
record OlmoHybrid(GatedDeltaRule rule, int values, int order, GatedOutput output) {
    private static final float OUTPUT_EPSILON = 1e-5f;

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-6f));
        List<String> types = LayerTypes.everyNth(config, 4);
        OlmoHybrid linear = linear(config);
        Attention attention = attention(config);
        GatedMlp mlp = Llama.mlp(config);
        return new Decoder("olmo_hybrid", Decoder.Names.LLAMA, norm, false)
                .record(
                        config,
                        (m, i, x) ->
                                types.get(i).equals(LayerTypes.ATTENTION)
                                        ? attend(m, norm, attention, mlp, x)
                                        : recur(m, norm, linear, mlp, x));
    }

    private static Value recur(
            ModelBuilder m, RmsNorm norm, OlmoHybrid linear, GatedMlp mlp, Value x) {
        m.layer("gated deltanet");
        PreNorm block =
                new PreNorm(
                        norm,
                        either(m, "input_layernorm", "attention_layer_norm"),
                        either(m, "post_attention_layernorm", "feedforward_layer_norm"));
        return block.apply(
                m, x, y -> linear.mix(m.in("linear_attn"), y), y -> mlp.apply(m.in("mlp"), y));
    }

    /** x + norm(attention(x)), then y + norm(mlp(y)); queries and keys are normed as whole rows. */
    private static Value attend(
            ModelBuilder m, RmsNorm norm, Attention attention, GatedMlp mlp, Value x) {
        m.layer("attention");
        ProgramBuilder p = m.ops();
        ModelBuilder inner = m.in("self_attn");
        boolean bias = attention.bias();
        int width = attention.heads() * attention.headDim(); // H E
        int shared = attention.groups() * attention.headDim(); // G E
        Value q = norm.apply(inner, "q_norm", Projection.of(inner, "q_proj", bias, x, width));
        Value k = norm.apply(inner, "k_norm", Projection.of(inner, "k_proj", bias, x, shared));
        Value v = Projection.of(inner, "v_proj", bias, x, shared); // [R, G E]
        Value o = attention.attend(inner, q, k, v); // [R, H E]
        Value mixed = Projection.of(inner, "o_proj", bias, o, x.width()); // [R, D]
        String first = either(m, "post_attention_layernorm", "feedforward_layer_norm");
        Value y = p.add(x, norm.apply(m, first, mixed));
        Value fed = mlp.apply(m.in("mlp"), y);
        return p.add(y, norm.apply(m, "post_feedforward_layernorm", fed));
    }

    /** A norm's name in the released files, or the one that transformers writes. */
    private static String either(ModelBuilder m, String name, String other) {
        return m.has(other + ".weight") ? other : name;
    }

    private static Attention attention(Config config) {
        boolean rotary =
                config.find("rope_parameters").map(rope -> rope.has("rope_theta")).orElse(false)
                        || config.has("rope_theta");
        @Nullable Rope rope =
                rotary ? Attentions.rope(config, Attentions.headDim(config), 10_000, 1) : null;
        return Attentions.of(config, Attentions.reach(config, 65_536), rope);
    }

    private static OlmoHybrid linear(Config config) {
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        int all = config.positive("num_attention_heads", 30);
        int keyHeads = config.positive("linear_num_key_heads", all);
        int heads = config.positive("linear_num_value_heads", all);
        if (heads % keyHeads != 0) {
            throw config.refuse(
                    "linear_num_value_heads", "a multiple of linear_num_key_heads " + keyHeads);
        }
        int hidden = config.positive("hidden_size");
        int keys = config.positive("linear_key_head_dim", (int) (0.75 * hidden / keyHeads));
        boolean negative = config.boolOf("linear_allow_neg_eigval", true);
        return new OlmoHybrid(
                new GatedDeltaRule(keyHeads, heads, keys, negative),
                config.positive("linear_value_head_dim", 2 * keys),
                config.positive("linear_conv_kernel_dim", 4),
                new GatedOutput(new RmsNorm(OUTPUT_EPSILON), heads));
    }

    private Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int keys = rule.keyHeads() * rule.keys(); // H_k K
        int width = rule.heads() * values; // H V
        Value q = Projection.of(m, "q_proj", false, x, keys); // [R, H_k K]
        Value k = Projection.of(m, "k_proj", false, x, keys); // [R, H_k K]
        Value v = Projection.of(m, "v_proj", false, x, width); // [R, H V]
        Value mixed = p.fir(m.name("conv"), p.concat(q, k, v), taps(m, keys, width), null);
        Value[] qkv = p.split(p.unary(UnaryFunction.SILU, mixed), keys, keys, width);
        Value a = Projection.of(m, "a_proj", false, x, rule.heads()); // [R, H]
        Value b = Projection.of(m, "b_proj", false, x, rule.heads()); // [R, H]
        Value o = rule.scan(m, qkv[0], qkv[1], qkv[2], a, b); // [R, H V]
        return output.apply(m, o, Projection.of(m, "g_proj", false, x, width), x.width());
    }

    /**
     * The taps [2 H_k K + H V, order] of q, k and v. Files have them apart, by what they belong to
     * or, as transformers 5 saves them, in three parts as equal as can be.
     */
    private Weight taps(ModelBuilder m, int keys, int width) {
        int all = 2 * keys + width;
        int third = (all + 2) / 3;
        int[] parts = {keys, keys, width};
        int[] thirds = {third, third, all - 2 * third};
        Shape thirdOfTaps = Shape.of(third, 1, order);
        boolean cut = m.shape("q_conv1d.weight").map(thirdOfTaps::equals).orElse(false);
        int[] rows = cut ? thirds : parts;
        return m.joined(
                Shape.of(all, order),
                m.stored("q_conv1d.weight", rows[0], 1, order),
                m.stored("k_conv1d.weight", rows[1], 1, order),
                m.stored("v_conv1d.weight", rows[2], 1, order));
    }
}
