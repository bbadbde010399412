package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Rows;

/**
 * Copies rows to where a matrix product reads them: blocks of {@link RowBlocks#next} rows, each
 * [K][rows], one after the other.
 *
 * @param width K
 * @param target of at least as many rows as a batch may have
 */
record PackOp(Place x, Rows rows, int width, float[] target) implements RowOp {
    @Override
    public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        int all = batch.rows(rows);
        for (int row = fromRow; row < toRow; ) {
            int block = RowBlocks.next(all - row, all);
            for (int r = 0; r < block; r++) {
                spread(x.at(row + r, 0), row * width + r, block);
            }
            row += block;
        }
    }

    private void spread(long source, int at, int block) {
        for (int k = 0; k < width; k++) {
            target[at + k * block] = OffHeap.get(source + 4L * k);
        }
    }
}
