package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Rows;

/** Operators that run one after the other on tiles of whole rows. */
final class RowStage extends Stage {
    /** A multiple of every block of a matrix product, so that its rows can be packed here. */
    static final int TILE = 8;

    private final Rows rows;
    private final long rowCost;

    /**
     * @param rowCost about how many nanoseconds a row takes
     */
    RowStage(Rows rows, long rowCost, RowOp[] ops) {
        super(ops);
        this.rows = rows;
        this.rowCost = rowCost;
    }

    @Override
    int units(Batch batch) {
        return Math.ceilDiv(batch.rows(rows), TILE);
    }

    @Override
    long cost(Batch batch) {
        return batch.rows(rows) * rowCost;
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        int end = batch.rows(rows);
        for (int tile = from; tile < to; tile++) {
            int row = tile * TILE;
            finish(batch, worker, row, Math.min(row + TILE, end), 0, RowOp.ALL_COLUMNS);
        }
    }
}
