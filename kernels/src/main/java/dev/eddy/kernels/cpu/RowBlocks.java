package dev.eddy.kernels.cpu;

/**
 * How the rows of a matrix product are cut into blocks whose sums fit the registers. The cut never
 * shows in a result: each sum is one chain over K in any block.
 */
final class RowBlocks {
    /** Rows of the largest block: with two vectors a row, half of 32 registers or of 16. */
    static final int LARGEST = registers() >= 32 ? 8 : 4;

    private RowBlocks() {}

    private static int registers() {
        boolean many = VectorFunctions.FLOATS.length() == 16;
        return many || System.getProperty("os.arch", "").equals("aarch64") ? 32 : 16;
    }

    /** Rows of the next block where {@code left} rows are left. */
    static int next(int left) {
        return left >= LARGEST ? LARGEST : Integer.highestOneBit(left);
    }
}
