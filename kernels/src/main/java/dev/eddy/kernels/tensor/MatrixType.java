package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.Integers;

/**
 * The element type of a weight matrix [N, K] as products compute with it, which says what a product
 * is:
 *
 * <ul>
 *   <li>{@link #F32}: one FMA chain over k ascending, from zero.
 *   <li>{@link #BF16}: row and weights are rounded to {@link
 *       dev.eddy.kernels.numerics.Halves#toFactor factors}; one FMA chain over pairs (2 i, 2 i + 1)
 *       ascending, the second of a pair first.
 *   <li>{@link #FP8}: the product of {@link #BF16} with the numbers of {@link E4m3Row}; the result
 *       is multiplied by the row's scale at the end.
 *   <li>The others: weights are integers q with scales s (and leasts m) for groups along K, w = s q
 *       - m. The row is rounded to integers by {@link Integers}, with a scale t for each {@value
 *       Integers#BLOCK} elements. For each such block, ascending: a = 0; for each group within it,
 *       ascending: a = fma(float(sum of q x), s, a), then a = fma(-float(sum of x), m, a) where
 *       there are leasts; the block's a joins the result by fma(a, t, result). Sums of integers are
 *       exact. Where a row of weights has one scale, a = float(sum of q x) and the result is
 *       multiplied by s at the end.
 * </ul>
 */
public enum MatrixType {
    F32(32, 1),
    BF16(16, 1),
    /** Floating-point numbers of eight bits, one scale for each of the N rows. */
    FP8(8, 1),
    /** Eight bits, one scale for each of the N rows; made by {@link Integers}. */
    INT8(8, Integers.BLOCK),
    /** Four bits, -8 to 7, a float16 scale for each 32; the scale is chosen for the least error. */
    INT4(4, 32),
    /** ggml's blocks of the same name. */
    Q8_0(8, 32),
    /** ggml's blocks of the same name. */
    Q4_0(4, 32),
    /** ggml's blocks of the same name: leasts, and scales and leasts of six bits. */
    Q4_K(4, 32),
    /** ggml's blocks of the same name: groups of 16. */
    Q6_K(6, 16);

    private final int bits;
    private final int group;

    MatrixType(int bits, int group) {
        this.bits = bits;
        this.group = group;
    }

    /** The type that needs no rounding of what is stored: blocks as they are, else {@link #F32}. */
    public static MatrixType stored(DType dtype) {
        return switch (dtype) {
            case Q8_0 -> Q8_0;
            case Q4_0 -> Q4_0;
            case Q4_K -> Q4_K;
            case Q6_K -> Q6_K;
            case F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL, Q5_0, Q5_K -> F32;
        };
    }

    /** Bits of a weight, without scales. */
    public int bits() {
        return bits;
    }

    /** Whether products are sums of integers. */
    public boolean isInteger() {
        return this != F32 && this != BF16 && this != FP8;
    }

    /** Weights along K whose products are summed as integers. */
    public int group() {
        return group;
    }

    /** Whether a whole row of weights has one scale. */
    public boolean hasRowScale() {
        return this == INT8 || this == FP8;
    }

    /** Whether weights are s q - m, with q from zero up. */
    public boolean hasLeasts() {
        return this == Q4_K;
    }

    /** How many elements along K the weights are padded to a multiple of, with zeros. */
    public int unit() {
        return switch (this) {
            case F32 -> 1;
            case BF16, FP8 -> 2;
            case INT8 -> 4;
            case INT4, Q8_0, Q4_0 -> 32;
            case Q4_K, Q6_K -> 256;
        };
    }
}
