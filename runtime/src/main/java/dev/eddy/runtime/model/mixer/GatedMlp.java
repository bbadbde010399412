package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The gated feed-forward layer down(activation(gate x) * up x) (GLU variants, arXiv:2002.05202).
 *
 * @param inner its width F
 * @param activation the gate's function; null for none, a bilinear layer
 * @param bias whether its projections have biases
 * @param gate name of the gate's projection [F, D]
 * @param up name of the projection [F, D] that is gated
 * @param down name of the projection [D, F] back
 */
public record GatedMlp(
        int inner,
        @Nullable UnaryFunction activation,
        boolean bias,
        String gate,
        String up,
        String down) {
    /** In the names that Llama and most others use, without biases. */
    public GatedMlp(int inner, UnaryFunction activation) {
        this(inner, activation, false, "gate_proj", "up_proj", "down_proj");
    }

    /** x [R, D]; out [R, D]. */
    public Value apply(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value gated = Projection.of(m, gate, bias, x, inner); // [R, F]
        gated = activation == null ? gated : p.unary(activation, gated);
        Value y = p.multiply(gated, Projection.of(m, up, bias, x, inner)); // [R, F]
        return Projection.of(m, down, bias, y, x.width());
    }
}
