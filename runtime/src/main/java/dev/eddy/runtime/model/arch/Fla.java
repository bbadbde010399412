package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.ShortConv;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the models of flash-linear-attention (fla) share: their config, their names, and blocks of
 * one mixer and one gated feed-forward layer, each behind an RMS norm.
 */
final class Fla {
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embeddings", "layers", "norm");

    private Fla() {}

    /** Records a layer's mixer, whose weights begin with {@code attn}; x and the result [R, D]. */
    @FunctionalInterface
    interface Mixer {
        Value mix(ModelBuilder m, int layer, Value x);
    }

    static Stack record(String name, Config config, Mixer mixer) {
        return record(name, config, 4, mixer);
    }

    /**
     * Records a model.
     *
     * @param ratio hidden_ratio where the config names none
     */
    static Stack record(String name, Config config, int ratio, Mixer mixer) {
        Options.requireAbsent(config, "attn", "attention among the layers is not supported");
        Options.requireAbsent(
                config, "attnres_block_size", "attention over residuals is not supported");
        config.oneOf("hidden_act", Set.of("swish", "silu"), "swish");
        GatedMlp mlp = new GatedMlp(inner(config, ratio), UnaryFunction.SILU);
        RmsNorm norm = norm(config);
        return new Decoder(name, NAMES, norm, false)
                .record(
                        config,
                        (m, i, x) -> {
                            m.layer(name);
                            ProgramBuilder p = m.ops();
                            Value normed = norm.apply(m, "attn_norm", x);
                            Value y = p.add(x, mixer.mix(m.in("attn"), i, normed)); // [R, D]
                            return p.add(y, mlp.apply(m.in("mlp"), norm.apply(m, "mlp_norm", y)));
                        });
    }

    private static int inner(Config config, int ratio) {
        long wanted =
                config.positive("hidden_size")
                        * (long) config.positive("hidden_ratio", ratio)
                        * 2
                        / 3;
        return config.positive("intermediate_size", Math.toIntExact((wanted + 255) / 256 * 256));
    }

    static RmsNorm norm(Config config) {
        return new RmsNorm(config.floatOf("norm_eps", 1e-6f));
    }

    /** The heads of a config with num_heads, num_kv_heads, expand_k and expand_v. */
    static HeadProjections heads(
            Config config, int heads, double expandK, double expandV, @Nullable ShortConv conv) {
        int count = config.positive("num_heads", heads);
        int groups = config.positive("num_kv_heads", count);
        if (count % groups != 0) {
            throw config.refuse("num_kv_heads", "a divisor of num_heads " + count);
        }
        int keys = perHead(config, "expand_k", expandK, count);
        int values = perHead(config, "expand_v", expandV, count);
        return new HeadProjections(count, groups, keys, values, conv);
    }

    private static int perHead(Config config, String expand, double fallback, int heads) {
        int hidden = config.positive("hidden_size");
        double width = Math.floor(hidden * config.doubleOf(expand, fallback));
        if (!(width >= heads && width % heads == 0 && width <= Integer.MAX_VALUE)) {
            throw config.refuse(
                    expand,
                    "a factor of hidden_size " + hidden + " that gives a multiple of " + heads);
        }
        return (int) width / heads;
    }

    /** The convolutions of a config with use_short_conv, followed by SiLU; null where it is off. */
    static @Nullable ShortConv conv(Config config, @Nullable UnaryFunction activation) {
        return config.boolOf("use_short_conv", false)
                ? new ShortConv(config.positive("conv_size", 4), activation)
                : null;
    }

    /**
     * The way out of heads of a config with use_output_gate and elementwise_affine. Where fla fuses
     * the norm and the gate, the norm has another name.
     */
    static GatedOutput output(Config config, int heads) {
        boolean fused = config.boolOf("fuse_norm", true) && gated(config);
        return new GatedOutput(
                norm(config),
                fused ? "g_norm_swish_gate" : "g_norm",
                config.boolOf("elementwise_affine", true),
                heads,
                UnaryFunction.SILU,
                "o_proj");
    }

    /**
     * The way out of HGRN2 and GSA: the norm is over the whole width, without a gate, and its
     * epsilon is that of fla's function, not the config's.
     */
    static GatedOutput wholeNorm(Config config) {
        return new GatedOutput(
                new RmsNorm(1e-5f),
                "g_norm",
                config.boolOf("elementwise_affine", true),
                1,
                UnaryFunction.SILU,
                "o_proj");
    }

    static boolean gated(Config config) {
        return config.boolOf("use_output_gate", true);
    }

    /** The output gate's projection [R, width] of x, or null where there is none. */
    static @Nullable Value gate(ModelBuilder m, boolean gated, Value x, int width) {
        return gated ? Projection.of(m, "g_proj", false, x, width) : null;
    }

    /** The function that maps queries and keys in a config with feature_map; null for none. */
    static @Nullable UnaryFunction featureMap(Config config) {
        if (!config.has("feature_map")) {
            return null;
        }
        return switch (config.oneOf("feature_map", Set.of("swish", "silu", "relu", "sigmoid"))) {
            case "relu" -> UnaryFunction.RELU;
            case "sigmoid" -> UnaryFunction.SIGMOID;
            default -> UnaryFunction.SILU;
        };
    }

    static Value mapped(ProgramBuilder p, @Nullable UnaryFunction map, Value x) {
        return map == null ? x : p.unary(map, x);
    }

    /** x scaled by 1 / sqrt(keys), as queries are. */
    static Value scaled(ProgramBuilder p, Value x, int keys) {
        return p.multiply(x, new Operand.Scalar((float) (1 / Math.sqrt(keys))));
    }
}
