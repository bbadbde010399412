package dev.eddy.kernels.cpu;

/**
 * The matrix state with a diagonal-plus-low-rank transition over the batch: a unit is one entry's
 * head.
 */
final class DeltaStage extends ScanStage {
    /** Nanoseconds an element of the state. */
    private static final double COST = 0.15;

    /**
     * What the operator reads and writes.
     *
     * @param columns V, of a head
     * @param decays numbers of decay a head: 1, or one a key
     * @param s the state, [H][V / 32][K][32]
     */
    record Arguments(
            Place q,
            Place k,
            Place v,
            Place decay,
            Place a,
            Place b,
            Place out,
            int heads,
            int keys,
            int columns,
            int decays,
            StateTiles s) {}

    private final Arguments arguments;
    private final int tiles;

    DeltaStage(Arguments arguments, RowOp[] tail) {
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
            DeltaKernels.run(
                    arguments, s, head, tile * StateTiles.COLUMNS, row, batch.length(entry));
            arguments.s().close(slot, head * tiles + tile, worker);
        }
    }
}
