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
import java.util.Map;

/**
 * StripedHyena 1, also Evo 1 (Poli et al. 2023; Hyena: arXiv:2302.10866): gated convolutions with
 * long filters in modal form, sums of N complex exponentials a channel, which make them
 * recurrences.
 */
final class StripedHyena {
    /** The longest context that a published model was trained for (Evo 1). */
    private static final int POSITIONS = 131_072;

    private StripedHyena() {}

    static Stack record(Config config, Weights weights) {
        config.intIn("hyena_filter_groups", 1, 1);
        HyenaFrame frame = new HyenaFrame(config, 10_000, POSITIONS);
        int modes = config.positive("state_size");
        config.intIn("num_filters", frame.hidden(), frame.hidden(), frame.hidden());
        HyenaFrame.Kind hyena =
                new HyenaFrame.Kind("hyena_layer_idxs", "hyena", (m, u) -> filter(m, u, modes));
        Map<String, UnaryFunction> functions =
                Map.of("silu", UnaryFunction.SILU, "gelu", UnaryFunction.GELU);
        UnaryFunction activation =
                functions.get(config.oneOf("mlp_activation", functions.keySet(), "silu"));
        return frame.record(
                "stripedhyena",
                weights,
                List.of(hyena),
                new HyenaFrame.Biases(true, true),
                _ -> activation);
    }

    /** The long filter and its skip over u [R, D]; out [R, D]. State h [D, N, 2]. */
    private static Value filter(ModelBuilder m, Value u, int modes) {
        ProgramBuilder p = m.ops();
        int hidden = u.width();
        Shape stored = Shape.of(hidden, modes, 1, 2);
        Weight poles = m.reshaped("poles", stored, hidden, modes, 2);
        Weight residues = m.reshaped("residues", stored, hidden, modes, 2);
        Value y = p.modalScan(m.name("h"), u, poles, residues); // [R, D]
        return p.add(y, p.multiply(u, m.weight("D", hidden)));
    }
}
