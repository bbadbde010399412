package dev.eddy.kernels.cpu;

/**
 * Keeps the keys and values of a batch before attention reads them, as far as no row takes the
 * place of one that is still to be read: a unit is one entry's group.
 */
final class KeepStage extends Stage {
    private static final RowOp[] NONE = {};

    /** Nanoseconds a number of a key or value. */
    private static final double COST = 0.5;

    private final AttentionStage.Arguments a;

    KeepStage(AttentionStage.Arguments arguments) {
        super(NONE);
        a = arguments;
    }

    @Override
    int units(Batch batch) {
        return batch.entries() * a.groups();
    }

    @Override
    long cost(Batch batch) {
        int numbers = a.past().keyWidth() + a.past().valueWidth();
        return (long) (COST * batch.step().rows() * a.groups() * numbers);
    }

    @Override
    void run(Batch batch, Worker worker, int from, int to) {
        for (int unit = from; unit < to; unit++) {
            int entry = unit / a.groups();
            if (a.past().keys().keepsFirst(batch, entry)) {
                for (int t = 0; t < batch.absorbed(entry); t++) {
                    a.keep(batch, entry, t, unit % a.groups());
                }
            }
        }
    }
}
