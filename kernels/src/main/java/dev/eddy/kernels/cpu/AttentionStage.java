package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;

/**
 * Attention over the batch: a unit is one entry's head. Where a ring would lose a row before it was
 * read, the first head of a group keeps and reads row by row for the whole group.
 */
final class AttentionStage extends Stage {
    /** Nanoseconds a key, a number of its key or value. */
    private static final double COST = 0.05;

    /**
     * What the operator reads and writes.
     *
     * @param window positions that a query sees, its own included
     */
    record Arguments(
            Place q,
            Place k,
            Place v,
            Place out,
            int heads,
            int groups,
            int window,
            float scale,
            float cap,
            KeyValues past) {
        /** Keeps one group's key and value of the {@code t}-th row of an entry. */
        void keep(Batch batch, int entry, int t, int group) {
            int row = batch.offset(entry) + t;
            past.put(
                    batch,
                    entry,
                    batch.position(entry) + t,
                    group,
                    k.at(row, group * past.keyWidth()),
                    v.at(row, group * past.valueWidth()));
        }

        /** Group whose keys a head reads. */
        int group(int head) {
            return head * groups / heads;
        }
    }

    private final Arguments a;

    AttentionStage(Arguments arguments, RowOp[] tail) {
        super(tail);
        a = arguments;
    }

    @Override
    int units(Batch batch) {
        return batch.entries() * a.heads();
    }

    @Override
    long cost(Batch batch) {
        double keys = 0;
        for (int e = 0; e < batch.entries(); e++) {
            long seen = Math.min(batch.position(e) + batch.length(e), a.window());
            keys += (double) seen * batch.length(e);
        }
        int numbers = a.past().keyWidth() + a.past().valueWidth();
        return (long) (COST * keys * a.heads() * numbers);
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            int entry = unit / a.heads();
            int head = unit % a.heads();
            int row = batch.offset(entry);
            int rows = batch.length(entry);
            int width = a.past().valueWidth();
            if (batch.absorbed(entry) == 0) {
                Masking.zero(a.out(), row, rows, head * width, (head + 1) * width);
                finish(batch, worker, row, row + rows, head * width, (head + 1) * width);
            } else if (a.past().keys().keepsFirst(batch, entry)) {
                for (int t = 0; t < rows; t++) {
                    attend(batch, worker, entry, t, head);
                }
                finish(batch, worker, row, row + rows, head * width, (head + 1) * width);
            } else if (head % (a.heads() / a.groups()) == 0) {
                int end = head + a.heads() / a.groups();
                for (int t = 0; t < rows; t++) {
                    a.keep(batch, entry, t, a.group(head));
                    for (int h = head; h < end; h++) {
                        attend(batch, worker, entry, t, h);
                    }
                }
                finish(batch, worker, row, row + rows, head * width, end * width);
            }
        }
    }

    /** One head of one row, block by block. */
    private void attend(Batch batch, Worker worker, int entry, int t, int head) {
        KeyValues past = a.past();
        int row = batch.offset(entry) + t;
        long position = batch.position(entry) + t;
        int group = a.group(head);
        AttentionKernels kernel = worker.attention;
        kernel.begin(worker, a.q().at(row, head * past.keyWidth()), a);
        for (long from = Math.max(0, position - a.window() + 1); from <= position; ) {
            long block = from / Op.Attention.BLOCK + 1;
            long end = Math.min(position + 1, block * Op.Attention.BLOCK);
            kernel.block(
                    past.keysAt(batch, entry, from, group),
                    past.valuesAt(batch, entry, from, group),
                    past.keys().index(from),
                    (int) (end - from));
            from = end;
        }
        kernel.end(a.out().at(row, head * past.valueWidth()));
    }
}
