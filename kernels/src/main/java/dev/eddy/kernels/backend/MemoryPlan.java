package dev.eddy.kernels.backend;

/**
 * What a compiled program takes, in bytes.
 *
 * @param weights packed weights
 * @param scratch activations and staging, independent of the number of slots
 * @param slot one slot of the arena: a session's state with the sampler's fields, at position 0
 * @param slots how many
 * @param pages the pool from which growing states take their pages; 0 where nothing grows
 */
public record MemoryPlan(long weights, long scratch, long slot, int slots, long pages) {
    /** A plan for states that do not grow. */
    public MemoryPlan(long weights, long scratch, long slot, int slots) {
        this(weights, scratch, slot, slots, 0);
    }

    /** All of it. */
    public long total() {
        return Math.addExact(
                Math.addExact(Math.addExact(weights, scratch), pages),
                Math.multiplyExact(slot, (long) slots));
    }
}
