package dev.eddy.kernels.program;

import dev.eddy.kernels.tensor.Shape;

/**
 * A symbolic piece of a session's state, one copy in every slot.
 *
 * @param id its index among the program's states
 * @param name unique in the program, as in {@code layers.3.conv}
 * @param role what it holds, which decides its element type
 * @param shape extents in the canonical layout, outermost first
 */
public record State(int id, String name, Role role, Shape shape) {
    /** Elements of a row: the product of all extents but the first. */
    public long width() {
        return shape.elements() / shape.dim(0);
    }

    /** What a state holds. */
    public enum Role {
        /** Past activations, oldest first; float32 whatever the state dtype. */
        WINDOW,
        /**
         * One row for each absorbed element, by position: the first extent is the most there may
         * be, the others a row's. The only role that grows. float32 whatever the state dtype.
         */
        HISTORY,
        /**
         * A recurrence's accumulator; stored in the state dtype and rounded to it after every
         * element.
         */
        ACCUMULATOR
    }
}
