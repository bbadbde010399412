package dev.eddy.kernels.cpu;

/**
 * A weight matrix [N, K] in panels of 32 columns of the product, [N / 32][K][32], padded with
 * zeros. Every element of a product is one FMA chain over K, ascending, from zero, whatever the
 * rows, panels and threads.
 */
abstract sealed class Panels permits FloatPanels, HalfPanels {
    /** Columns of a panel. */
    static final int COLUMNS = 32;

    /**
     * Elements of K that one pass over the rows takes: a slice of a panel and of the rows fit the
     * second cache. The sums wait in the output, which rounds nothing.
     */
    static final int DEPTH = 2048;

    /** Bytes of one vector. */
    static final int V = 4 * VectorFunctions.FLOATS.length();

    /** Half the columns: what a vector's twin is away from it. */
    static final int HALF_ROW = 64;

    private final long address;
    private final int k;

    Panels(long address, int k) {
        this.address = address;
        this.k = k;
    }

    /** Panels of a matrix of {@code n} rows. */
    static int count(int n) {
        return Math.ceilDiv(n, COLUMNS);
    }

    /** Bytes of one depth of a panel. */
    abstract int rowBytes();

    /** Depth of the products. */
    final int depth() {
        return k;
    }

    final long panel(int index) {
        return address + (long) index * k * rowBytes();
    }

    /**
     * out[rows, 32 from .. 32 to - 1] = x W'.
     *
     * @param x rows packed by {@link PackOp}
     * @param out at whole panels of padded rows
     */
    final void multiply(float[] x, int rows, Place out, Worker worker, int from, int to) {
        if (rows == 1) {
            for (int panel = from; panel < to; panel += 2) {
                single(x, panel, Math.min(panel + 1, to - 1), out);
            }
            return;
        }
        for (int panel = from; panel < to; panel++) {
            for (int depth = 0; depth < k; depth += DEPTH) {
                slice(x, rows, panel, depth, Math.min(DEPTH, k - depth), out, worker);
            }
        }
    }

    /** One row with a panel and, where vectors are as wide as half of it, another. */
    private void single(float[] x, int panel, int second, Place out) {
        long to = out.at(0, panel * COLUMNS);
        if (V == HALF_ROW) {
            one(x, panel(panel), panel(second), to, out.at(0, second * COLUMNS));
            return;
        }
        halves(x, panel(panel), to);
        if (second > panel) {
            halves(x, panel(second), out.at(0, second * COLUMNS));
        }
    }

    private void halves(float[] x, long w, long to) {
        for (int p = 0; p < HALF_ROW; p += 2 * V) {
            one(x, w + p, w + p + V, to + p, to + p + V);
        }
    }

    /** One row over the whole depth with the columns at two places of the panels. */
    abstract void one(float[] x, long w, long w2, long out, long out2);

    /** All rows with a slice of a panel. */
    abstract void slice(
            float[] x, int rows, int panel, int from, int depth, Place out, Worker worker);
}
