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
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RootNorm;
import dev.eddy.runtime.model.mixer.Rope;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What StripedHyena 1 and 2 have in common: residual blocks of rotary attention or of a gated
 * convolution, each with a gated feed-forward layer after it. D is the width. Names are those of
 * the original files, or the same below {@code backbone} as in Hugging Face's copies.
 */
final class HyenaFrame {
    private final Config config;
    private final int hidden;
    private final Attention attention;
    private final RootNorm norm;

    /**
     * The frame that a config describes.
     *
     * @param theta the rotary embedding's base where the config names none
     * @param positions where sessions end unless eddy_positions or eddy_window say otherwise, for
     *     attention's keys and values grow; max_seqlen only sizes the reference's cache
     */
    HyenaFrame(Config config, double theta, int positions) {
        this.config = config;
        hidden = config.positive("hidden_size");
        int heads = config.positive("num_attention_heads");
        int shared = config.positive("proj_groups", 1);
        if (hidden % heads != 0 || heads % shared != 0) {
            throw config.refuse(
                    "num_attention_heads",
                    "a divisor of hidden_size " + hidden + " and a multiple of " + shared);
        }
        if (config.boolOf("smeared_gqa", false)) {
            throw config.refuse("smeared_gqa", "false");
        }
        if (!config.boolOf("final_norm", true)) {
            throw config.refuse("final_norm", "true");
        }
        if (config.has("long_fir_threshold")) {
            throw config.refuse("long_fir_threshold", "absent: filters are not cut off");
        }
        Rope rope = Rope.of(config.doubleIn("rotary_emb_base", 1, 1e12, theta), hidden / heads);
        if (config.boolOf("use_interpolated_rotary_pos_emb", false)) {
            rope = rope.linear(config.floatOf("rotary_emb_scaling_factor", 1));
        }
        attention =
                new Attention(
                        heads,
                        heads / shared,
                        hidden / heads,
                        Attentions.reach(config, positions),
                        config.boolOf("qkv_proj_bias", true),
                        rope);
        norm = new RootNorm(config.floatOf("eps", 1e-5f));
    }

    /**
     * A kind of convolution.
     *
     * @param key the config's list of the blocks that have it
     * @param mixer its name
     * @param filter the convolution of u [R, D], whose weights are below {@code filter}; [R, D]
     */
    record Kind(String key, String mixer, Filter filter) {}

    /** Records a convolution. */
    @FunctionalInterface
    interface Filter {
        Value apply(ModelBuilder m, Value u);
    }

    /** Whether a convolution's projection and its output have biases. */
    record Biases(boolean projections, boolean output) {}

    /** D. */
    int hidden() {
        return hidden;
    }

    /**
     * Records the whole model.
     *
     * @param activation of the feed-forward layer by a block's index, null for none
     */
    Stack record(
            String name,
            Weights weights,
            List<Kind> kinds,
            Biases biases,
            IntFunction<@Nullable UnaryFunction> activation) {
        boolean nested = weights.has("backbone.embedding_layer.weight");
        String scope = nested ? "backbone" : "";
        String head = nested ? "backbone.unembed" : "unembed";
        Decoder.Sizes sizes =
                new Decoder.Sizes(
                        config.positive("vocab_size"),
                        hidden,
                        config.positive("num_layers"),
                        config.boolOf("tie_embeddings", true));
        Decoder.Names names = new Decoder.Names(scope, "embedding_layer", "blocks", "norm", head);
        return new Decoder(name, names, norm, true)
                .record(
                        sizes,
                        (m, i, x) -> {
                            ProgramBuilder p = m.ops();
                            Kind kind = kind(i, kinds);
                            m.layer(kind == null ? "attention" : kind.mixer);
                            Value normed = norm.apply(m, "pre_norm", x);
                            Value y =
                                    kind == null
                                            ? attend(m.in("inner_mha_cls"), normed)
                                            : convolve(m, normed, kind.filter, biases);
                            y = p.add(y, x);
                            Value fed = norm.apply(m, "post_norm", y);
                            return p.add(y, feed(m.in("mlp"), fed, activation.apply(i)));
                        });
    }

    /** The kind of convolution of a block, null for attention. */
    private @Nullable Kind kind(int block, List<Kind> kinds) {
        boolean attends = lists("attn_layer_idxs", block);
        List<Kind> found = kinds.stream().filter(kind -> lists(kind.key, block)).toList();
        if (found.size() + (attends ? 1 : 0) != 1) {
            List<String> keys = kinds.stream().map(Kind::key).toList();
            throw config.refuse(
                    "attn_layer_idxs",
                    "block " + block + " in exactly one of attn_layer_idxs and " + keys);
        }
        return attends ? null : found.getFirst();
    }

