package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How blocks share a row in a launch of operators on rows, and where what its phases leave lies in
 * a block's shared memory.
 */
record FusedPlaces(FusedRows rows, FusedParameters parameters) {
    /** Threads of a block that has some columns of a row. */
    static final int COLUMN_THREADS = 128;

    private static final int QUAD = 4;

    /**
     * Blocks of which each has some columns of a row, a thread four of them or one.
     *
     * @param span columns of a block
     * @param blocks of a row
     */
    record Split(int span, int threads, int blocks) {}

    /** How a row is split over blocks of at most {@link #COLUMN_THREADS}; empty where it cannot. */
    Optional<Split> split() {
        if (rows.hasDelta()) {
            return Optional.of(split(Heads.COLUMNS, Heads.COLUMNS));
        }
        int span = rows.sharesColumns() ? COLUMN_THREADS : QUAD * COLUMN_THREADS;
        boolean splits = rows.splits() || !rows.sharesColumns() && rows.widest() <= span;
        return splits && fits(span) ? Optional.of(split(span, COLUMN_THREADS)) : Optional.empty();
    }

    private Split split(int span, int threads) {
        return new Split(span, threads, Grid.cover(rows.widest(), span));
    }

    /** Whether a block of so many columns has room. */
    boolean fits(int span) {
        return bytes(span) <= RowCells.MOST_BYTES;
    }

    /** Shared memory of a block of so many columns. */
    int bytes(int span) {
        return 4 * places(span).floats();
    }

    /** Where values and sums lie in shared memory, and how many there are, in floats. */
    record Places(Map<Object, Integer> at, int floats) {
        int of(Object held) {
            return Objects.requireNonNull(at.get(held), "what a kernel holds has a place");
        }
    }

    Places places(int span) {
        Map<Object, Integer> places = new HashMap<>();
        int at = 0;
        for (FusedParameters.Number number : parameters.numbers()) {
            Object key;
            int size;
            switch (number) {
                case FusedParameters.Number.Fixed _ -> {
                    continue;
                }
                case FusedParameters.Number.PlaceOf(Value value) -> {
                    key = value;
                    size = rows.isWhole(value) ? value.width() : span;
                }
                case FusedParameters.Number.SumsAt(FusedPhase.Sums sums) -> {
                    key = sums;
                    size = 2 * sums.groups();
                }
            }
            if (!places.containsKey(key)) {
                places.put(key, at);
                at += Math.ceilDiv(size, QUAD) * QUAD;
            }
        }
        return new Places(places, at);
    }
}
