package dev.eddy.kernels.cpu;

/**
 * The diagonal recurrence over the batch: a unit is a block of one entry's channels, whose modes
 * stay in the first cache from the entry's first element to its last.
 */
final class DiagonalStage extends ScanStage {
    /** Channels of a unit: a multiple of what one piece of state holds, 16 or 32. */
    private static final int BLOCK = 64;

    /** Nanoseconds an element of the state. */
    private static final double COST = 0.4;

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

    DiagonalStage(Arguments arguments, RowOp[] tail) {
        super(arguments.out(), arguments.channels(), BLOCK, COST * arguments.modes(), tail);
        this.arguments = arguments;
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        long h = batch.slot(entry) + arguments.h();
        int row = batch.offset(entry);
        int rows = batch.length(entry);
        for (int column = from; column < to; column += arguments.halves() ? 32 : 16) {
            if (arguments.halves()) {
                DiagonalKernels.halves(arguments, h, row, rows, column, worker.passes);
            } else {
                DiagonalKernels.floats(arguments, h, row, rows, column, worker.passes);
            }
        }
    }
}
