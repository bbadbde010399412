package dev.eddy.kernels.backend;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/**
 * The slots of one executable: each holds the whole state of one session. Operations take effect in
 * order with the steps submitted before and after them.
 */
public interface StateArena {
    /** How a state looks as bytes; the same for every backend with the same state dtype. */
    StateLayout layout();

    /** Number of slots. */
    int slots();

    /**
     * Memory for a whole state outside its slot, in which it travels fastest: a GPU's may be locked
     * for it, so that the device copies by itself. It may outlive the executable. Any thread may
     * ask; it may take a tenth of a second.
     */
    default HostBlock hostBlock(long bytes) {
        return HostBlock.ordinary(bytes);
    }

    /** How many states can be on their way at a time without keeping steps waiting. */
    default int travellers() {
        return Integer.MAX_VALUE;
    }

    /** Makes a slot that of a session at position 0. */
    void clear(int slot);

    /**
     * Copies one slot's state over another's.
     *
     * @throws InvalidRequestException if it grows and too few pages are free
     */
    void copy(int from, int to);

    /**
     * Writes a slot's state in the canonical layout. {@code target} must have {@code
     * layout().bytes(position)} bytes for the session's position and stay valid until the stage
     * completes.
     */
    CompletionStage<Void> save(int slot, MemorySegment target);

    /**
     * Reads a slot's state from the canonical layout; {@code source} must have {@code
     * layout().bytes(position)} bytes and stay valid until the stage completes.
     *
     * @throws InvalidRequestException if it grows and too few pages are free
     */
    CompletionStage<Void> load(int slot, MemorySegment source);
}
