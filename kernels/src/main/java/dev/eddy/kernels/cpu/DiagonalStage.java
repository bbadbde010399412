package dev.eddy.kernels.cpu;

/**
 * The diagonal recurrence over the batch: a unit is a block of one entry's channels, whose modes
 * stay in the first cache from the entry's first element to its last.
 */
final class DiagonalStage extends Stage {
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
    private final int blocks;

    DiagonalStage(Arguments arguments, RowOp[] tail) {
        super(tail);
        this.arguments = arguments;
        blocks = Math.ceilDiv(arguments.channels(), BLOCK);
    }

    @Override
    int units(Batch batch) {
        return batch.entries() * blocks;
    }

    @Override
    long cost(Batch batch) {
        return (long) (COST * batch.step().rows() * arguments.channels() * arguments.modes());
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            int entry = unit / blocks;
            int column = unit % blocks * BLOCK;
            int end = Math.min(column + BLOCK, arguments.channels());
            int row = batch.offset(entry);
            int rows = batch.length(entry);
            if (batch.absorbed(entry) == 0) {
                Masking.zero(arguments.out(), row, rows, column, end);
            } else {
                scan(batch.slot(entry) + arguments.h(), row, rows, column, end);
            }
            finish(batch, worker, row, row + rows, column, end);
        }
    }

    private void scan(long h, int row, int rows, int from, int to) {
        for (int column = from; column < to; column += arguments.halves() ? 32 : 16) {
            if (arguments.halves()) {
                DiagonalKernels.halves(arguments, h, row, rows, column);
            } else {
                DiagonalKernels.floats(arguments, h, row, rows, column);
            }
        }
    }
}
