package dev.eddy.kernels.backend;

/**
 * A program compiled for a device, with its weights and its arena. One thread at a time may submit
 * or touch the arena (the engine's); steps complete in the order of submission.
 */
public interface Executable extends AutoCloseable {
    /**
     * A reusable step of this executable's capacity; two of them let one be prepared while the
     * other runs.
     */
    Step newStep();

    /**
     * Starts a sealed step; returns when the backend has taken it, perhaps before it has run. The
     * step completes once its results can be read.
     *
     * @throws InvalidRequestException if the step is not sealed, not of this executable, or names
     *     an unknown slot
     */
    void submit(Step step);

    /** The sessions' states. */
    StateArena arena();

    /**
     * What decides the bits of a result: arithmetic, dtypes, hand-kept version. Equal ids, equal
     * bits.
     */
    String numericsId();

    /** What this takes. */
    MemoryPlan memory();

    /** Waits for steps in flight, then frees everything. */
    @Override
    void close();
}
