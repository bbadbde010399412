package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.program.State;

/** Rows that a slot has kept, by position: a ring or a history's pages. */
sealed interface ReferencePast {
    int width();

    /** What holds a position's row. */
    float[] array(long position);

    /** Where in it the row begins. */
    int row(long position);

    /** Keeps row {@code row} of x [R, W]. */
    default void put(float[] x, int row, long position) {
        System.arraycopy(x, row * width(), array(position), row(position), width());
    }

    /** What a slot keeps in {@code state}. */
    static ReferencePast of(ReferenceArena arena, int slot, State state) {
        int width = Math.toIntExact(state.width());
        return state.role() == State.Role.HISTORY
                ? new Paged(arena, slot, state, width)
                : new Ring(arena.state(slot, state), width);
    }

    /** Rows at position mod their number. */
    record Ring(float[] rows, int width) implements ReferencePast {
        @Override
        public float[] array(long position) {
            return rows;
        }

        @Override
        public int row(long position) {
            return (int) (position % (rows.length / width)) * width;
        }
    }

    /** Rows in pages. */
    record Paged(ReferenceArena arena, int slot, State state, int width) implements ReferencePast {
        @Override
        public float[] array(long position) {
            return arena.histories.page(slot, state, position);
        }

        @Override
        public int row(long position) {
            return (int) (position % Pages.POSITIONS) * width;
        }
    }
}
