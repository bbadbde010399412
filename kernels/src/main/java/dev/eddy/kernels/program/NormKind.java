package dev.eddy.kernels.program;

/** What becomes of a row, or of each of its groups: it is normalised, or replaced by its sum. */
public enum NormKind {
    /** x / sqrt(mean(x^2) + eps). */
    RMS,
    /** x / (sqrt(mean(x^2)) + eps): the epsilon outside the root. */
    RMS_PLUS,
    /** (x - mean(x)) / sqrt(mean((x - mean)^2) + eps). */
    LAYER,
    /** x / sqrt(sum(x^2) + eps). */
    L2,
    /** sum(x), the same in every column: nothing is divided, and eps is not used. */
    SUM
}
