package dev.eddy.runtime.session;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/**
 * Where the states of sessions are kept that are not on the engine. Thread-safe; nothing blocks.
 */
public interface StateStore {
    /**
     * Stores a copy of a state under a new key. {@code state} must stay valid until the stage
     * completes. Fails with {@link SessionException} (NO_CAPACITY) if there is no room.
     */
    CompletionStage<Void> put(String key, MemorySegment state);

    /** A stored state, valid until it is deleted. Fails if there is none. */
    CompletionStage<MemorySegment> get(String key);

    /** Forgets a state; no effect if there is none. */
    void delete(String key);

    /** Bytes stored. */
    long usedBytes();

    /** Most bytes that can be stored. */
    long capacityBytes();
}
