package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.INTS;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.eddy.kernels.numerics.Integers;
import jdk.incubator.vector.IntVector;

/** The vector twin of {@link Integers#largest}. */
final class Rounding {
    private static final int SIZE = 0x7fffffff;

    private Rounding() {}

    /** The bits of the largest |x| of {@code count} floats. */
    static int largest(long x, int count) {
        IntVector largest = IntVector.zero(INTS);
        int whole = INTS.loopBound(count);
        for (int i = 0; i < whole; i += INTS.length()) {
            IntVector bits = IntVector.fromMemorySegment(INTS, ALL, x + 4L * i, ORDER);
            largest = bits.and(SIZE).max(largest);
        }
        int most = largest.reduceLanes(MAX);
        for (int i = whole; i < count; i++) {
            most = Math.max(most, ALL.get(OffHeap.INT, x + 4L * i) & SIZE);
        }
        return most;
    }
}
