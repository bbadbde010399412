package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * The layer norm (x - mean) / sqrt(variance + epsilon) w + b (arXiv:1607.06450), stored as {@code
 * NAME.weight} and {@code NAME.bias}.
 *
 * @param epsilon what keeps the root from zero
 */
public record LayerNorm(float epsilon) implements Norm {
    @Override
    public Value apply(ModelBuilder m, String local, Value x) {
        return perGroup(m, local, x, 1);
    }

    /** Each of {@code groups} equal parts of x [R, D] by itself; weights [D]. */
    public Value perGroup(ModelBuilder m, String local, Value x, int groups) {
        return m.ops()
                .norm(
                        NormKind.LAYER,
                        x,
                        groups,
                        epsilon,
                        m.weight(local + ".weight", x.width()),
                        m.weight(local + ".bias", x.width()));
    }
}
