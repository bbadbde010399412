package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;

/** The soft cap c tanh(x / c), which keeps x between -c and c. */
public final class SoftCap {
    private SoftCap() {}

    /** Caps x; a cap of 0 caps nothing. */
    public static Value apply(ProgramBuilder p, Value x, float cap) {
        if (cap == 0) {
            return x;
        }
        Operand c = new Operand.Scalar(cap);
        return p.multiply(p.unary(UnaryFunction.TANH, p.binary(BinaryFunction.DIVIDE, x, c)), c);
    }
}
