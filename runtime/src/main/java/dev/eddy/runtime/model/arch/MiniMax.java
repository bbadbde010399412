package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.Experts;
import dev.eddy.runtime.model.mixer.Interleaved;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.Scaled;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * MiniMax-01 (arXiv:2501.08313) as {@code MiniMaxForCausalLM}: lightning attention, whose head's
 * state S [E, E] decays at its own fixed rate, S = exp(-s) S + k v', y = S' q, among layers of
 * softmax attention; experts everywhere. A branch is added to its own normed input.
 *
 * @param layers L
 * @param heads H
 * @param width E, of a head
 */
record MiniMax(int layers, int heads, int width) {
    private static final RmsNorm LINEAR_NORM = new RmsNorm(1e-6f);

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-5f));
        List<Boolean> attends = attends(config);
        Attention attention = attention(config);
        MiniMax linear = new MiniMax(attends.size(), attention.heads(), attention.headDim());
        config.oneOf("hidden_act", Set.of("silu", "swish"), "silu");
        Experts experts =
                new Experts(
                        config.positive("num_local_experts", 8),
                        config.positive("num_experts_per_tok", 2),
                        true,
                        UnaryFunction.SILU);
        int inner = config.positive("intermediate_size");
        Branch full = Branch.of(config, "full_attn");
        Branch lightning = Branch.of(config, "linear_attn");
        Branch feed = Branch.of(config, "mlp");
        return new Decoder("minimax", Decoder.Names.LLAMA, norm, false)
                .record(
                        config,
                        (m, i, x) -> {
                            boolean attend = attends.get(i);
                            m.layer(attend ? "attention" : "lightning attention");
                            ModelBuilder mixer = m.in("self_attn");
                            Value in = norm.apply(m, "input_layernorm", x);
                            Value mixed =
                                    attend
                                            ? attention.mix(mixer, in)
                                            : linear.mix(mixer, i, in); // [R, D]
                            Value y = (attend ? full : lightning).add(m, in, mixed);
                            Value fed = norm.apply(m, "post_attention_layernorm", y);
                            ModelBuilder moe = m.in("block_sparse_moe");
                            Weight router = moe.weight("gate.weight", experts.count(), x.width());
                            Value routed =
                                    experts.apply(
                                            moe, fed, inner, Experts.Names.MIXTRAL, router, null);
                            return feed.add(m, fed, routed);
                        });
    }

    private static List<Boolean> attends(Config config) {
        if (LayerTypes.given(config)) {
            Set<String> kinds = Set.of(LayerTypes.ATTENTION, LayerTypes.RECURRENT);
            return LayerTypes.of(config, kinds).stream().map(LayerTypes.ATTENTION::equals).toList();
        }
        int layers = config.positive("num_hidden_layers", 32);
        return IntStream.range(0, layers).mapToObj(i -> i % 2 == 0).toList();
    }

    private static Attention attention(Config config) {
        Options.requireAbsent(config, "rotary_dim", "partly rotated heads are not supported");
        Reach reach =
                config.has("sliding_window")
                        ? Attentions.window(config, config.positive("sliding_window"))
                        : Attentions.reach(config, 131_072);
        return Attentions.of(
                config, reach, Attentions.rope(config, Attentions.headDim(config), 1_000_000, 1));
    }

    /** Lightning attention of layer {@code layer}: x [R, D]; out [R, D]. State s [H, E, E]. */
    private Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        int all = heads * width; // H E
        Weight qkv = Interleaved.rows(m, "qkv_proj.weight", heads, x.width(), width, width, width);
        Value active = p.unary(UnaryFunction.SILU, p.matmul(x, qkv)); // [R, 3 H E]
        Value[] parts = p.split(active, all, all, all);
        Weight decay =
                Constants.vector(
                        m,
                        "lightning decay of layer " + layer + " of " + layers,
                        heads,
                        h -> Math.exp(-slope(layer, h))); // [H]
        Value o =
                p.matrixScan(
                        m.name("s"),
                        parts[0],
                        parts[1],
                        parts[2],
                        p.broadcast(decay),
                        heads,
                        heads); // [R, H E]
        Value gate = p.unary(UnaryFunction.SIGMOID, Projection.of(m, "output_gate", false, x, all));
        Value gated = p.multiply(LINEAR_NORM.apply(m, "norm", o), gate);
        return Projection.of(m, "out_proj", false, gated, x.width());
    }

    /** s of a head: ALiBi's slope (arXiv:2108.12409), flatter from layer to layer. */
    private double slope(int layer, int head) {
        double factor = 1 - layer / (layers - 1 + 1e-5) + 1e-5;
        return Math.pow(2, -8.0 * (head + 1) / heads) * factor;
    }

    /** A residual branch: keep x + share y. */
    private record Branch(float keep, float share) {
        static Branch of(Config config, String what) {
            return new Branch(
                    config.floatOf(what + "_alpha_factor", 1),
                    config.floatOf(what + "_beta_factor", 1));
        }

        Value add(ModelBuilder m, Value x, Value y) {
            return m.ops().add(Scaled.by(m, keep, x), Scaled.by(m, share, y));
        }
    }
}
