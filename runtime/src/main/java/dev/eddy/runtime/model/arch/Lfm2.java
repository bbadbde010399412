package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.arch.Hybrid.Mixer;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * LFM2 (Liquid AI, arXiv:2511.23404) as {@code Lfm2ForCausalLM}: short convolutions between two
 * gates, some layers attention with normed queries and keys instead.
 */
final class Lfm2 {
    private static final String CONVOLUTION = "conv";
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embed_tokens", "layers", "embedding_norm");
    private static final Attention.Names ATTENTION =
            new Attention.Names(
                    "q_proj", "k_proj", "v_proj", "out_proj", "q_layernorm", "k_layernorm");

    private Lfm2() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("norm_eps", 1e-5f));
        PreNorm block = new PreNorm(norm, "operator_norm", "ffn_norm");
        Attention attention =
                Attentions.of(
                                config,
                                Attentions.reach(config, 128_000),
                                Attentions.rope(config, Attentions.headDim(config), 1_000_000, 1))
                        .normed(norm, ATTENTION);
        boolean bias = config.boolOf("conv_bias", false);
        int taps = config.positive("conv_L_cache", 3);
        GatedMlp mlp = new GatedMlp(inner(config), UnaryFunction.SILU, false, "w1", "w3", "w2");
        List<String> types = types(config);
        boolean tied = config.boolOf("tie_embedding", true);
        Mixer convolution =
                new Mixer("short convolution", "conv", (m, x) -> convolve(m, bias, taps, x));
        Mixer attentive = new Mixer("attention", "self_attn", attention::mix);
        return new Hybrid(new Decoder("lfm2", NAMES, norm, tied), block)
                .record(
                        config,
                        i -> types.get(i).equals(LayerTypes.ATTENTION) ? attentive : convolution,
                        (m, _, x) -> mlp.apply(m.in("feed_forward"), x));
    }

    /** c conv(b u) with b, c and u projected from x [R, D]; out [R, D]. */
    private static Value convolve(ModelBuilder m, boolean bias, int taps, Value x) {
        ProgramBuilder p = m.ops();
        int width = x.width();
        Value projected = Projection.of(m, "in_proj", bias, x, 3 * width);
        Value[] parts = p.split(projected, width, width, width); // b, c, u: [R, D]
        Value y =
                p.fir(
                        m.name("conv"),
                        p.multiply(parts[0], parts[2]),
                        m.taps("conv.weight", width, taps),
                        m.optional(bias, "conv.bias", width)); // [R, D]
        return Projection.of(m, "out_proj", bias, p.multiply(parts[1], y), width);
    }

    private static List<String> types(Config config) {
        if (LayerTypes.given(config)) {
            return LayerTypes.of(config, Set.of(LayerTypes.ATTENTION, CONVOLUTION));
        }
        List<String> types = new ArrayList<>();
        for (int i = 0; i < config.positive("num_hidden_layers"); i++) {
            boolean attends =
                    !config.has("full_attn_idxs") || config.intsOf("full_attn_idxs").contains(i);
            types.add(attends ? LayerTypes.ATTENTION : CONVOLUTION);
        }
        return types;
    }

    /**
     * The feed-forward width, which the config may leave to be adjusted as Llama's first code did.
     */
    private static int inner(Config config) {
        int inner = config.positive("block_ff_dim", config.positive("intermediate_size", 12_288));
        if (!config.boolOf("block_auto_adjust_ff_dim", true)) {
            return inner;
        }
        int thirds = (int) (2L * inner / 3);
        int wide = (int) (config.doubleIn("block_ffn_dim_multiplier", 0, 1000, 1) * thirds);
        int multiple = config.positive("block_multiple_of", 256);
        return multiple * ((wide + multiple - 1) / multiple);
    }
}
