package dev.eddy.runtime.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must know of a session to advance it.
 *
 * @param model the model's name
 * @param seed key of its randomness
 * @param branch branch of its randomness
 * @param limit the position it never passes: turns end there. Where states grow, memory is reserved
 *     for it; 0 stands for the model's usual one
 * @param position elements that {@code state} has absorbed
 * @param state its state in the canonical layout; null at position 0. It must stay valid until
 *     {@link Report.Restored}, or until the lease has ended
 */
public record Opening(
        String model,
        long seed,
        int branch,
        long limit,
        long position,
        @Nullable MemorySegment state) {
    public Opening {
        if ((position == 0) != (state == null)) {
            throw new IllegalArgumentException(
                    "position "
                            + position
                            + (state == null ? " needs" : " cannot have")
                            + " a state");
        }
    }

    /** A session at its beginning, with the model's usual limit. */
    public static Opening fresh(String model, long seed, int branch) {
        return new Opening(model, seed, branch, 0, 0, null);
    }
}
