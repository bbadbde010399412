package dev.eddy.kernels.backend;

/**
 * What a compiled program takes, in bytes.
 *
 * @param weights packed weights
 * @param scratch activations and staging, independent of the number of slots
 * @param slot one slot of the arena: a session's state with the sampler's fields
 * @param slots how many
 */
public record MemoryPlan(long weights, long scratch, long slot, int slots) {
    /** All of it. */
    public long total() {
        return Math.addExact(
                Math.addExact(weights, scratch), Math.multiplyExact(slot, (long) slots));
    }
}
