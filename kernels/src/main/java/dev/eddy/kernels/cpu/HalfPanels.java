package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.INTS;

import jdk.incubator.vector.IntVector;

/** Panels of bfloat16 pairs, [K][16] ints of column j and column j + 16. */
final class HalfPanels extends Panels {
    /** Bytes of one depth. */
    static final int ROW_BYTES = 2 * COLUMNS;

    /** From this many rows on a slice is widened once instead of in every block. */
    private static final int WIDEN_ROWS = 32;

    HalfPanels(long address, int k) {
        super(address, k);
    }

    @Override
    int rowBytes() {
        return ROW_BYTES;
    }

    @Override
    void one(float[] x, long w, long w2, long out, long out2) {
        HalfKernels.one(x, 0, w, w2, out, out2, depth(), true);
    }

    @Override
    void slice(float[] x, int rows, int panel, int from, int depth, Place out, Worker worker) {
        long w = panel(panel) + (long) from * ROW_BYTES;
        if (rows >= WIDEN_ROWS) {
            widen(w, worker.panel, depth);
            FloatPanels.blocks(x, rows, depth(), worker.panel, out, panel, from, depth);
            return;
        }
        boolean first = from == 0;
        for (int row = 0; row < rows; ) {
            int block = RowBlocks.next(rows - row);
            int at = row * depth() + from * block;
            long to = out.at(row, panel * COLUMNS);
            for (int p = 0; p < HALF_ROW; p += V) {
                block(block, x, at, w + p, to + p, out.stride(), depth, first);
            }
            row += block;
        }
    }

    private static void widen(long pairs, long to, int depth) {
        for (int p = 0; p < HALF_ROW; p += V) {
            for (int k = 0; k < depth; k++) {
                long from = pairs + (long) k * ROW_BYTES + p;
                long target = to + (long) k * FloatPanels.ROW_BYTES + p;
                IntVector both = IntVector.fromMemorySegment(INTS, ALL, from, ORDER);
                VectorHalves.low(both).intoMemorySegment(ALL, target, ORDER);
                VectorHalves.high(both).intoMemorySegment(ALL, target + HALF_ROW, ORDER);
            }
        }
    }

    private static void block(
            int rows, float[] x, int at, long w, long out, long stride, int depth, boolean first) {
        switch (rows) {
            case 8 -> HalfKernels.eight(x, at, w, out, stride, depth, first);
            case 4 -> HalfKernels.four(x, at, w, out, stride, depth, first);
            case 2 -> HalfKernels.two(x, at, w, out, stride, depth, first);
            default -> HalfKernels.one(x, at, w, w, out, out, depth, first);
        }
    }
}
