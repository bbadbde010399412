package dev.eddy.kernels.cpu;

/** Operators that run together over independent units of work, in any order, on any thread. */
abstract class Stage {
    /** Work below this many nanoseconds is not worth another thread. */
    private static final long GRAIN = 3000;

    /** Chunks a thread, so that a thread that is held up holds up little. */
    private static final int SHARES = 4;

    private final RowOp[] tail;

    Stage(RowOp[] tail) {
        this.tail = tail;
    }

    /** How many units the batch makes. */
    abstract int units(Batch batch);

    /** About how many nanoseconds one thread would take for the batch. */
    abstract long cost(Batch batch);

    /** Computes units {@code from} to {@code to - 1}. */
    abstract void run(Batch batch, Worker worker, int from, int to);

    /** Into how many chunks the batch's units are worth cutting for {@code threads} threads. */
    final int chunks(Batch batch, int threads) {
        int units = units(batch);
        if (threads == 1 || units <= 1) {
            return Math.min(units, 1);
        }
        long worth = Math.min(cost(batch) / GRAIN, Math.min(units, (long) threads * SHARES));
        return (int) Math.clamp(worth, 1, Team.MAX_CHUNKS);
    }

    /** Runs the operators that follow on a tile of output. */
    final void finish(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        for (RowOp op : tail) {
            op.run(batch, worker, fromRow, toRow, from, to);
        }
    }
}
