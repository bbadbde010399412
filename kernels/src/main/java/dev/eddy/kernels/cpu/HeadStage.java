package dev.eddy.kernels.cpu;

/** A matrix state over the batch, [H][V / 32][K][32]: a unit is one entry's head. */
final class HeadStage extends ScanStage {
    /** The arithmetic of one operator. */
    interface Scan {
        /**
         * Absorbs rows {@code row} to {@code row + rows - 1} with a tile of a head's columns.
         *
         * @param s address of the tile's floats
         * @param halves whether what is kept is rounded to bfloat16
         * @param column the tile's first column within the head
         */
        void run(long s, boolean halves, int head, int column, int row, int rows, Worker worker);
    }

    private final Scan scan;
    private final StateTiles s;
    private final int columns;
    private final int tiles;

    /**
     * @param columns V, of a head
     * @param columnCost about how many nanoseconds a column of a row takes
     */
    HeadStage(
            Scan scan,
            StateTiles s,
            Place out,
            int heads,
            int columns,
            double columnCost,
            RowOp[] tail) {
        super(out, heads * columns, columns, columnCost, tail);
        this.scan = scan;
        this.s = s;
        this.columns = columns;
        tiles = StateTiles.count(columns);
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        int head = from / columns;
        long slot = batch.slot(entry);
        int row = batch.offset(entry);
        int rows = batch.length(entry);
        for (int tile = 0; tile < tiles; tile++) {
            long floats = s.open(slot, head * tiles + tile, worker);
            int column = tile * StateTiles.COLUMNS;
            scan.run(floats, s.halves(), head, column, row, rows, worker);
            s.close(slot, head * tiles + tile, worker);
        }
    }
}
