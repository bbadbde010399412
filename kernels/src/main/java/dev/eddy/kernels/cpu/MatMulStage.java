package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Rows;

/** A matrix product: a unit is a panel of its columns. */
final class MatMulStage extends Stage {
    private final Panels panels;
    private final PackedRows x;
    private final Place out;
    private final Rows rows;
    private final int width;

    /**
     * @param x the rows, packed
     * @param width columns of the product
     */
    MatMulStage(Panels panels, PackedRows x, Place out, Rows rows, int width, RowOp[] tail) {
        super(tail);
        this.panels = panels;
        this.x = x;
        this.out = out;
        this.rows = rows;
        this.width = width;
    }

    @Override
    int units(Batch batch) {
        return batch.rows(rows) == 0 ? 0 : Panels.count(width);
    }

    @Override
    long cost(Batch batch) {
        return (long) (panels.cost(batch.rows(rows)) * Panels.count(width));
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        int count = batch.rows(rows);
        panels.multiply(x, count, out, worker, from, to);
        int end = Math.min(to * Panels.COLUMNS, width);
        finish(batch, worker, 0, count, from * Panels.COLUMNS, end);
    }
}
