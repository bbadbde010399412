package dev.eddy.kernels.program;

/** The second argument of an elementwise operator. */
public sealed interface Operand permits Value, Weight, Operand.Scalar {
    /** One number, the same everywhere. */
    record Scalar(float value) implements Operand {}
}
