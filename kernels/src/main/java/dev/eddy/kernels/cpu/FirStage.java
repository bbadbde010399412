package dev.eddy.kernels.cpu;

/**
 * The FIR ring over the batch: a unit is a block of one entry's channels. The ring [K - 1, C] is
 * kept as a ring: the row of the element that a slot absorbed as its a-th is a mod (K - 1).
 */
final class FirStage extends ScanStage {
    private static final int BLOCK = 256;

    /** Nanoseconds a row, channel and tap. */
    private static final double COST = 0.1;

    /**
     * What the operator reads and writes.
     *
     * @param taps address of [K, C padded]
     * @param bias address of [C padded], 0 for none
     * @param ring offset of the ring within a slot
     * @param rowBytes from one row of taps or ring to the next
     */
    record Arguments(
            Place x,
            Place out,
            int width,
            int order,
            long taps,
            long bias,
            long ring,
            long rowBytes) {}

    private final Arguments arguments;

    FirStage(Arguments arguments, RowOp[] tail) {
        super(arguments.out(), arguments.width(), BLOCK, COST * (arguments.order() + 8), tail);
        this.arguments = arguments;
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        FirKernels.run(
                arguments,
                batch.slot(entry) + arguments.ring(),
                batch.age(entry),
                batch.offset(entry),
                batch.length(entry),
                from,
                to,
                worker.passes);
    }
}
