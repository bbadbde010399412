package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * The FIR's arithmetic for one entry: a vector of channels at a time walks the entry's rows, each
 * output one FMA chain over the taps, oldest first.
 */
final class FirKernels {
    private static final int L = FLOATS.length();

    private FirKernels() {}

    /**
     * Computes columns {@code from} to {@code to - 1} of {@code rows} rows, then enters the last
     * rows into the ring.
     *
     * @param ring address of the slot's ring
     * @param age how many elements the slot has absorbed
     * @param zeros address of room for a vector
     */
    static void run(
            FirStage.Arguments a,
            long ring,
            long age,
            int row,
            int rows,
            int from,
            int to,
            long zeros) {
        Elements.fill(0f, zeros, L);
        long stride = a.rowBytes();
        int order = a.order();
        for (int column = from; column < to; column += L) {
            long c = 4L * column;
            long x = a.x().at(row, column);
            long out = a.out().at(row, column);
            long bias = a.bias() == 0 ? zeros : a.bias() + c;
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
        FloatVector start = fromMemorySegment(FLOATS, ALL, bias, ORDER);
        FloatVector tap0 = fromMemorySegment(FLOATS, ALL, taps, ORDER);
        FloatVector tap1 = fromMemorySegment(FLOATS, ALL, taps + stride, ORDER);
        FloatVector tap2 = fromMemorySegment(FLOATS, ALL, taps + 2 * stride, ORDER);
        FloatVector tap3 = fromMemorySegment(FLOATS, ALL, taps + 3 * stride, ORDER);
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, ring + age % 3 * stride, ORDER);
        FloatVector x1 = fromMemorySegment(FLOATS, ALL, ring + (age + 1) % 3 * stride, ORDER);
        FloatVector x2 = fromMemorySegment(FLOATS, ALL, ring + (age + 2) % 3 * stride, ORDER);
        for (int t = 0; t < rows; t++) {
            FloatVector x3 = fromMemorySegment(FLOATS, ALL, x + t * xStride, ORDER);
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
            FloatVector acc = fromMemorySegment(FLOATS, ALL, bias, ORDER);
            int fromRing = Math.max(0, kept - t);
            // The oldest of the last K - 1 elements was the slot's (age + t - kept)-th.
            int at = kept == 0 ? 0 : (int) ((age + t) % kept);
            for (int j = 0; j < fromRing; j++) {
                acc =
                        fromMemorySegment(FLOATS, ALL, taps + j * stride, ORDER)
                                .fma(
                                        fromMemorySegment(FLOATS, ALL, ring + at * stride, ORDER),
                                        acc);
                at = at + 1 == kept ? 0 : at + 1;
            }
            for (int j = fromRing; j < order; j++) {
                FloatVector now =
                        fromMemorySegment(FLOATS, ALL, x + (t - kept + j) * xStride, ORDER);
                acc = fromMemorySegment(FLOATS, ALL, taps + j * stride, ORDER).fma(now, acc);
            }
            acc.intoMemorySegment(ALL, out + t * outStride, ORDER);
        }
    }
}
