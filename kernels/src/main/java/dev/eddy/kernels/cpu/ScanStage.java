package dev.eddy.kernels.cpu;

/**
 * An operator with state over the batch: a unit is a block of one entry's columns, walked from the
 * entry's first element to its last.
 */
abstract class ScanStage extends Stage {
    private final Place out;
    private final int width;
    private final int block;
    private final int blocks;
    private final double columnCost;

    /**
     * @param width columns of the output
     * @param block columns of a unit
     * @param columnCost about how many nanoseconds a column of a row takes
     */
    ScanStage(Place out, int width, int block, double columnCost, RowOp[] tail) {
        super(tail);
        this.out = out;
        this.width = width;
        this.block = block;
        this.columnCost = columnCost;
        blocks = Math.ceilDiv(width, block);
    }

    @Override
    final int units(Batch batch) {
        return batch.entries() * blocks;
    }

    @Override
    final long cost(Batch batch) {
        return (long) (columnCost * batch.step().rows() * width);
    }

    @Override
    final void run(Batch batch, Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            int entry = unit / blocks;
            int column = unit % blocks * block;
            int end = Math.min(column + block, width);
            int row = batch.offset(entry);
            int rows = batch.length(entry);
            if (batch.absorbed(entry) == 0) {
                mask(row, rows, column, end);
            } else {
                scan(batch, worker, entry, column, end);
            }
            finish(batch, worker, row, row + rows, column, end);
        }
    }

    /** Absorbs an entry's elements in columns {@code from} to {@code to - 1}. */
    abstract void scan(Batch batch, Worker worker, int entry, int from, int to);

    /** What a masked entry yields in those columns: zeros. */
    void mask(int row, int rows, int from, int to) {
        Masking.zero(out, row, rows, from, to);
    }
}
