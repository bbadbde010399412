package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/** Values times a number from a config, which is nothing to do where that is 1. */
public final class Scaled {
    private Scaled() {}

    /** factor x. */
    public static Value by(ModelBuilder m, float factor, Value x) {
        return factor == 1 ? x : m.ops().multiply(x, new Operand.Scalar(factor));
    }
}
