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
    /** What a state holds. */
    public enum Role {
        /** Past activations, oldest first; float32 whatever the state dtype. */
        WINDOW,
        /**
         * A recurrence's accumulator; stored in the state dtype and rounded to it after every
         * element.
         */
        ACCUMULATOR
    }
}
