package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * RWKV's channel mix (arXiv:2305.13048, section 3.1.2): a squared-ReLU perceptron of the shifted
 * input, gated by the receptance where there is one.
 *
 * @param hidden width D
 * @param inner width I of the perceptron
 */
public record RwkvChannelMix(int hidden, int inner) {
    /**
     * Mixes x [R, D].
     *
     * @param key the shift's part [D] for the key
     * @param receptance the shift's part [D] for the receptance; null for none (RWKV-7)
     */
    public Value mix(ModelBuilder m, Value x, Weight key, @Nullable Weight receptance) {
        ProgramBuilder p = m.ops();
        TokenShift shift = new TokenShift(m, x);
        Value k = p.matmul(shift.toward(key), m.weight("key.weight", inner, hidden)); // [R, I]
        k = p.unary(UnaryFunction.RELU_SQUARED, k);
        Value v = p.matmul(k, m.weight("value.weight", hidden, inner)); // [R, D]
        if (receptance == null) {
            return v;
        }
        Weight gate = m.weight("receptance.weight", hidden, hidden);
        Value r =
                p.unary(UnaryFunction.SIGMOID, p.matmul(shift.toward(receptance), gate)); // [R, D]
        return p.multiply(v, r);
    }
}
