package dev.eddy.kernels.cpu;

/**
 * Where slots keep rows by position: a ring in the slot, or a growing state's pages.
 *
 * @param paged whether they are in pages
 * @param offset where the state begins within a slot or a page
 * @param rows rows of the ring, or of a page
 */
record Past(boolean paged, long offset, int rows) {
    /** Address of what holds an entry's row of that position. */
    long at(Batch batch, int entry, long position) {
        return (paged ? batch.page(entry, position) : batch.slot(entry)) + offset;
    }

    /** Which of its rows that is. */
    int index(long position) {
        return (int) (position % rows);
    }

    /**
     * Whether an entry's rows may all be kept before any is read: none of them takes the place of
     * one that an earlier one reads.
     */
    boolean keepsFirst(Batch batch, int entry) {
        int count = batch.absorbed(entry);
        return paged || count == 1 || batch.position(entry) + count <= rows;
    }
}
