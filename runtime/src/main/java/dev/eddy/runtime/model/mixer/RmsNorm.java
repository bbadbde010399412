package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * The root mean square norm x / sqrt(mean(x^2) + epsilon) w (arXiv:1910.07467), whose weight is
 * stored as {@code NAME.weight}.
 *
 * @param epsilon what keeps the root from zero
 * @param offset true where the file stores w - 1
 */
public record RmsNorm(float epsilon, boolean offset) implements Norm {
    public RmsNorm(float epsilon) {
        this(epsilon, false);
    }

    /** Whole rows x [R, D] by the weight {@code local} [D]. */
    @Override
    public Value apply(ModelBuilder m, String local, Value x) {
        return m.ops().norm(NormKind.RMS, x, epsilon, weight(m, local, x.width()), null);
    }

    /** Each of {@code heads} parts of x [R, H P] by itself, all by one weight {@code local} [P]. */
    public Value perHead(ModelBuilder m, String local, Value x, int heads) {
        Value normed = perHead(m, x, heads);
        return m.ops().multiply(normed, weight(m, local, x.width() / heads));
    }

    /** Each of {@code heads} parts of x [R, H P] by itself, without a weight. */
    public Value perHead(ModelBuilder m, Value x, int heads) {
        ProgramBuilder p = m.ops();
        return p.norm(NormKind.RMS, x, heads, epsilon, null, null);
    }

    private Weight weight(ModelBuilder m, String local, long width) {
        return offset
                ? m.derived(local + ".weight", "1+", w -> 1 + w, width)
                : m.weight(local + ".weight", width);
    }
}
