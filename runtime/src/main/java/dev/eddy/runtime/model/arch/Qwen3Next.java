package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Experts;
import dev.eddy.runtime.model.mixer.GatedDeltaRule;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.Interleaved;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.ShortConv;
import java.util.List;
import java.util.Set;

/**
 * Qwen3-Next as {@code Qwen3NextForCausalLM}: Gated DeltaNet layers (arXiv:2412.06464), every
 * fourth layer gated attention, and experts with a shared one beside them. All norms but the one
 * behind the recurrence store their weight less one.
 */
final class Qwen3Next {
    private Qwen3Next() {}

    static Stack record(Config config, Weights weights) {
        float epsilon = config.floatOf("rms_norm_eps", 1e-6f);
        RmsNorm norm = new RmsNorm(epsilon, true);
        PreNorm block = new PreNorm(norm, "input_layernorm", "post_attention_layernorm");
        List<String> types = LayerTypes.everyNth(config, 4);
        Linear linear = linear(config, new RmsNorm(epsilon));
        Attention attention = attention(config, norm);
        Mixer recurrent = new Mixer("gated deltanet", "linear_attn", linear::mix);
        Mixer attentive = new Mixer("attention", "self_attn", (m, x) -> mix(attention, m, x));
        Feed feed = feed(config);
        return new Hybrid(new Decoder("qwen3_next", Decoder.Names.LLAMA, norm, false), block)
                .record(
                        config,
                        i -> types.get(i).equals(LayerTypes.ATTENTION) ? attentive : recurrent,
                        (m, i, x) -> feed.apply(m.in("mlp"), i, x));
    }

    private static Attention attention(Config config, RmsNorm norm) {
        Options.require(config, "attention_bias", false);
        int headDim = Attentions.headDim(config);
        return Attentions.of(
                        config,
                        Attentions.reach(config, 32_768),
                        Attentions.rope(config, headDim, 10_000, 0.25))
                .normed(norm, Attention.Names.LLAMA);
    }

    /** Attention whose q_proj holds, head by head, a query and a gate of the head's output. */
    private static Value mix(Attention attention, ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int width = attention.heads() * attention.headDim(); // H E
        int shared = attention.groups() * attention.headDim(); // G E
        Weight both =
                Interleaved.rows(
                        m,
                        "q_proj.weight",
                        attention.heads(),
                        x.width(),
                        attention.headDim(),
                        attention.headDim());
        Value[] parts = p.split(p.matmul(x, both), width, width); // q and gate, each [R, H E]
        Value k = Projection.of(m, "k_proj", false, x, shared); // [R, G E]
        Value v = Projection.of(m, "v_proj", false, x, shared); // [R, G E]
        Value o = attention.attend(m, parts[0], k, v); // [R, H E]
        Value gated = p.multiply(o, p.unary(UnaryFunction.SIGMOID, parts[1]));
        return Projection.of(m, "o_proj", false, gated, x.width());
    }

    private static Linear linear(Config config, RmsNorm norm) {
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        int keyHeads = config.positive("linear_num_key_heads", 16);
        int heads = config.positive("linear_num_value_heads", 32);
        if (heads % keyHeads != 0) {
            throw config.refuse(
                    "linear_num_value_heads", "a multiple of linear_num_key_heads " + keyHeads);
        }
        int keys = config.positive("linear_key_head_dim", 128);
        return new Linear(
                new GatedDeltaRule(keyHeads, heads, keys, false),
                config.positive("linear_value_head_dim", 128),
                new ShortConv(config.positive("linear_conv_kernel_dim", 4), UnaryFunction.SILU),
                new GatedOutput(norm, "norm", true, heads, UnaryFunction.SILU, "out_proj"));
    }

    /**
     * A Gated DeltaNet layer whose projections hold q, k, v and the output's gate z, and b and a,
     * by key head.
     *
     * @param rule H_k heads of K keys, H heads of V values
     * @param values V
     */
    private record Linear(GatedDeltaRule rule, int values, ShortConv conv, GatedOutput output) {
        Value mix(ModelBuilder m, Value x) {
            ProgramBuilder p = m.ops();
            int n = rule.keyHeads(); // H_k
            int share = rule.heads() / n; // value heads of a key head
            int keys = n * rule.keys(); // H_k K
            int width = rule.heads() * values; // H V
            Weight qkvz =
                    Interleaved.rows(
                            m,
                            "in_proj_qkvz.weight",
                            n,
                            x.width(),
                            rule.keys(),
                            rule.keys(),
                            share * values,
                            share * values);
            Weight ba = Interleaved.rows(m, "in_proj_ba.weight", n, x.width(), share, share);
            Value[] parts = p.split(p.matmul(x, qkvz), 2 * keys + width, width); // qkv and z
            Value mixed = conv.apply(m, "conv1d", parts[0]); // [R, 2 H_k K + H V]
            Value[] qkv = p.split(mixed, keys, keys, width);
            Value[] gates = p.split(p.matmul(x, ba), rule.heads(), rule.heads()); // b, a: [R, H]
            Value o = rule.scan(m, qkv[0], qkv[1], qkv[2], gates[1], gates[0]); // [R, H V]
            return output.apply(m, o, parts[1], x.width());
        }
    }

    private static Feed feed(Config config) {
        UnaryFunction activation = Activations.of(config, "hidden_act", "silu");
        int experts = config.intIn("num_experts", 0, Integer.MAX_VALUE, 512);
        return new Feed(
                new GatedMlp(config.positive("intermediate_size", 5632), activation),
                new Experts(
                        experts,
                        config.positive("num_experts_per_tok", 10),
                        config.boolOf("norm_topk_prob", true),
                        activation),
                config.positive("moe_intermediate_size", 512),
                new GatedMlp(config.positive("shared_expert_intermediate_size", 512), activation),
                config.positive("decoder_sparse_step", 1),
                config.has("mlp_only_layers") ? config.intsOf("mlp_only_layers") : List.of());
    }

    /**
     * The feed-forward layers.
     *
     * @param dense of the layers that are listed or that {@code step} leaves out
     * @param inner an expert's width I
     * @param shared the expert of all rows, behind a gate
     * @param step every which layer has experts
     * @param listed layers that have none
     */
    private record Feed(
            GatedMlp dense,
            Experts experts,
            int inner,
            GatedMlp shared,
            int step,
            List<Integer> listed) {
        Value apply(ModelBuilder m, int layer, Value x) {
            if (experts.count() == 0 || listed.contains(layer) || (layer + 1) % step != 0) {
                return dense.apply(m, x);
            }
            ProgramBuilder p = m.ops();
            Weight router = m.weight("gate.weight", experts.count(), x.width());
            Value routed = experts.apply(m, x, inner, Experts.Names.LLAMA, router, null);
            Value open =
                    p.unary(
                            UnaryFunction.SIGMOID,
                            Projection.of(m, "shared_expert_gate", false, x, 1)); // [R, 1]
            return p.add(routed, p.multiply(shared.apply(m.in("shared_expert"), x), open));
        }
    }
}
