package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.INTS;

import jdk.incubator.vector.IntVector;

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
        for (int p = 0; p < HALF_ROW; p += V) {
            widen(slice + p, worker.panel + p, depth);
        }
        return worker.panel;
    }

    private static void widen(long pairs, long to, int depth) {
        for (int k = 0; k < depth; k++) {
            long at = to + (long) k * FloatPanels.ROW_BYTES;
            IntVector both =
                    IntVector.fromMemorySegment(INTS, ALL, pairs + (long) k * ROW_BYTES, ORDER);
            VectorHalves.low(both).intoMemorySegment(ALL, at, ORDER);
            VectorHalves.high(both).intoMemorySegment(ALL, at + HALF_ROW, ORDER);
        }
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
            int depth,
            boolean first) {
        switch (rows) {
            case 4 -> {
                if (panels == 3) {
                    HalfKernels.fourByThree(x, at, w, next, out, stride, depth, first);
                } else {
                    HalfKernels.fourByOne(x, at, w, out, stride, depth, first);
                }
            }
            case 2 -> {
                if (panels == 3) {
                    HalfKernels.twoByThree(x, at, w, next, out, stride, depth, first);
                } else {
                    HalfKernels.twoByOne(x, at, w, out, stride, depth, first);
                }
            }
            default -> {
                switch (panels) {
                    case 6 -> HalfKernels.oneBySix(x, at, w, next, out, stride, depth, first);
                    case 3 -> HalfKernels.oneByThree(x, at, w, next, out, stride, depth, first);
                    default -> HalfKernels.oneByOne(x, at, w, out, stride, depth, first);
                }
            }
        }
    }
}
