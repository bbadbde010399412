package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.cuda.Work.Grid;

/**
 * The columns of a head's matrix state that one block of matrix.cu or delta.cu has, from an entry's
 * first element to its last: in registers where a kernel is made for that many keys, else in shared
 * memory (tile.cuh).
 *
 * @param columns that a block has of a head
 * @param threads of a block: one a column, and whole warps; one a key in matrix.cu's kernels for
 *     entries of many elements, which have part of four columns
 * @param sharedBytes of a block, 0 for registers
 */
record ScanTile(int columns, int threads, int sharedBytes) {
    /** Most columns of a block; MATRIX_THREADS, DELTA_THREADS. */
    private static final int MOST_COLUMNS = 64;

    private static final int WARP = 32;

    /** TILE_VECTORS of tile.cuh: floats a key that all columns read. */
    private static final int VECTORS = 5;

    /** Whether blocks of the most columns share a head's without a rest. */
    static boolean fillsBlocks(int headColumns) {
        return headColumns % MOST_COLUMNS == 0;
    }

    /** A tile in registers. */
    static ScanTile inRegisters(int headColumns) {
        int threads = Grid.warps(headColumns, MOST_COLUMNS);
        return new ScanTile(threads, threads, 0);
    }

    /**
     * A tile in shared memory: of 64 columns, or of a warp's where so many take more than half of
     * what a block may have, so that one block's states travel while another's are computed with;
     * of fewer where not even these fit.
     *
     * @param keys numbers of a column
     * @param headColumns columns of a head
     * @param stateBytes of a number of the state
     * @param most bytes of shared memory that the device gives a block
     * @throws InvalidRequestException if a single column does not fit
     */
    static ScanTile inShared(int keys, int headColumns, int stateBytes, int most) {
        int columns = Grid.warps(headColumns, MOST_COLUMNS);
        while (columns > 1
                && bytes(keys, columns, stateBytes) > (columns > WARP ? most / 2 : most)) {
            columns /= 2;
        }
        long bytes = bytes(keys, columns, stateBytes);
        if (bytes > most) {
            throw new InvalidRequestException(
                    "a column of a matrix state with %d keys takes %d bytes of a block's shared memory, of which this"
                                    .formatted(keys, bytes)
                            + " device has %d: up to %d keys fit; --backend cpu computes with more"
                                    .formatted(most, most / (4 * VECTORS + stateBytes)));
        }
        return new ScanTile(columns, Math.max(WARP, columns), (int) bytes);
    }

    private static long bytes(int keys, int columns, int stateBytes) {
        return keys * (4L * VECTORS + (long) stateBytes * columns);
    }

    /** Blocks for all heads of an entry; none has columns of two. */
    int blocks(int heads, int headColumns) {
        return heads * Grid.cover(headColumns, columns);
    }
}
