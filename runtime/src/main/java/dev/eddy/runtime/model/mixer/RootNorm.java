package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * The root mean square norm x / (sqrt(mean(x^2)) + epsilon) w of StripedHyena, with the epsilon
 * outside the root; its weight is stored as {@code NAME.scale}.
 *
 * @param epsilon what keeps the quotient finite
 */
public record RootNorm(float epsilon) implements Norm {
    @Override
    public Value apply(ModelBuilder m, String local, Value x) {
        return m.ops()
                .norm(NormKind.RMS_PLUS, x, epsilon, m.weight(local + ".scale", x.width()), null);
    }
}
