package dev.eddy.kernels.program;

/** How a row, or each of its groups, is normalised. */
public enum NormKind {
    /** x / sqrt(mean(x^2) + eps). */
    RMS,
    /** x / (sqrt(mean(x^2)) + eps): the epsilon outside the root. */
    RMS_PLUS,
    /** (x - mean(x)) / sqrt(mean((x - mean)^2) + eps). */
    LAYER,
    /** x / sqrt(sum(x^2) + eps). */
    L2
}
