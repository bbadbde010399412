package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Rows;

/**
 * Copies rows to where a matrix product reads them.
 *
 * @param target with room for as many rows as a batch may have
 */
record PackOp(Place x, Rows rows, RowForm form, PackedRows target) implements RowOp {
    @Override
    public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        form.pack(x, fromRow, toRow, batch.rows(rows), target, worker);
    }
}
