package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A short causal convolution of every channel by itself, without a bias, and the function after it.
 *
 * @param order its taps
 * @param activation null for none
 */
public record ShortConv(int order, @Nullable UnaryFunction activation) {
    /**
     * x [R, C] by the taps {@code local.weight} [C, 1, order]; state {@code local} [order - 1, C].
     */
    public Value apply(ModelBuilder m, String local, Value x) {
        Value y =
                m.ops()
                        .fir(
                                m.name(local),
                                x,
                                m.taps(local + ".weight", x.width(), order),
                                null); // [R, C]
        return activation == null ? y : m.ops().unary(activation, y);
    }
}
