package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.StateMemory;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bounded {@link StateStore} in memory outside the heap. */
public final class MemoryStateStore implements StateStore {
    /** What is kept of deleted states for new ones. */
    private static final long KEEP_BYTES = 64 << 20;

    private final long capacity;
    private final AtomicLong used = new AtomicLong();
    private final ConcurrentHashMap<String, MemorySegment> states = new ConcurrentHashMap<>();
    private final StateMemory memory = new StateMemory(KEEP_BYTES);

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
                                            + " bytes are taken; delete sessions, or give the store"
                                            + " more",
                                    bytes,
                                    capacity)));
        }
        MemorySegment copy = memory.allocate(bytes);
        copy.copyFrom(state);
        states.put(key, copy);
        return CompletableFuture.completedFuture(null);
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
            memory.free(state);
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
