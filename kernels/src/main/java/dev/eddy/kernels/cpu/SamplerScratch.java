package dev.eddy.kernels.cpu;

/** A sampler's working memory: one for each compute thread. */
final class SamplerScratch {
    /** A row of logits after bias, penalties and temperature. */
    final long row;

    /** Ids in order. */
    final Ranking ranking;

    /** How often recent ids occurred. */
    final RecentCounts recent = new RecentCounts();

    /**
     * @param row address of {@code width} floats and a vector more
     * @param width logits in a row
     */
    SamplerScratch(long row, int width) {
        this.row = row;
        ranking = new Ranking(width);
    }

    /** Size of the heap part, for rows of {@code width} logits. */
    static long heapBytes(int width) {
        return Ranking.bytes(width) + RecentCounts.BYTES;
    }
}
