package dev.eddy.runtime.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for whole states. What is freed is kept for another state of the same
 * size, up to a bound, and given back to the system at once beyond it: states that grow seldom find
 * one of their size. Thread-safe.
 */
public final class StateMemory {
    private static final long ALIGNMENT = 64;

    private final long keepBytes;
    private final AtomicLong kept = new AtomicLong();
    private final ConcurrentHashMap<Long, ConcurrentLinkedDeque<MemorySegment>> free =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Arena> arenas = new ConcurrentHashMap<>();

    /**
     * Memory that keeps at most {@code keepBytes} of what is freed; {@link Long#MAX_VALUE} for all.
     */
    public StateMemory(long keepBytes) {
        this.keepBytes = keepBytes;
    }

    /** A segment of undefined content. */
    @SuppressWarnings("MustBeClosedChecker") // free closes it
    public MemorySegment allocate(long bytes) {
        MemorySegment segment = reuse(bytes);
        if (segment != null) {
            return segment;
        }
        Arena arena = Arena.ofShared();
        segment = arena.allocate(bytes, ALIGNMENT);
        arenas.put(segment.address(), arena);
        return segment;
    }

    private @Nullable MemorySegment reuse(long bytes) {
        ConcurrentLinkedDeque<MemorySegment> sized = free.get(bytes);
        MemorySegment segment = sized == null ? null : sized.poll();
        if (segment != null) {
            kept.addAndGet(-bytes);
        }
        return segment;
    }

    /** Frees a segment that {@link #allocate} gave; it must not be touched any more. */
    public void free(MemorySegment segment) {
        long bytes = segment.byteSize();
        long total = kept.addAndGet(bytes);
        if (total >= 0 && total <= keepBytes) {
            free.computeIfAbsent(bytes, _ -> new ConcurrentLinkedDeque<>()).push(segment);
            return;
        }
        kept.addAndGet(-bytes);
        Arena arena = arenas.remove(segment.address());
        if (arena == null) {
            throw new IllegalArgumentException("a segment that was not allocated here is freed");
        }
        arena.close();
    }
}
