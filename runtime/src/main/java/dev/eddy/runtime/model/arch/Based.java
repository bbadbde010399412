package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.LinearScan;
import dev.eddy.runtime.model.mixer.PerHead;
import dev.eddy.runtime.model.mixer.Projection;
import java.util.Set;

/**
 * Based (arXiv:2402.18668) in fla's names: linear attention, normalised, whose features phi are the
 * Taylor series of exp(q k / sqrt(d)) to second order.
 *
 * @param heads H heads of d keys and V values
 */
record Based(HeadProjections heads) implements Fla.Mixer {
    private static final float EPSILON = 1e-10f;

    static Stack record(Config config, Weights weights) {
        config.oneOf("feature_map", Set.of("taylor_exp"), "taylor_exp");
        int hidden = config.positive("hidden_size");
        int heads = config.positive("num_heads", 12);
        if (config.positive("num_key_value_heads", heads) != heads || hidden % heads != 0) {
            throw config.refuse(
                    "num_key_value_heads", "num_heads " + heads + ", a divisor of hidden_size");
        }
        int keys = config.positive("feature_dim", 16);
        return Fla.record(
                "based",
                config,
                new Based(new HeadProjections(heads, heads, keys, hidden / heads, null)));
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        Value o =
                new LinearScan(heads.heads(), EPSILON)
                        .scan(
                                m,
                                features(m, heads.query(m, x)),
                                features(m, heads.key(m, x)),
                                heads.value(m, x)); // [R, H V]
        return Projection.of(m, "o_proj", false, o, x.width());
    }

    /**
     * phi of every head, x [R, H d]; out [R, H F]: 1, x_i / d^(1/4), x_i^2 / sqrt(2 d) and, for i <
     * j, x_i x_j / sqrt(d). Each is a product of two numbers out of 1, x_1 to x_d, which two
     * matrices of zeros and ones pick exactly.
     */
    private Value features(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int d = heads.keys();
        int[][] factors = factors(d);
        Weight scale =
                Constants.vector(
                        m,
                        "Taylor coefficients of " + d,
                        factors.length,
                        f -> scale(d, factors[f]));
        Value left = picked(m, x, factors, 0);
        Value right = picked(m, x, factors, 1);
        return p.multiply(p.multiply(left, right), scale);
    }

    /** What each feature multiplies: 0 for one, i for x_i. */
    private static int[][] factors(int d) {
        int[][] factors = new int[1 + 2 * d + d * (d - 1) / 2][];
        int f = 0;
        factors[f++] = new int[] {0, 0};
        for (int i = 1; i <= d; i++) {
            factors[f] = new int[] {i, 0};
            factors[d + f++] = new int[] {i, i};
        }
        f += d;
        for (int i = 1; i <= d; i++) {
            for (int j = i + 1; j <= d; j++) {
                factors[f++] = new int[] {i, j};
            }
        }
        return factors;
    }

    private static double scale(int d, int[] pair) {
        if (pair[0] == 0) {
            return 1;
        }
        if (pair[1] == 0) {
            return 1 / Math.sqrt(Math.sqrt(d));
        }
        return 1 / Math.sqrt(pair[0] == pair[1] ? 2.0 * d : d);
    }

    private Value picked(ModelBuilder m, Value x, int[][] factors, int side) {
        int d = heads.keys();
        Weight matrix =
                m.derived(
                        "Taylor factors " + side + " of " + d,
                        Shape.of(factors.length, d),
                        _ -> {
                            float[] picks = new float[factors.length * d];
                            for (int f = 0; f < factors.length; f++) {
                                if (factors[f][side] > 0) {
                                    picks[f * d + factors[f][side] - 1] = 1;
                                }
                            }
                            return picks;
                        });
        Weight one =
                Constants.vector(
                        m,
                        "Taylor ones " + side + " of " + d,
                        factors.length,
                        f -> factors[f][side] == 0 ? 1 : 0);
        return PerHead.matmul(m, x, heads.heads(), _ -> matrix, one);
    }
}
