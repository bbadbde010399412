package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.function.UnaryOperator;

/**
 * The block of most Transformers and hybrids: two residual branches, each behind a norm (pre-norm,
 * arXiv:2002.04745): y = x + r mix(norm(x)), out = y + r feed(norm(y)).
 *
 * @param norm both norms
 * @param first what the file calls the mixer's norm
 * @param second what it calls the feed-forward layer's
 * @param residual r, what both branches are multiplied by
 */
public record PreNorm(Norm norm, String first, String second, float residual) {
    /** With branches that are added as they are. */
    public PreNorm(Norm norm, String first, String second) {
        this(norm, first, second, 1);
    }

    /** x and out [R, D]; both branches keep the width. */
    public Value apply(
            ModelBuilder m, Value x, UnaryOperator<Value> mix, UnaryOperator<Value> feed) {
        Value y = add(m, x, mix.apply(norm.apply(m, first, x)));
        return add(m, y, feed.apply(norm.apply(m, second, y)));
    }

    private Value add(ModelBuilder m, Value x, Value branch) {
        return m.ops().add(x, Scaled.by(m, residual, branch));
    }
}
