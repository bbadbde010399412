package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.INTS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.eddy.kernels.numerics.Halves;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The vector twin of {@link Halves}, and bfloat16 numbers in pairs: an int holds column j in its
 * low half and column j + 16 in its high half, so that widening takes a shift and a mask.
 */
final class VectorHalves {
    private static final int HIGH = 0xffff0000;
    private static final int QUIET = 0x00400000;

    private VectorHalves() {}

    /** Replaces a vector at {@code at} by its round trip through bfloat16. */
    static void round(long at) {
        FloatVector x = fromMemorySegment(FLOATS, ALL, at, ORDER);
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(LSHR, 16).and(1);
        IntVector rounded = bits.add(0x7fff).add(odd).and(HIGH);
        IntVector nan = bits.and(HIGH).or(QUIET);
        rounded.blend(nan, x.compare(NE, x).cast(INTS)).intoMemorySegment(ALL, at, ORDER);
    }

    /** Rounds a vector and its twin. */
    static void roundTwins(long at) {
        round(at);
        round(at + TWIN);
    }

    /** Widens sixteen pairs to 32 columns. */
    static void widen(long pairs, long to) {
        for (long p = 0; p < TWIN; p += 4L * L) {
            IntVector both = IntVector.fromMemorySegment(INTS, ALL, pairs + p, ORDER);
            both.lanewise(LSHL, 16).intoMemorySegment(ALL, to + p, ORDER);
            both.and(HIGH).intoMemorySegment(ALL, to + p + TWIN, ORDER);
        }
    }

    /** Pairs 32 columns of rounded numbers. */
    static void pair(long from, long pairs) {
        for (long p = 0; p < TWIN; p += 4L * L) {
            IntVector low = IntVector.fromMemorySegment(INTS, ALL, from + p, ORDER);
            IntVector high = IntVector.fromMemorySegment(INTS, ALL, from + p + TWIN, ORDER);
            low.lanewise(LSHR, 16).or(high).intoMemorySegment(ALL, pairs + p, ORDER);
        }
    }
}
