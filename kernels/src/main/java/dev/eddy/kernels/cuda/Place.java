package dev.eddy.kernels.cuda;

/**
 * Where a value lies on the device.
 *
 * @param address of row 0
 * @param stride floats from one row to the next; 0 where all rows are the same
 * @param width floats in a row
 */
record Place(long address, int stride, int width) {
    /** No value. */
    static final Place NONE = new Place(0, 0, 0);

    /** Columns of it. */
    Place columns(int from, int count) {
        return new Place(address + 4L * from, stride, count);
    }

    /** Whether all rows begin at a multiple of sixteen bytes and have whole ones. */
    boolean inFours() {
        return address % 16 == 0 && stride % 4 == 0 && width % 4 == 0;
    }
}
