package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * Linear layers whose weight is stored as {@code NAME.weight} and whose bias as {@code NAME.bias}.
 */
public final class Projection {
    private Projection() {}

    /** x [R, K] by the weight {@code local} [width, K], plus its bias if it has one. */
    public static Value of(ModelBuilder m, String local, boolean bias, Value x, int width) {
        return m.ops()
                .matmul(
                        x,
                        m.weight(local + ".weight", width, x.width()),
                        m.optional(bias, local + ".bias", width));
    }
}
