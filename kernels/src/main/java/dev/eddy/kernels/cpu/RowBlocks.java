package dev.eddy.kernels.cpu;

/**
 * How the rows of a matrix product are cut into blocks whose sums fit the registers. The cut never
 * shows in a result: each sum is one chain over K in any block.
 */
final class RowBlocks {
    /** From this many rows on blocks are of {@link EightRows}. */
    static final int MANY = 48;

    /** With 32 registers four rows by three panels hold their sums in them, with 16 two rows. */
    private static final int FEW_BLOCK = registers() >= 32 ? 4 : 2;

    private RowBlocks() {}

    private static int registers() {
        boolean many = Vectors.FLOATS.length() == 16;
        return many || System.getProperty("os.arch", "").equals("aarch64") ? 32 : 16;
    }

    /** Whether blocks of eight rows are used for that many. */
    static boolean isMany(int rows) {
        return rows >= MANY && FEW_BLOCK > 2;
    }

    /** Rows of the next block where {@code left} of {@code rows} rows are left. */
    static int next(int left, int rows) {
        int largest = isMany(rows) ? EightRows.ROWS : FEW_BLOCK;
        return left >= largest ? largest : Integer.highestOneBit(left);
    }
}
