package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.VectorFunctions.INTS;
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

    /** Every lane after a round trip through bfloat16. */
    static FloatVector round(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(LSHR, 16).and(1);
        IntVector rounded = bits.add(0x7fff).add(odd).and(HIGH);
        IntVector nan = bits.and(HIGH).or(QUIET);
        return rounded.blend(nan, x.compare(NE, x).cast(INTS)).reinterpretAsFloats();
    }

    /** The low halves of pairs, widened. */
    static FloatVector low(IntVector pairs) {
        return pairs.lanewise(LSHL, 16).reinterpretAsFloats();
    }

    /** The high halves of pairs, widened. */
    static FloatVector high(IntVector pairs) {
        return pairs.and(HIGH).reinterpretAsFloats();
    }

    /** Pairs of rounded numbers. */
    static IntVector pairs(FloatVector low, FloatVector high) {
        return low.reinterpretAsInts().lanewise(LSHR, 16).or(high.reinterpretAsInts());
    }
}