    private boolean lists(String key, int block) {
        return config.has(key) && config.intsOf(key).contains(block);
    }

    private Value feed(ModelBuilder m, Value x, @Nullable UnaryFunction activation) {
        int multiple =
                config.positive("inner_size_multiple_of", 64)
                        * config.positive("model_parallel_size", 1);
        int least = (int) (2L * hidden * 4 / 3);
        int inner = config.positive("inner_mlp_size", Math.ceilDiv(least, multiple) * multiple);
        return new GatedMlp(inner, activation, false, "l1", "l2", "l3").apply(m, x);
    }

    /** Attention over x [R, D]; out [R, D]. */
    private Value attend(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int keys = attention.groups() * attention.headDim();
        long all = hidden + 2L * keys;
        boolean byHead = config.boolOf("column_split", false);
        if (byHead && keys != hidden) {
            throw config.refuse("column_split", "false where heads share keys");
        }
        IntUnaryOperator source = byHead ? this::byHead : i -> i;
        Weight weight = ordered(m, "Wqkv.weight", source, Shape.of(all, hidden), all, hidden);
        Weight bias = attention.bias() ? ordered(m, "Wqkv.bias", source, Shape.of(all), all) : null;
        Value[] parts = p.split(p.matmul(x, weight, bias), hidden, keys, keys); // q, k, v
        Value y = attention.attend(m, parts[0], parts[1], parts[2]); // [R, D]
        boolean outBias = config.boolOf("mha_out_proj_bias", true);
        return Projection.of(m, "out_proj", outBias, y, hidden);
    }

    /**
     * A gated convolution of x [R, D]: x2 filter(x1 v), where x2, x1 and v come from one projection
     * and short filters; out [R, D]. State: a short [K - 1, D] of each and the filter's.
     */
    private Value convolve(ModelBuilder m, Value x, Filter filter, Biases biases) {
        ProgramBuilder p = m.ops();
        ModelBuilder inner = m.in("filter");
        long all = 3L * hidden;
        int order = config.positive("short_filter_length", 3); // K
        Weight weight =
                ordered(m, "projections.weight", this::gates, Shape.of(all, hidden), all, hidden);
        Value z = p.matmul(x, weight, biases.projections ? gates(m, "projections.bias") : null);
        Value[] parts = p.split(z, hidden, hidden, hidden); // x2, x1, v: [R, D]
        Value[] gates = new Value[parts.length];
        for (int i = 0; i < parts.length; i++) {
            gates[i] = filtered(inner, parts[i], i, order);
        }
        boolean flipped = config.boolOf("hyena_flip_x1x2", false);
        Value u = p.multiply(gates[flipped ? 0 : 1], gates[2]);
        Value y = p.multiply(filter.apply(inner, u), gates[flipped ? 1 : 0]);
        return Projection.of(m, "out_filter_dense", biases.output, y, hidden);
    }

    /**
     * Part i of (x2, x1, v), [R, D], by its short filter: so that one launch may have all three.
     */
    private Value filtered(ModelBuilder m, Value part, int i, int order) {
        IntUnaryOperator source = row -> gates(row + i * hidden);
        String how = "part " + i;
        long all = 3L * hidden;
        Weight taps =
                m.rows("short_filter_weight", how, Shape.of(all, 1, order), source, hidden, order);
        boolean biased = config.boolOf("short_filter_bias", false);
        Weight bias =
                biased ? m.rows("short_filter_bias", how, Shape.of(all), source, hidden) : null;
        return m.ops().fir(m.name("short_" + i), part, taps, bias);
    }

    private Weight gates(ModelBuilder m, String local) {
        return ordered(m, local, this::gates, Shape.of(3L * hidden), 3L * hidden);
    }

    private static Weight ordered(
            ModelBuilder m, String local, IntUnaryOperator source, Shape stored, long... dims) {
        return m.rows(local, "by part", stored, source, dims);
    }

    /** Where channel {@code i} of (x2, x1, v), each [D], lies in the file. */
    private int gates(int i) {
        int row = config.boolOf("column_split_hyena", true) ? byHead(i) : i;
        return config.boolOf("interleave", false) ? row % hidden * 3 + row / hidden : row;
    }

    /** Where row {@code i} of three parts of D lies in a file that keeps each head's together. */
    private int byHead(int i) {
        int width = attention.headDim();
        int column = i % hidden;
        return (column / width * 3 + i / hidden) * width + column % width;
    }
}
