package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How most linear attention leaves its heads: an RMS norm of each head, a gate, a projection.
 *
 * @param norm the norm
 * @param name the norm's name
 * @param weighted whether the norm has a weight [V], the same for all heads
 * @param heads H
 * @param activation the gate's function
 * @param projection the name of the projection [D, H V]
 */
public record GatedOutput(
        RmsNorm norm,
        String name,
        boolean weighted,
        int heads,
        UnaryFunction activation,
        String projection) {
    /** With a weighted norm and the names that flash-linear-attention has mostly. */
    public GatedOutput(RmsNorm norm, int heads) {
        this(norm, "o_norm", true, heads, UnaryFunction.SILU, "o_proj");
    }

    /** o [R, H V] and its gate [R, H V] or none; out [R, hidden]. */
    public Value apply(ModelBuilder m, Value o, @Nullable Value gate, int hidden) {
        ProgramBuilder p = m.ops();
        Value y = weighted ? norm.perHead(m, name, o, heads) : norm.perHead(m, o, heads);
        y = gate == null ? y : p.multiply(y, p.unary(activation, gate)); // [R, H V]
        return Projection.of(m, projection, false, y, hidden);
    }
}
