package dev.eddy.kernels.backend;

import dev.eddy.kernels.tensor.DType;
import java.util.Locale;

/** The names of arithmetics whose results are equal by bits. */
public final class NumericsId {
    /** Raised by hand whenever a change alters any bit that the CPU backends compute. */
    private static final int VERSION = 1;

    private NumericsId() {}

    /**
     * The arithmetic of the reference backend, which the cpu backend's Java kernels share on every
     * instruction set.
     */
    public static String ieee(DType weights, DType state) {
        return "ieee-v"
                + VERSION
                + "/w="
                + weights.name().toLowerCase(Locale.ROOT)
                + "/s="
                + state.name().toLowerCase(Locale.ROOT);
    }
}
