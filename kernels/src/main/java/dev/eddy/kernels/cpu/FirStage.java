package dev.eddy.kernels.cpu;

/**
 * The FIR ring over the batch: a unit is a block of one entry's channels. The ring [K - 1, C] is
 * kept as a ring: the row of the element that a slot absorbed as its a-th is a mod (K - 1).
 */
final class FirStage extends Stage {
    private static final int BLOCK = 256;

    /** Nanoseconds a row, channel and tap. */
    private static final double COST = 0.1;

    /**
     * What the operator reads and writes.
     *
     * @param taps address of [K, C padded]
     * @param bias address of [C padded], 0 for none
     * @param ring offset of the ring within a slot
     * @param rowBytes from one row of taps or ring to the next
     */
    record Arguments(
            Place x,
            Place out,
            int width,
            int order,
            long taps,
            long bias,
            long ring,
            long rowBytes) {}

    private final Arguments arguments;
    private final int blocks;

    FirStage(Arguments arguments, RowOp[] tail) {
        super(tail);
        this.arguments = arguments;
        blocks = Math.ceilDiv(arguments.width(), BLOCK);
    }

    @Override
    int units(Batch batch) {
        return batch.entries() * blocks;
    }

    @Override
    long cost(Batch batch) {
        Arguments a = arguments;
        return (long) (COST * batch.step().rows() * a.width() * (a.order() + 8));
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            int entry = unit / blocks;
            int column = unit % blocks * BLOCK;
            int end = Math.min(column + BLOCK, arguments.width());
            int row = batch.offset(entry);
            int rows = batch.length(entry);
            if (batch.absorbed(entry) == 0) {
                Masking.zero(arguments.out(), row, rows, column, end);
            } else {
                FirKernels.run(
                        arguments,
                        batch.slot(entry) + arguments.ring(),
                        batch.age(entry),
                        row,
                        rows,
                        column,
                        end);
            }
            finish(batch, worker, row, row + rows, column, end);
        }
    }
}
