package dev.eddy.kernels.backend;

import dev.eddy.kernels.tensor.DType;
import java.util.Locale;

/** The names of arithmetics whose results are equal by bits. */
public final class NumericsId {
    /**
     * Raised by hand whenever a change alters any bit that the CPU backends compute, be it of one
     * architecture's program.
     */
    private static final int VERSION = 4;

    /** The same for products on tensor cores. */
    private static final int TENSOR_VERSION = 5;

    private NumericsId() {}

    /**
     * The arithmetic of the reference backend, which all of the cpu backend's kernels share, in
     * Java and in C, on every instruction set.
     *
     * @param weights {@link WeightType#resolved resolved}
     */
    public static String ieee(WeightType weights, DType state) {
        return named("ieee-v" + VERSION, weights, state);
    }

    /**
     * The arithmetic of tensor cores (mma.sync, wgmma): products of bfloat16 operands, the rest as
     * {@link #ieee}. Which card computes them is part of it: no standard says how it adds.
     *
     * @param architecture the card's compute capability, as 90 for 9.0
     */
    public static String tensorCores(int architecture, WeightType weights, DType state) {
        return named("mma-sm" + architecture + "-v" + TENSOR_VERSION, weights, state);
    }

    private static String named(String arithmetic, WeightType weights, DType state) {
        return arithmetic + "/w=" + weights.label() + "/s=" + state.name().toLowerCase(Locale.ROOT);
    }
}
