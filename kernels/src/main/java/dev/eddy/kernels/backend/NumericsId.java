package dev.eddy.kernels.backend;

import dev.eddy.kernels.tensor.DType;
import java.util.Locale;

/** The names of arithmetics whose results are equal by bits. */
public final class NumericsId {
    /** Raised by hand whenever a change alters any bit that the CPU backends compute. */
    private static final int VERSION = 2;

    private NumericsId() {}

    /**
     * The arithmetic of the reference backend, which all of the cpu backend's kernels share, in
     * Java and in C, on every instruction set.
     */
    public static String ieee(WeightType weights, DType state) {
        return "ieee-v"
                + VERSION
                + "/w="
                + weights.label()
                + "/s="
                + state.name().toLowerCase(Locale.ROOT);
    }
}
