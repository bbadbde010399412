package dev.eddy.kernels.cpu;

/**
 * Where a value's floats lie: row r begins at {@code address + r * stride}, both in bytes. A stride
 * of 0 is one row for all.
 */
record Place(long address, long stride) {
    /** Address of a row's column. */
    long at(int row, int column) {
        return address + row * stride + 4L * column;
    }
}
