package dev.eddy.kernels.cpu;

/**
 * A weight matrix [N, K] in panels of 32 columns of the product, padded with zeros. An element of a
 * product depends on its row and its column alone, whatever the rows, panels and threads.
 */
abstract sealed class Panels permits ChainPanels, IntegerPanels, NativePanels {
    /** Columns of a panel. */
    static final int COLUMNS = 32;

    /** Bytes of one vector. */
    static final int V = 4 * Vectors.FLOATS.length();

    /** Half the columns: what a vector's twin is away from it. */
    static final int HALF_ROW = 64;

    /** Nanoseconds a byte of weights, from memory. */
    static final double READ = 0.05;

    /** Panels of a matrix of {@code n} rows. */
    static int count(int n) {
        return Math.ceilDiv(n, COLUMNS);
    }

    /**
     * out[rows, 32 from .. 32 to - 1] = x W'.
     *
     * @param x rows packed in the form that these panels are multiplied with
     * @param out at whole panels of padded rows
     */
    abstract void multiply(PackedRows x, int rows, Place out, Worker worker, int from, int to);

    /** About how many nanoseconds a thread takes for one panel. */
    abstract double cost(int rows);
}
