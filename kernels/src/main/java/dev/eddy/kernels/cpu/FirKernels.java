package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The FIR's arithmetic for one entry: a vector of channels at a time walks the entry's rows, each
 * output one FMA chain over the taps, oldest first.
 */
final class FirKernels {
    private static final int L = FLOATS.length();

    private FirKernels() {}

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
    }

    /**
     * Computes columns {@code from} to {@code to - 1} of {@code rows} rows, then enters the last
     * rows into the ring.
     *
     * @param ring address of the slot's ring
     * @param age how many elements the slot has absorbed
     */
    static void run(
            FirStage.Arguments a, long ring, long age, int row, int rows, int from, int to) {
        long stride = a.rowBytes();
        int order = a.order();
        for (int column = from; column < to; column += L) {
            long c = 4L * column;
            long x = a.x().at(row, column);
            long out = a.out().at(row, column);
            long bias = a.bias() == 0 ? 0 : a.bias() + c;
            if (order == 4) {
                four(
                        x,
                        a.x().stride(),
                        ring + c,
                        stride,
                        age,
                        a.taps() + c,
                        bias,
                        out,
                        a.out().stride(),
                        rows);
            } else {
                any(
                        order,
                        x,
                        a.x().stride(),
                        ring + c,
                        stride,
                        age,
                        a.taps() + c,
                        bias,
                        out,
                        a.out().stride(),
                        rows);
            }
        }
        int kept = order - 1;
        for (int t = Math.max(0, rows - kept); t < rows; t++) {
            long target = ring + (age + t) % kept * stride;
            Elements.copy(a.x().at(row + t, from), target + 4L * from, to - from);
        }
    }

    private static FloatVector start(long bias) {
        return bias == 0 ? FloatVector.zero(FLOATS) : load(bias);
    }

    /** Four taps: the last three elements and the taps stay in registers. */
    private static void four(
            long x,
            long xStride,
            long ring,
            long stride,
            long age,
            long taps,
            long bias,
            long out,
            long outStride,
            int rows) {
        FloatVector start = start(bias);
        FloatVector tap0 = load(taps);
        FloatVector tap1 = load(taps + stride);
        FloatVector tap2 = load(taps + 2 * stride);
        FloatVector tap3 = load(taps + 3 * stride);
        FloatVector x0 = load(ring + age % 3 * stride);
        FloatVector x1 = load(ring + (age + 1) % 3 * stride);
        FloatVector x2 = load(ring + (age + 2) % 3 * stride);
        for (int t = 0; t < rows; t++) {
            FloatVector x3 = load(x + t * xStride);
            FloatVector acc = tap0.fma(x0, start);
            acc = tap1.fma(x1, acc);
            acc = tap2.fma(x2, acc);
            acc = tap3.fma(x3, acc);
            acc.intoMemorySegment(ALL, out + t * outStride, ORDER);
            x0 = x1;
            x1 = x2;
            x2 = x3;
        }
    }

    private static void any(
            int order,
            long x,
            long xStride,
            long ring,
            long stride,
            long age,
            long taps,
            long bias,
            long out,
            long outStride,
            int rows) {
        int kept = order - 1;
        for (int t = 0; t < rows; t++) {
            FloatVector acc = start(bias);
            int fromRing = Math.max(0, kept - t);
            // The oldest of the last K - 1 elements was the slot's (age + t - kept)-th.
            int at = kept == 0 ? 0 : (int) ((age + t) % kept);
            for (int j = 0; j < fromRing; j++) {
                acc = load(taps + j * stride).fma(load(ring + at * stride), acc);
                at = at + 1 == kept ? 0 : at + 1;
            }
            for (int j = fromRing; j < order; j++) {
                FloatVector now = load(x + (t - kept + j) * xStride);
                acc = load(taps + j * stride).fma(now, acc);
            }
            acc.intoMemorySegment(ALL, out + t * outStride, ORDER);
        }
    }
}
