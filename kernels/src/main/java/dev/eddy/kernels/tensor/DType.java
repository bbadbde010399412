package dev.eddy.kernels.tensor;

/**
 * An element type of stored tensors. Plain types hold one element in each block; quantised types
 * (those of ggml, by its names) hold a fixed number of elements of one row in each block of bytes.
 */
public enum DType {
    F64(1, 8),
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    I64(1, 8),
    I32(1, 4),
    I16(1, 2),
    I8(1, 1),
    U8(1, 1),
    BOOL(1, 1),
    Q4_0(32, 18),
    Q5_0(32, 22),
    Q8_0(32, 34),
    Q4_K(256, 144),
    Q5_K(256, 176),
    Q6_K(256, 210);

    private final int blockElements;
    private final int blockBytes;

    DType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Elements that one block holds (1 for plain types). */
    public int blockElements() {
        return blockElements;
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** True for the types whose elements are real numbers in a plain IEEE or bfloat16 encoding. */
    public boolean isFloat() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** True for the types that hold several real numbers in each block, with scales. */
    public boolean isQuantised() {
        return blockElements > 1;
    }

    /** True for the types whose elements are real numbers: what a weight may be stored in. */
    public boolean isReal() {
        return isFloat() || isQuantised();
    }

    /**
     * Bytes that {@code elements} elements take.
     *
     * @throws ArithmeticException if the count overflows a long
     * @throws IllegalArgumentException if {@code elements} is no multiple of the block
     */
    public long bytes(long elements) {
        if (elements % blockElements != 0) {
            throw new IllegalArgumentException(
                    this
                            + " stores blocks of "
                            + blockElements
                            + " elements; "
                            + elements
                            + " is no multiple");
        }
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }
}
