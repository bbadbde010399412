package dev.eddy.kernels.program;

/** The elementwise functions of two arguments. */
public enum BinaryFunction {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /** The larger one. */
    MAX,
    /** The smaller one. */
    MIN
}
