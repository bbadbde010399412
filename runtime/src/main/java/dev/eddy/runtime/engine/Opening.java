package dev.eddy.runtime.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must know of a session to advance it.
 *
 * @param model the model's name
 * @param seed key of its randomness
 * @param branch branch of its randomness
 * @param position elements that {@code state} has absorbed
 * @param state its state in the canonical layout; null at position 0. It must stay valid until
 *     {@link Report.Restored}, or until the lease has ended
 */
public record Opening(
        String model, long seed, int branch, long position, @Nullable MemorySegment state) {
    public Opening {
        if ((position == 0) != (state == null)) {
            throw new IllegalArgumentException(
                    "position "
                            + position
                            + (state == null ? " needs" : " cannot have")
                            + " a state");
        }
    }

    /** A session at its beginning. */
    public static Opening fresh(String model, long seed, int branch) {
        return new Opening(model, seed, branch, 0, null);
    }
}
