package dev.eddy.kernels.cpu;

/**
 * Panels [N / 32][K][32] of real numbers. Every element of a product is one FMA chain over K, as it
 * is packed, from zero, whatever the rows, panels and threads.
 */
abstract sealed class ChainPanels extends Panels permits FloatPanels, HalfPanels {
    /**
     * Elements of K that one pass over a few rows takes. The sums wait in the output, which rounds
     * nothing.
     */
    static final int DEPTH = 2048;

    /** The same for many rows, which read a slice of a panel again and again. */
    private static final int SLICE = 1024;

    /** Nanoseconds a multiplication, at about half of what a core of today does. */
    private static final double COMPUTE = 0.02;

    /** Panels that one row is multiplied with at once: as many streams as memory likes. */
    private static final int STREAMS = 6;

    /** Panels that a few rows are multiplied with at once. */
    private static final int FEW = 3;

    private final long address;
    private final int k;
    private final int rowBytes;

    ChainPanels(long address, int k, int rowBytes) {
        this.address = address;
        this.k = k;
        this.rowBytes = rowBytes;
    }

    @Override
    final double cost(int rows) {
        return k * Math.max(COMPUTE * rows * COLUMNS, READ * rowBytes);
    }

    /** Bytes of a panel. */
    private long panelBytes() {
        return (long) k * rowBytes;
    }

    @Override
    final void multiply(PackedRows packed, int rows, Place out, Worker worker, int from, int to) {
        float[] x = packed.floats();
        if (RowBlocks.isMany(rows)) {
            for (int panel = from; panel < to; panel++) {
                many(x, rows, out, worker, panel);
            }
            return;
        }
        int panel = from;
        for (; rows == 1 && panel + STREAMS <= to; panel += STREAMS) {
            few(x, rows, out, panel, STREAMS);
        }
        for (; panel + FEW <= to; panel += FEW) {
            few(x, rows, out, panel, FEW);
        }
        for (; panel < to; panel++) {
            few(x, rows, out, panel, 1);
        }
    }

    private long slice(int panel, int from) {
        return address + panel * panelBytes() + (long) from * rowBytes;
    }

    /** Zeros where sums begin. */
    private static void begin(Place out, int rows, int panel, int count) {
        for (int row = 0; row < rows; row++) {
            Elements.fill(0f, out.at(row, panel * COLUMNS), count * COLUMNS);
        }
    }

    /** A few rows with {@code count} panels at once. */
    private void few(float[] x, int rows, Place out, int panel, int count) {
        begin(out, rows, panel, count);
        for (int from = 0; from < k; from += DEPTH) {
            int depth = Math.min(DEPTH, k - from);
            long w = slice(panel, from);
            for (int row = 0; row < rows; ) {
                int block = RowBlocks.next(rows - row, rows);
                long to = out.at(row, panel * COLUMNS);
                int at = row * k + from * block;
                for (int p = 0; p < HALF_ROW; p += V) {
                    product(block, count, x, at, w + p, panelBytes(), to + p, out.stride(), depth);
                }
                row += block;
            }
        }
    }

    /** Many rows with one panel. */
    private void many(float[] x, int rows, Place out, Worker worker, int panel) {
        int blocks = rows / EightRows.ROWS;
        begin(out, rows, panel, 1);
        for (int from = 0; from < k; from += SLICE) {
            int depth = Math.min(SLICE, k - from);
            long w = floats(slice(panel, from), depth, worker);
            for (int b = 0; b < blocks; b++) {
                int row = b * EightRows.ROWS;
                int at = row * k + from * EightRows.ROWS;
                long to = out.at(row, panel * COLUMNS);
                for (int p = 0; p < HALF_ROW; p += V) {
                    EightRows.run(x, at, w + p, to + p, out.stride(), depth);
                }
            }
            rest(x, blocks * EightRows.ROWS, rows, w, out, panel, from);
        }
    }

    /** The rows that make no block of eight, with a slice of floats. */
    private void rest(float[] x, int row, int rows, long w, Place out, int panel, int from) {
        int depth = Math.min(SLICE, k - from);
        while (row < rows) {
            int block = RowBlocks.next(rows - row, rows);
            long to = out.at(row, panel * COLUMNS);
            int at = row * k + from * block;
            for (int p = 0; p < HALF_ROW; p += V) {
                FloatPanels.multiply(block, 1, x, at, w + p, 0, to + p, out.stride(), depth);
            }
            row += block;
        }
    }

    /** A slice as floats, [depth][32]: itself, or widened into the worker's memory. */
    abstract long floats(long slice, int depth, Worker worker);

    /**
     * A block of rows with 2 L columns of some panels, added to what out holds.
     *
     * @param w address of the first panel's columns
     * @param next bytes from one panel to the next
     */
    abstract void product(
            int rows,
            int panels,
            float[] x,
            int at,
            long w,
            long next,
            long out,
            long stride,
            int depth);
}
