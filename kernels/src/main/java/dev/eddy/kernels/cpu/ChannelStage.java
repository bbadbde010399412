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
        void run(long state, boolean halves, int row, int rows, int column, Worker worker);
    }

    private final Scan scan;
    private final StateTiles state;
    private final Place out;
    private final int width;
    private final int sections;

    /**
     * @param width columns of the state
     * @param sections results for each of them, {@code width} columns of {@code out} after another
     * @param columnCost about how many nanoseconds a column of a row takes
     */
    ChannelStage(
            Scan scan,
            StateTiles state,
            Place out,
            int width,
            int sections,
            double columnCost,
            RowOp[] tail) {
        super(out, width, BLOCK, columnCost, tail);
        this.scan = scan;
        this.state = state;
        this.out = out;
        this.width = width;
        this.sections = sections;
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        long slot = batch.slot(entry);
        for (int column = from; column < to; column += StateTiles.COLUMNS) {
            int tile = column / StateTiles.COLUMNS;
            long floats = state.open(slot, tile, worker);
            int row = batch.offset(entry);
            scan.run(floats, state.halves(), row, batch.length(entry), column, worker);
            state.close(slot, tile, worker);
        }
    }

    @Override
    void mask(int row, int rows, int from, int to) {
        for (int section = 0; section < sections; section++) {
            Masking.zero(out, row, rows, section * width + from, section * width + to);
        }
    }
}
