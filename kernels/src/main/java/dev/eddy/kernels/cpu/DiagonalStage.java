package dev.eddy.kernels.cpu;

import org.jspecify.annotations.Nullable;

/**
 * The diagonal recurrence over the batch: a unit is a block of one entry's channels, whose modes
 * stay in the first cache from the entry's first element to its last.
 */
final class DiagonalStage extends ScanStage {
    /** Channels of a unit: a multiple of what one piece of state holds, 16 or 32. */
    private static final int BLOCK = 64;

    /** The same where a unit is one call of the library, for which it has to last. */
    private static final int NATIVE_BLOCK = 128;

    /** Nanoseconds an element of the state. */
    private static final double COST = 0.4;

    private static final double NATIVE_COST = 0.15;

    /**
     * What the operator reads and writes.
     *
     * @param a address of [D / 16, N, 16]
     * @param h offset of the state within a slot
     * @param halves whether the state is bfloat16, [D / 32, N, 16 pairs], or float, [D / 16, N, 16]
     */
    record Arguments(
            Place x,
            Place dt,
            Place b,
            Place c,
            Place out,
            int channels,
            int modes,
            long a,
            long h,
            boolean halves) {}

    private final Arguments arguments;
    private final @Nullable NativeScans library;

    /**
     * @param library what computes on states in floats; null: Java
     */
    DiagonalStage(Arguments arguments, @Nullable NativeScans library, RowOp[] tail) {
        super(
                arguments.out(),
                arguments.channels(),
                isNative(arguments, library) ? NATIVE_BLOCK : BLOCK,
                (isNative(arguments, library) ? NATIVE_COST : COST) * arguments.modes(),
                tail);
        this.arguments = arguments;
        this.library = isNative(arguments, library) ? library : null;
    }

    private static boolean isNative(Arguments arguments, @Nullable NativeScans library) {
        return library != null && !arguments.halves();
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        long h = batch.slot(entry) + arguments.h();
        int row = batch.offset(entry);
        int rows = batch.length(entry);
        if (library != null) {
            library.diagonal(arguments, h, row, rows, from, to - from);
            return;
        }
        for (int column = from; column < to; column += arguments.halves() ? 32 : 16) {
            if (arguments.halves()) {
                DiagonalKernels.halves(arguments, h, row, rows, column, worker.passes);
            } else {
                DiagonalKernels.floats(arguments, h, row, rows, column, worker.passes);
            }
        }
    }
}
