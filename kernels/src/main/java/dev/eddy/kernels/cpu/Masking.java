package dev.eddy.kernels.cpu;

/** What operators with state yield for rows that a masked entry does not absorb: zeros. */
final class Masking {
    private Masking() {}

    /** Zeroes columns {@code from} to {@code to - 1} of some rows, and no others. */
    static void zero(Place out, int row, int rows, int from, int to) {
        for (int r = row; r < row + rows; r++) {
            for (int column = from; column < to; column++) {
                OffHeap.set(out.at(r, column), 0f);
            }
        }
    }
}
