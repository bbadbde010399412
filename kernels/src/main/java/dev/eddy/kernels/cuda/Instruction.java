package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Rows;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A launch as a persistent kernel's team does it (persistent.cuh): a unit of it after the other.
 *
 * @param source of its operators on rows ({@link FusedSource#name}); null for products
 * @param rows whose
 * @param units tiles of all products, or blocks of a row
 * @param threads that do one
 * @param sharedBytes memory for a unit's rows
 * @param params of the launch
 */
record Instruction(
        @Nullable String source,
        Rows rows,
        int units,
        int threads,
        int sharedBytes,
        MemorySegment params) {
    /** Outputs of a tile. */
    static final int TILE = 16;

    /** Bytes of an instruction in device memory, of which its head takes some. */
    static final int BYTES = 1024;

    private static final int HEAD = 32;

    private static final int TEAM_THREADS = 128;

    static Instruction ofProducts(Rows rows, int tiles, MemorySegment params) {
        return new Instruction(null, rows, tiles, TEAM_THREADS, 0, params);
    }

    /** What it does, in words. */
    String label() {
        return source == null ? "products of " + TILE * units + " outputs" : source;
    }

    /** Whether its parameters find room. */
    boolean fits() {
        return HEAD + params.byteSize() <= BYTES;
    }

    /**
     * Writes it.
     *
     * @param kind which of the kernel's rows, or -1 for products
     * @param parts of a block that take part
     * @param first which of all blocks' parts has the first unit
     */
    void write(MemorySegment to, int kind, int parts, int first) {
        Params head =
                new Params()
                        .integer(kind)
                        .integer(units)
                        .integer(threads)
                        .integer(parts)
                        .integer(first)
                        .integer(Layout.selected(rows))
                        .integer(0)
                        .integer(0);
        to.copyFrom(head.segment());
        to.asSlice(HEAD).copyFrom(params);
    }
}
