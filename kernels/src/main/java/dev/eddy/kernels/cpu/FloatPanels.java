package dev.eddy.kernels.cpu;

/** Panels of floats, [K][32]. */
final class FloatPanels extends ChainPanels {
    /** Bytes of one depth. */
    static final int ROW_BYTES = 4 * COLUMNS;

    FloatPanels(long address, int k) {
        super(address, k, ROW_BYTES);
    }

    @Override
    long floats(long slice, int depth, Worker worker) {
        return slice;
    }

    @Override
    void product(
            int rows,
            int panels,
            float[] x,
            int at,
            long w,
            long next,
            long out,
            long stride,
            int depth) {
        multiply(rows, panels, x, at, w, next, out, stride, depth);
    }

    /** {@link #product} of any floats in that order. */
    static void multiply(
            int rows,
            int panels,
            float[] x,
            int at,
            long w,
            long next,
            long out,
            long stride,
            int depth) {
        switch (rows) {
            case 4 -> {
                if (panels == 3) {
                    FloatKernels.fourByThree(x, at, w, next, out, stride, depth);
                } else {
                    FloatKernels.fourByOne(x, at, w, out, stride, depth);
                }
            }
            case 2 -> {
                if (panels == 3) {
                    FloatKernels.twoByThree(x, at, w, next, out, stride, depth);
                } else {
                    FloatKernels.twoByOne(x, at, w, out, stride, depth);
                }
            }
            default -> {
                switch (panels) {
                    case 6 -> FloatKernels.oneBySix(x, at, w, next, out, stride, depth);
                    case 3 -> FloatKernels.oneByThree(x, at, w, next, out, stride, depth);
                    default -> FloatKernels.oneByOne(x, at, w, out, stride, depth);
                }
            }
        }
    }
}
