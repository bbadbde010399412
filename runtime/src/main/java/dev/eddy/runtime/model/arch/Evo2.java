package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import java.util.List;
import java.util.Set;

/**
 * StripedHyena 2, Evo 2 (arXiv:2503.01868) as vortex has it: gated convolutions with short, medium
 * and long filters. Short and medium ones are stored tap by tap for groups of neighbouring
 * channels, long ones as sums of N real exponentials a channel.
 */
final class Evo2 {
    /** The longest context that a published model was trained for. */
    private static final int POSITIONS = 1 << 20;

    /** Filters of so many taps are convolutions with a skip, shorter ones correlations without. */
    private static final int CONVOLUTION = 128;

    private final Config config;

    private Evo2(Config config) {
        this.config = config;
    }

    static Stack record(Config config, Weights weights) {
        Evo2 evo = new Evo2(config);
        HyenaFrame frame = new HyenaFrame(config, 1_000_000, POSITIONS);
        config.intIn("hcl_filter_groups", frame.hidden(), frame.hidden(), frame.hidden());
        config.oneOf("mlp_activation", Set.of("gelu"), "gelu");
        boolean firstAlone = config.boolOf("evo2_style_activations", false);
        List<HyenaFrame.Kind> kinds =
                List.of(
                        new HyenaFrame.Kind("hcs_layer_idxs", "hyena_short", evo.taps("hcs")),
                        new HyenaFrame.Kind("hcm_layer_idxs", "hyena_medium", evo.taps("hcm")),
                        new HyenaFrame.Kind("hcl_layer_idxs", "hyena_long", evo::modes));
        return frame.record(
                "stripedhyena2",
                weights,
                kinds,
                new HyenaFrame.Biases(
                        config.boolOf("qkv_proj_bias", true),
                        config.boolOf("hyena_out_proj_bias", true)),
                i -> firstAlone && i > 0 ? null : UnaryFunction.GELU);
    }

    /** A filter whose taps are stored. State inner [K - 1, D]. */
    private HyenaFrame.Filter taps(String kind) {
        int order = config.positive(kind + "_filter_length"); // K
        int groups = config.positive(kind + "_filter_groups"); // G
        boolean convolution = order >= CONVOLUTION;
        return (m, u) -> {
            ProgramBuilder p = m.ops();
            int hidden = u.width();
            if (hidden % groups != 0) {
                throw config.refuse(kind + "_filter_groups", "a divisor of hidden_size " + hidden);
            }
            Weight taps =
                    m.derived(
                            "by channel",
                            Shape.of(hidden, order),
                            from -> byChannel(from[0], hidden, groups, convolution),
                            m.stored("h", groups, 1, order)); // [D, K], oldest first
            Value y = p.fir(m.name("inner"), u, taps, null); // [R, D]
            return convolution ? p.add(y, p.multiply(u, m.weight("D", hidden))) : y;
        };
    }

    /** Taps [G, K] given to the D / G channels of each group, in reverse for a convolution. */
    private static float[] byChannel(float[] taps, int hidden, int groups, boolean reverse) {
        int order = taps.length / groups;
        float[] all = new float[hidden * order];
        for (int c = 0; c < hidden; c++) {
            int from = c / (hidden / groups) * order;
            for (int j = 0; j < order; j++) {
                all[c * order + j] = taps[from + (reverse ? order - 1 - j : j)];
            }
        }
        return all;
    }

    /** The long filter and its skip over u [R, D]; out [R, D]. State h [D, N]. */
    private Value modes(ModelBuilder m, Value u) {
        ProgramBuilder p = m.ops();
        int hidden = u.width();
        int modes = config.positive("state_size");
        Weight poles =
                m.derived(
                        "log_poles",
                        "exp",
                        y -> (float) StrictMath.exp(y),
                        Shape.of(hidden, modes, 1),
                        hidden,
                        modes);
        Value y = p.modalScan(m.name("h"), u, poles, m.weight("residues", hidden, modes));
        return p.add(y, p.multiply(u, m.weight("D", hidden)));
    }
}
