package dev.eddy.runtime.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A bounded pool of segments that hold one state each, for states outside their slots. */
final class HostMemory {
    /**
     * States beside those that were evicted, on their way in or out, where all have one size. A
     * growing one goes by what is reserved for it.
     */
    private static final int STAGING = 4;

    private final StateMemory memory;
    private final long capacity;
    private long used;

    HostMemory(EngineModel model) {
        long stateBytes = model.stateBytes(0);
        memory =
                new StateMemory(
                        model.grows() ? 0 : Long.MAX_VALUE, model.executable().arena()::hostBlock);
        capacity = model.grows() ? model.hostBytes() : (model.hostStates() + STAGING) * stateBytes;
    }

    /** A segment of undefined content, or null if there is no room for it now. */
    @Nullable MemorySegment take(long bytes) {
        if (used + bytes > capacity) {
            return null;
        }
        used += bytes;
        return memory.allocate(bytes);
    }

    void give(MemorySegment segment) {
        used -= segment.byteSize();
        memory.free(segment);
    }

    /** Gives the system back what nobody uses. */
    void trim() {
        memory.trim();
    }

    /** Bytes in use. */
    long usedBytes() {
        return used;
    }
}
