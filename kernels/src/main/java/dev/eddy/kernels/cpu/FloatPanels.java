package dev.eddy.kernels.cpu;

/** Panels of floats, [K][32]. */
final class FloatPanels extends Panels {
    /** Bytes of one depth. */
    static final int ROW_BYTES = 4 * COLUMNS;

    FloatPanels(long address, int k) {
        super(address, k);
    }

    @Override
    int rowBytes() {
        return ROW_BYTES;
    }

    @Override
    void one(float[] x, long w, long w2, long out, long out2) {
        FloatKernels.one(x, 0, w, w2, out, out2, depth(), true);
    }

    @Override
    void slice(float[] x, int rows, int panel, int from, int depth, Place out, Worker worker) {
        long w = panel(panel) + (long) from * ROW_BYTES;
        blocks(x, rows, depth(), w, out, panel, from, depth);
    }

    /**
     * All rows with a slice of floats.
     *
     * @param k depth of the whole product, by which x is packed
     * @param w address of [depth][32]
     */
    static void blocks(
            float[] x, int rows, int k, long w, Place out, int panel, int from, int depth) {
        boolean first = from == 0;
        for (int row = 0; row < rows; ) {
            int block = RowBlocks.next(rows - row);
            int at = row * k + from * block;
            long to = out.at(row, panel * COLUMNS);
            for (int p = 0; p < HALF_ROW; p += V) {
                block(block, x, at, w + p, to + p, out.stride(), depth, first);
            }
            row += block;
        }
    }

    private static void block(
            int rows, float[] x, int at, long w, long out, long stride, int depth, boolean first) {
        switch (rows) {
            case 8 -> FloatKernels.eight(x, at, w, out, stride, depth, first);
            case 4 -> FloatKernels.four(x, at, w, out, stride, depth, first);
            case 2 -> FloatKernels.two(x, at, w, out, stride, depth, first);
            default -> FloatKernels.one(x, at, w, w, out, out, depth, first);
        }
    }
}
