package dev.eddy.kernels.cpu;

/** An operator whose every row depends on that row alone, or every element on its column alone. */
interface RowOp {
    /** In place of the last column: every column there is. */
    int ALL_COLUMNS = Integer.MAX_VALUE;

    /**
     * Computes rows {@code fromRow} to {@code toRow - 1}. Elementwise operators compute columns
     * {@code from} to {@code to - 1} of them, with from a multiple of 16, and may spoil what pads
     * the row; others are only called for whole rows.
     */
    void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to);
}
