package dev.eddy.kernels.cpu;

/**
 * A state in tiles of 32 columns, each [rows][32]. A scan opens a tile, walks an entry's elements
 * with it in the first cache, and closes it: a tile of floats is used where it lies, one of
 * bfloat16 is widened into the worker's memory.
 *
 * @param offset where the state begins within a slot
 * @param rows rows of a tile
 * @param halves whether it is bfloat16: column j and j + 16 in the low and high half of an int
 */
record StateTiles(long offset, int rows, boolean halves) {
    /** Columns of a tile. */
    static final int COLUMNS = 32;

    /** Bytes of a row of a tile, as floats. */
    static final long ROW = 4L * COLUMNS;

    /** How many tiles hold {@code columns} columns. */
    static int count(int columns) {
        return Math.ceilDiv(columns, COLUMNS);
    }

    private long bytes() {
        return rows * (halves ? ROW / 2 : ROW);
    }

    /** Address of a tile's floats. */
    long open(long slot, int tile, Worker worker) {
        long address = slot + offset + tile * bytes();
        if (!halves) {
            return address;
        }
        for (int row = 0; row < rows; row++) {
            long from = address + row * ROW / 2;
            long to = worker.scan + row * ROW;
            VectorHalves.widen(from, to);
        }
        return worker.scan;
    }

    /** Keeps what a scan left in a tile. */
    void close(long slot, int tile, Worker worker) {
        if (!halves) {
            return;
        }
        long address = slot + offset + tile * bytes();
        for (int row = 0; row < rows; row++) {
            long from = worker.scan + row * ROW;
            long to = address + row * ROW / 2;
            VectorHalves.pair(from, to);
        }
    }
}
