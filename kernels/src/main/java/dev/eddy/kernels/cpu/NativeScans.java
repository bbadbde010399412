package dev.eddy.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The recurrences of one variant of the C library; their bits are those of the Java kernels. */
final class NativeScans {
    private final MethodHandle diagonal;
    private final MethodHandle matrix;
    private final MethodHandle delta;

    NativeScans(NativeKernels.Variant variant, SymbolLookup library) {
        diagonal = NativeKernels.find(library, variant.label() + "_diagonal", type(12, 3));
        matrix = NativeKernels.find(library, variant.label() + "_matrix", type(11, 4));
        delta = NativeKernels.find(library, variant.label() + "_delta", type(15, 4));
    }

    /** Addresses and strides, then numbers. */
    private static FunctionDescriptor type(int longs, int ints) {
        List<MemoryLayout> all = new ArrayList<>(Collections.nCopies(longs, JAVA_LONG));
        all.addAll(Collections.nCopies(ints, JAVA_INT));
        return FunctionDescriptor.ofVoid(all.toArray(MemoryLayout[]::new));
    }

    private static long floats(Place place) {
        return place.stride() / Float.BYTES;
    }

    /** As {@link DiagonalKernels#floats} for each sixteen of {@code channels}. */
    void diagonal(
            DiagonalStage.Arguments s, long state, int row, int rows, int column, int channels) {
        long block = 4L * column * s.modes();
        try {
            diagonal.invokeExact(
                    s.x().at(row, column),
                    floats(s.x()),
                    s.dt().at(row, column),
                    floats(s.dt()),
                    s.b().at(row, 0),
                    floats(s.b()),
                    s.c().at(row, 0),
                    floats(s.c()),
                    s.out().at(row, column),
                    floats(s.out()),
                    s.a() + block,
                    state + block,
                    rows,
                    Math.ceilDiv(channels, BlockedState.CHANNELS),
                    s.modes());
        } catch (Throwable e) {
            throw NativeKernels.failed(e);
        }
    }

    /** As {@link MatrixScan} of a plain state in floats, with decay by head or by key. */
    void matrix(MatrixScan s, long tile, int head, int column, int row, int rows) {
        int value = head * s.columns() + column;
        try {
            matrix.invokeExact(
                    s.q().at(row, s.key(head)),
                    floats(s.q()),
                    s.k().at(row, s.key(head)),
                    floats(s.k()),
                    s.v().at(row, value),
                    floats(s.v()),
                    s.decay().at(row, head * s.decays()),
                    floats(s.decay()),
                    s.out().at(row, value),
                    floats(s.out()),
                    tile,
                    rows,
                    s.keys(),
                    Math.min(StateTiles.COLUMNS, s.columns() - column),
                    s.decays() == 1 ? 0 : 1);
        } catch (Throwable e) {
            throw NativeKernels.failed(e);
        }
    }

    /** As {@link DeltaScan} of a state in floats. */
    void delta(DeltaScan s, long tile, int head, int column, int row, int rows) {
        int key = head * s.keys();
        int value = head * s.columns() + column;
        try {
            delta.invokeExact(
                    s.q().at(row, key),
                    floats(s.q()),
                    s.k().at(row, key),
                    floats(s.k()),
                    s.v().at(row, value),
                    floats(s.v()),
                    s.decay().at(row, head * s.decays()),
                    floats(s.decay()),
                    s.a().at(row, key),
                    floats(s.a()),
                    s.b().at(row, key),
                    floats(s.b()),
                    s.out().at(row, value),
                    floats(s.out()),
                    tile,
                    rows,
                    s.keys(),
                    Math.min(StateTiles.COLUMNS, s.columns() - column),
                    s.decays() == 1 ? 0 : 1);
        } catch (Throwable e) {
            throw NativeKernels.failed(e);
        }
    }
}
