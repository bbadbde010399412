package dev.eddy.runtime.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A bounded pool of segments that hold one state each, for states outside their slots. */
final class HostMemory {
    /** Segments beside those for evicted states: for states on their way in or out. */
    static final int STAGING = 4;

    private static final long ALIGNMENT = 64;

    private final long stateBytes;
    private final long capacity;
    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();
    private long allocated;

    /** A pool for {@code states} states of {@code stateBytes}, and for {@link #STAGING} more. */
    HostMemory(long stateBytes, long states) {
        this.stateBytes = stateBytes;
        capacity = states + STAGING;
    }

    /** A segment of undefined content, or null if all are in use. */
    @Nullable MemorySegment take() {
        MemorySegment segment = free.poll();
        if (segment == null && allocated < capacity) {
            allocated++;
            segment = Arena.ofAuto().allocate(stateBytes, ALIGNMENT);
        }
        return segment;
    }

    void give(MemorySegment segment) {
        free.push(segment);
    }

    /** Bytes in use. */
    long usedBytes() {
        return (allocated - free.size()) * stateBytes;
    }
}
