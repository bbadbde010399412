package dev.eddy.kernels.cpu;

import org.jspecify.annotations.Nullable;

/** The matrix state with decay over the batch: a unit is one entry's head. */
final class MatrixStage extends ScanStage {
    /** Nanoseconds an element of the state. */
    private static final double COST = 0.1;

    /**
     * What the operator reads and writes.
     *
     * @param second laid out as the first write, or null
     * @param bonus address of [H, K], 0 for none
     * @param columns V, of a head
     * @param decays numbers of decay a head: 1, or one a key, or one a column
     * @param perColumn whether the decay goes by the column
     * @param s the state, [H][V / 32][K][32]
     */
    record Arguments(
            Place q,
            Place k,
            Place v,
            Place decay,
            @Nullable Second second,
            long bonus,
            Place out,
            int heads,
            int groups,
            int keys,
            int columns,
            int decays,
            boolean perColumn,
            StateTiles s) {
        /** A second write in the same element. */
        record Second(Place k, Place v) {}
    }

    private final Arguments arguments;
    private final int tiles;

    MatrixStage(Arguments arguments, RowOp[] tail) {
        super(
                arguments.out(),
                arguments.heads() * arguments.columns(),
                arguments.columns(),
                COST * arguments.keys(),
                tail);
        this.arguments = arguments;
        tiles = StateTiles.count(arguments.columns());
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        int head = from / arguments.columns();
        long slot = batch.slot(entry);
        for (int tile = 0; tile < tiles; tile++) {
            long s = arguments.s().open(slot, head * tiles + tile, worker);
            int row = batch.offset(entry);
            MatrixKernels.run(
                    arguments, s, head, tile * StateTiles.COLUMNS, row, batch.length(entry));
            arguments.s().close(slot, head * tiles + tile, worker);
        }
    }
}
