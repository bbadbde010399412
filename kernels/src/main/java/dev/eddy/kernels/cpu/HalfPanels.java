package dev.eddy.kernels.cpu;

/**
 * Panels of bfloat16 factors, [K][16] ints of column j and column j + 16, depths 2 i and 2 i + 1
 * exchanged.
 */
final class HalfPanels extends ChainPanels {
    /** Bytes of one depth. */
    static final int ROW_BYTES = 2 * COLUMNS;

    HalfPanels(long address, int k) {
        super(address, k, ROW_BYTES);
    }

    /** For many rows a slice is widened once instead of in every block. */
    @Override
    long floats(long slice, int depth, Worker worker) {
        for (int k = 0; k < depth; k++) {
            long at = worker.panel + (long) k * FloatPanels.ROW_BYTES;
            VectorHalves.widen(slice + (long) k * ROW_BYTES, at);
        }
        return worker.panel;
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
        switch (rows) {
            case 4 -> {
                if (panels == 3) {
                    HalfKernels.fourByThree(x, at, w, next, out, stride, depth);
                } else {
                    HalfKernels.fourByOne(x, at, w, out, stride, depth);
                }
            }
            case 2 -> {
                if (panels == 3) {
                    HalfKernels.twoByThree(x, at, w, next, out, stride, depth);
                } else {
                    HalfKernels.twoByOne(x, at, w, out, stride, depth);
                }
            }
            default -> {
                switch (panels) {
                    case 6 -> HalfKernels.oneBySix(x, at, w, next, out, stride, depth);
                    case 3 -> HalfKernels.oneByThree(x, at, w, next, out, stride, depth);
                    default -> HalfKernels.oneByOne(x, at, w, out, stride, depth);
                }
            }
        }
    }
}
