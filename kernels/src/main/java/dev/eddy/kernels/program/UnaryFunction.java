package dev.eddy.kernels.program;

/** The elementwise functions of one argument. Their arithmetic is {@code numerics.Functions}. */
public enum UnaryFunction {
    /** e^x. */
    EXP,
    /** 1 / (1 + e^-x). */
    SIGMOID,
    /** x / (1 + e^-x). */
    SILU,
    /** ln(1 + e^x). */
    SOFTPLUS,
    TANH,
    /** max(x, 0). */
    RELU,
    /** max(x, 0) squared. */
    RELU_SQUARED
}
