package dev.eddy.kernels.cpu;

/** A recurrence whose columns do not need each other: a unit is two tiles of one entry's state. */
final class ChannelStage extends ScanStage {
    private static final int BLOCK = 2 * StateTiles.COLUMNS;

    /** The arithmetic of one operator. */
    interface Scan {
        /**
         * Absorbs rows {@code row} to {@code row + rows - 1} in a tile's columns.
         *
         * @param state address of the tile's floats
         * @param halves whether what is kept is rounded to bfloat16
         * @param column the tile's first column
         */
        void run(long state, boolean halves, int row, int rows, int column);

        /** Zeroes what those rows yield for columns {@code from} to {@code to - 1}. */
        void mask(int row, int rows, int from, int to);
    }

    private final Scan scan;
    private final StateTiles state;

    /**
     * @param width columns of the state
     * @param columnCost about how many nanoseconds a column of a row takes
     */
    ChannelStage(
            Scan scan, StateTiles state, Place out, int width, double columnCost, RowOp[] tail) {
        super(out, width, BLOCK, columnCost, tail);
        this.scan = scan;
        this.state = state;
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        long slot = batch.slot(entry);
        for (int column = from; column < to; column += StateTiles.COLUMNS) {
            int tile = column / StateTiles.COLUMNS;
            long floats = state.open(slot, tile, worker);
            scan.run(floats, state.halves(), batch.offset(entry), batch.length(entry), column);
            state.close(slot, tile, worker);
        }
    }

    @Override
    void mask(int row, int rows, int from, int to) {
        scan.mask(row, rows, from, to);
    }
}
