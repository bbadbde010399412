package dev.eddy.runtime.session;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded {@link StateStore} in memory outside the heap. Memory of deleted states is used again
 * rather than freed: it counts until then.
 */
public final class MemoryStateStore implements StateStore {
    private static final long ALIGNMENT = 64;

    /** Free segments kept of one size; more are left to the collector. */
    private static final int MAX_FREE = 64;

    private final long capacity;
    private final AtomicLong used = new AtomicLong();
    private final ConcurrentHashMap<String, MemorySegment> states = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, ConcurrentLinkedDeque<MemorySegment>> free =
            new ConcurrentHashMap<>();

    /** A store of at most {@code capacity} bytes. */
    public MemoryStateStore(long capacity) {
        this.capacity = capacity;
    }

    @Override
    public CompletionStage<Void> put(String key, MemorySegment state) {
        long bytes = state.byteSize();
        if (used.addAndGet(bytes) > capacity) {
            used.addAndGet(-bytes);
            return CompletableFuture.failedFuture(
                    new SessionException(
                            Refusal.of(
                                    Reason.NO_CAPACITY,
                                    "a state of "
                                            + bytes
                                            + " bytes does not fit in the store: "
                                            + used.get()
                                            + " of "
                                            + capacity
                                            + " bytes are taken; delete sessions, or give the store more",
                                    bytes,
                                    capacity)));
        }
        MemorySegment copy = take(bytes);
        copy.copyFrom(state);
        states.put(key, copy);
        return CompletableFuture.completedFuture(null);
    }

    private MemorySegment take(long bytes) {
        ConcurrentLinkedDeque<MemorySegment> sized = free.get(bytes);
        MemorySegment segment = sized == null ? null : sized.poll();
        return segment != null ? segment : Arena.ofAuto().allocate(bytes, ALIGNMENT);
    }

    @Override
    public CompletionStage<MemorySegment> get(String key) {
        MemorySegment state = states.get(key);
        return state != null
                ? CompletableFuture.completedFuture(state)
                : CompletableFuture.failedFuture(
                        new IllegalStateException("the store has no state " + key));
    }

    @Override
    public void delete(String key) {
        @Nullable MemorySegment state = states.remove(key);
        if (state != null) {
            used.addAndGet(-state.byteSize());
            ConcurrentLinkedDeque<MemorySegment> sized =
                    free.computeIfAbsent(state.byteSize(), _ -> new ConcurrentLinkedDeque<>());
            if (sized.size() < MAX_FREE) {
                sized.push(state);
            }
        }
    }

    @Override
    public long usedBytes() {
        return used.get();
    }

    @Override
    public long capacityBytes() {
        return capacity;
    }
}
