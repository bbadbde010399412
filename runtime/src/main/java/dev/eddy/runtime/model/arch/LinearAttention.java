package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.LinearScan;
import dev.eddy.runtime.model.mixer.PerHead;
import java.util.Locale;
import java.util.Set;

/**
 * Linear attention (arXiv:2006.16236) in fla's names: a head's state S [F, V] only grows, S = S +
 * phi(k) v', y = S' phi(q) / sqrt(F), with a feature map phi from K to F numbers.
 *
 * @param heads H heads, G groups, K keys, V values
 * @param map phi
 * @param tied whether queries and keys share phi's weights
 * @param normalised whether y is divided by the sum of its weights
 */
record LinearAttention(
        HeadProjections heads, FeatureMap map, boolean tied, boolean normalised, GatedOutput output)
        implements Fla.Mixer {
    private static final float EPSILON = 1e-10f;

    /** The feature maps, by their names in configs. */
    enum FeatureMap {
        /** (A x + a)(B x + b), learned. */
        ELEMENTWISE_PRODUCT,
        /** softmax(2 (A x + a), -2 (A x + a)), learned (arXiv:2402.04347). */
        HEDGEHOG,
        /** max(A x, 0), learned (arXiv:2103.13076). */
        T2R,
        /** ELU(x) + 1. */
        ELU,
        /** max(x, 0). */
        RELU,
        /** x. */
        IDENTITY
    }

    static Stack record(Config config, Weights weights) {
        Options.require(config, "norm_q", false);
        Options.require(config, "norm_k", false);
        HeadProjections heads = Fla.heads(config, 4, 1, 1, null);
        LinearAttention mixer =
                new LinearAttention(
                        heads,
                        map(config),
                        config.boolOf("tie_feature_map_qk", false),
                        config.boolOf("norm_feature_map", false),
                        new GatedOutput(
                                Fla.norm(config),
                                "norm",
                                config.boolOf("elementwise_affine", true),
                                heads.heads(),
                                UnaryFunction.SILU,
                                "o_proj"));
        return Fla.record("linear_attn", config, mixer);
    }

    private static FeatureMap map(Config config) {
        String name =
                config.oneOf(
                        "feature_map",
                        Set.of("elementwise_product", "hedgehog", "t2r", "elu", "relu", "identity"),
                        "elementwise_product");
        return FeatureMap.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        Value q = features(m.in("feature_map_q"), heads.query(m, x), heads.heads()); // [R, H F]
        String keyMap = tied ? "feature_map_q" : "feature_map_k";
        Value k = features(m.in(keyMap), heads.key(m, x), heads.groups()); // [R, G F]
        Value o =
                new LinearScan(heads.heads(), normalised ? EPSILON : null)
                        .scan(
                                m,
                                Fla.scaled(p, q, q.width() / heads.heads()),
                                heads.toHeads(p, k),
                                heads.toHeads(p, heads.value(m, x))); // [R, H V]
        return output.apply(m, o, null, x.width());
    }

    /** phi of every head: x [R, n K]; out [R, n F]. */
    private Value features(ModelBuilder m, Value x, int n) {
        ProgramBuilder p = m.ops();
        return switch (map) {
            case ELEMENTWISE_PRODUCT ->
                    p.multiply(affine(m, "layer1", true, x, n), affine(m, "layer2", true, x, n));
            case HEDGEHOG -> {
                Value y = affine(m, "layer", true, x, n); // [R, n K]
                y = p.add(y, y);
                Value minus = p.multiply(y, new Operand.Scalar(-1));
                yield p.softmax(p.concat(n, y, minus), n); // [R, n 2 K]
            }
            case T2R -> p.unary(UnaryFunction.RELU, affine(m, "layer", false, x, n));
            case ELU -> p.unary(UnaryFunction.ELU_PLUS_ONE, x);
            case RELU -> p.unary(UnaryFunction.RELU, x);
            case IDENTITY -> x;
        };
    }

    private Value affine(ModelBuilder m, String layer, boolean bias, Value x, int n) {
        int keys = heads.keys();
        Weight matrix = m.weight(layer + ".weight", keys, keys);
        return PerHead.matmul(m, x, n, _ -> matrix, m.optional(bias, layer + ".bias", keys));
    }
}
