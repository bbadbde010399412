package dev.eddy.kernels.cpu;

/** The matrix state with decay over the batch: a unit is one entry's head. */
final class MatrixStage extends Stage {
    /** Nanoseconds an element of the state. */
    private static final double COST = 0.1;

    /**
     * What the operator reads and writes.
     *
     * @param decays numbers of decay a head: 1, or one a key
     * @param s offset of the state within a slot
     * @param halves whether the state is bfloat16, [H, K, V / 32, 16 pairs], or float, [H, K, V]
     */
    record Arguments(
            Place q,
            Place k,
            Place v,
            Place decay,
            Place out,
            int heads,
            int groups,
            int keys,
            int columns,
            int decays,
            long s,
            boolean halves) {
        /** Bytes of one key's row of the state. */
        long rowBytes() {
            return halves ? 2L * OffHeap.round(columns, 32) : 4L * OffHeap.round(columns, 16);
        }
    }

    private final Arguments arguments;

    MatrixStage(Arguments arguments, RowOp[] tail) {
        super(tail);
        this.arguments = arguments;
    }

    @Override
    int units(Batch batch) {
        return batch.entries() * arguments.heads();
    }

    @Override
    long cost(Batch batch) {
        Arguments a = arguments;
        return (long) (COST * batch.step().rows() * a.heads() * a.keys() * a.columns());
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        Arguments a = arguments;
        for (int unit = from; unit < to; unit++) {
            int entry = unit / a.heads();
            int head = unit % a.heads();
            int row = batch.offset(entry);
            int rows = batch.length(entry);
            int column = head * a.columns();
            if (batch.absorbed(entry) == 0) {
                Masking.zero(a.out(), row, rows, column, column + a.columns());
            } else {
                MatrixKernels.run(a, batch.slot(entry) + a.s(), head, row, rows);
            }
            finish(batch, worker, row, row + rows, column, column + a.columns());
        }
    }
}
