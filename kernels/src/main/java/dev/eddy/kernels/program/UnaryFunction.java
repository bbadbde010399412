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
    RELU_SQUARED,
    /** x Phi(x), Phi the normal distribution function. */
    GELU,
    /** GELU's tanh approximation: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
    GELU_TANH,
    /** ln(1 / (1 + e^-x)) = -softplus(-x). */
    LOG_SIGMOID,
    /** x + 1 above zero, e^x below: ELU plus one. */
    ELU_PLUS_ONE,
    SQRT
}
