package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.LayerNorm;
import dev.eddy.runtime.model.mixer.RwkvChannelMix;
import dev.eddy.runtime.model.mixer.TokenShift;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RWKV-7, Goose (arXiv:2503.14456), in the official names or flash-linear-attention's: a matrix
 * state whose transition diag(w) - kk (kk a)' replaces part of what it holds. D is the width, H the
 * heads of n channels.
 */
final class Rwkv7 {
    /** exp(-1/2): no decay is below exp(-exp(-1/2)). */
    private static final float DECAY = -0.606530659f;

    private final RwkvConfig c;
    private final int hidden;
    private final int heads;
    private final LayerNorm headNorm;
    private final float keyEpsilon;
    private final RwkvChannelMix channel;
    private @Nullable Value firstValue;

    private Rwkv7(RwkvConfig c) {
        this.c = c;
        Config config = c.config();
        hidden = c.hidden();
        heads = c.heads();
        headNorm =
                new LayerNorm(
                        c.official()
                                ? c.headEpsilon()
                                : c.headSize() * config.floatOf("norm_eps", 1e-5f));
        keyEpsilon = config.boolOf("fuse_norm", false) ? 1e-6f : 1e-24f;
        channel = new RwkvChannelMix(hidden, c.inner(config.doubleOf("hidden_ratio", 4)));
    }

    static Stack record(Config config, Weights weights) {
        RwkvConfig c = RwkvConfig.of(config, weights);
        refuseVariants(config, c.hidden());
        Rwkv7 rwkv = new Rwkv7(c);
        return c.frame(RwkvFrame.Names.FLA, c.official() ? "layer_norm_epsilon" : "norm_eps")
                .record(
                        "rwkv7",
                        config,
                        rwkv::time,
                        (m, layer, x) ->
                                rwkv.channel.mix(m, x, rwkv.vector(m, "x_k", false), null));
    }

    private static void refuseVariants(Config config, int hidden) {
        config.oneOf("hidden_act", Set.of("sqrelu"), "sqrelu");
        if (!config.boolOf("norm_first", true)) {
            throw config.refuse("norm_first", "true");
        }
        if (!config.boolOf("norm_bias", true)) {
            throw config.refuse("norm_bias", "true");
        }
        if (config.has("attn")) {
            throw config.refuse("attn", "null: no attention layers");
        }
        if (config.has("value_dim")
                && config.intsOf("value_dim").stream().anyMatch(width -> width != hidden)) {
            throw config.refuse("value_dim", "hidden_size " + hidden + " in every layer");
        }
    }

    /** Time mix of x [R, D]. State: x [D] and s [H, n, n]. */
    private Value time(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        TokenShift shift = new TokenShift(m, x);
        Value r = projected(m, "receptance", "r_proj", shift.toward(mix(m, "x_r"))); // [R, D]
        Value w = low(m, "w", shift.toward(mix(m, "x_w")), UnaryFunction.TANH, true);
        w = p.multiply(p.unary(UnaryFunction.SIGMOID, w), new Operand.Scalar(DECAY));
        w = p.unary(UnaryFunction.EXP, w); // [R, D]
        Value k = projected(m, "key", "k_proj", shift.toward(mix(m, "x_k"))); // [R, D]
        Value v = value(m, layer, shift.toward(mix(m, "x_v"))); // [R, D]
        Value a = low(m, "a", shift.toward(mix(m, "x_a")), null, true);
        a = p.unary(UnaryFunction.SIGMOID, a); // [R, D]
        Value g = low(m, "g", shift.toward(mix(m, "x_g")), UnaryFunction.SIGMOID, false);
        Value kk = p.multiply(k, vector(m, "k_k", false));
        kk = p.norm(NormKind.L2, kk, heads, keyEpsilon, null, null); // [R, D]
        Value less = p.binary(BinaryFunction.SUBTRACT, p.multiply(k, a), k);
        k = p.add(k, p.multiply(less, vector(m, "k_a", false)));
        Value y =
                p.deltaScan(
                        m.name("s"),
                        r,
                        k,
                        v,
                        w,
                        p.multiply(kk, new Operand.Scalar(-1)),
                        p.multiply(kk, a),
                        heads); // [R, D]
        y = headNorm.perGroup(m, c.official() ? "ln_x" : "g_norm", y, heads);
        y = p.add(y, bonus(m, r, k, v));
        return projected(m, "output", "o_proj", p.multiply(y, g));
    }

    /** The value [R, D] of shifted x, from layer 1 on drawn towards layer 0's. */
    private Value value(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        Value v = projected(m, "value", "v_proj", x);
        if (layer == 0) {
            firstValue = v;
            return v;
        }
        Value first = firstValue;
        if (first == null) {
            throw new CheckpointException(
                    c.config() + ": layer " + layer + " needs the values of layer 0 before it");
        }
        Value part = p.unary(UnaryFunction.SIGMOID, low(m, "v", x, null, true));
        return p.add(v, p.multiply(p.binary(BinaryFunction.SUBTRACT, first, v), part));
    }

    /** v times each head's sum of r k r_k [R, D]. */
    private Value bonus(ModelBuilder m, Value r, Value k, Value v) {
        ProgramBuilder p = m.ops();
        Weight of = m.reshaped("r_k", Shape.of(heads, hidden / heads), hidden);
        Value s = p.sums(p.multiply(p.multiply(r, k), of), heads); // [R, D]
        return p.multiply(v, s);
    }

    private Value projected(ModelBuilder m, String official, String fla, Value x) {
        String name = (c.official() ? official : fla) + ".weight";
        return m.ops().matmul(x, m.weight(name, hidden, hidden));
    }

    /** f(x w1) w2 + w0 [R, D] of shifted x [R, D], {@code letter} in the place of w. */
    private Value low(
            ModelBuilder m, String letter, Value x, @Nullable UnaryFunction f, boolean bias) {
        ProgramBuilder p = m.ops();
        int rank = rank(letter);
        String fla = letter + "_lora.lora.";
        Weight down =
                c.official()
                        ? m.transposed(letter + "1", hidden, rank)
                        : m.weight(fla + "0.weight", rank, hidden); // [rank, D]
        Weight up =
                c.official()
                        ? m.transposed(letter + "2", rank, hidden)
                        : m.weight(fla + "2.weight", hidden, rank); // [D, rank]
        Value y = p.matmul(x, down); // [R, rank]
        y = f == null ? y : p.unary(f, y);
        return p.matmul(
                y,
                up,
                bias
                        ? c.official() ? mix(m, letter + "0") : m.weight(fla + "2.bias", hidden)
                        : null);
    }

    /** The rank that the config gives, or the one that both implementations choose by width. */
    private int rank(String letter) {
        String name =
                switch (letter) {
                    case "w" -> "decay";
                    case "g" -> "gate";
                    default -> letter;
                };
        double factor =
                switch (letter) {
                    case "g" -> 5;
                    case "v" -> 1.7;
                    default -> 2.5;
                };
        int fallback = Math.max(32, (int) Math.rint(factor * Math.sqrt(hidden) / 32) * 32);
        return c.config().positive(name + (c.official() ? "_lora" : "_low_rank_dim"), fallback);
    }

    /** A vector that both store as [1, 1, D]. */
    private Weight mix(ModelBuilder m, String name) {
        return vector(m, name, true);
    }

    /**
     * A vector [D] that the official files store as [1, 1, D], fla as it is unless {@code deep}.
     */
    private Weight vector(ModelBuilder m, String name, boolean deep) {
        return deep || c.official()
                ? m.reshaped(name, Shape.of(1, 1, hidden), hidden)
                : m.weight(name, hidden);
    }
}
