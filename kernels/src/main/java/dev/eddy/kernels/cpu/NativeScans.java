package dev.eddy.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The recurrences of one variant of the C library; their bits are those of the Java kernels. */
final class NativeScans {
    private final MethodHandle diagonal;

    NativeScans(NativeKernels.Variant variant, SymbolLookup library) {
        diagonal =
                NativeKernels.find(
                        library,
                        variant.label() + "_diagonal",
                        FunctionDescriptor.ofVoid(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                JAVA_INT, JAVA_INT, JAVA_INT));
    }

    /** As {@link DiagonalKernels#floats} for each sixteen of {@code channels}. */
    void diagonal(
            DiagonalStage.Arguments s, long state, int row, int rows, int column, int channels) {
        long block = 4L * column * s.modes();
        try {
            diagonal.invokeExact(
                    s.x().at(row, column),
                    s.x().stride() / Float.BYTES,
                    s.dt().at(row, column),
                    s.dt().stride() / Float.BYTES,
                    s.b().at(row, 0),
                    s.b().stride() / Float.BYTES,
                    s.c().at(row, 0),
                    s.c().stride() / Float.BYTES,
                    s.out().at(row, column),
                    s.out().stride() / Float.BYTES,
                    s.a() + block,
                    state + block,
                    rows,
                    Math.ceilDiv(channels, BlockedState.CHANNELS),
                    s.modes());
        } catch (Throwable e) {
            throw NativeKernels.failed(e);
        }
    }
}
