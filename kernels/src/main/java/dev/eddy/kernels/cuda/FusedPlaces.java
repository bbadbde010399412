package dev.eddy.kernels.cuda;

import static dev.eddy.kernels.cuda.FusedPhase.QUAD;

import dev.eddy.kernels.program.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Where what the phases of a launch of operators on rows leave lies in a block's shared memory. */
record FusedPlaces(FusedRows rows, FusedParameters parameters) {
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
