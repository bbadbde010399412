package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.HostBlock;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of segments that hold one state each, for states outside their slots. Large ones
 * are made by a thread of their own, one after the other and one ahead, since the system takes its
 * time for them; all else is for the engine's thread.
 */
final class HostMemory {
    private static final Logger log = LoggerFactory.getLogger(HostMemory.class);

    /**
     * States beside those that were evicted, on their way in or out, where all have one size. A
     * growing one goes by what is reserved for it.
     */
    private static final int STAGING = 4;

    /** What the system gives in half a millisecond. */
    private static final long LARGE_BYTES = 1L << 20;

    private final String name;
    private final StateMemory memory;
    private final Runnable wake;
    private final boolean grows;
    private final long capacity;
    private long used;
    private CompletableFuture<Void> making = CompletableFuture.completedFuture(null);
    private boolean refused;

    /**
     * A pool that is empty.
     *
     * @param capacity bytes
     * @param grows whether states have many sizes, so that none is kept or made ahead
     * @param source gives blocks of so many bytes
     * @param wake wakes the engine's thread, from any other
     */
    HostMemory(
            String name,
            long capacity,
            boolean grows,
            LongFunction<HostBlock> source,
            Runnable wake) {
        this.name = name;
        this.capacity = capacity;
        this.grows = grows;
        this.wake = wake;
        memory = new StateMemory(grows ? 0 : Long.MAX_VALUE, source);
    }

    /** The pool of {@code model}. */
    static HostMemory of(EngineModel model, Runnable wake) {
        long capacity =
                model.grows()
                        ? model.hostBytes()
                        : (model.hostStates() + STAGING) * model.stateBytes(0);
        return new HostMemory(
                model.name(), capacity, model.grows(), model.executable().arena()::hostBlock, wake);
    }

    /**
     * A segment of undefined content, or null if there is none now: where there is room for it, it
     * is being made, and the engine's thread is woken when it is there.
     */
    @Nullable MemorySegment take(long bytes) {
        if (used + bytes > capacity) {
            return null;
        }
        boolean ahead = !grows && bytes >= LARGE_BYTES;
        MemorySegment segment = ahead ? memory.reuse(bytes) : memory.allocate(bytes);
        if (segment != null) {
            used += bytes;
        }
        if (ahead) {
            make(bytes);
        }
        return segment;
    }

    /** Makes one more segment unless one is kept or being made, or there is no room for it. */
    private void make(long bytes) {
        if (!making.isDone() || memory.keptBytes() > 0 || used + bytes > capacity) {
            return;
        }
        if (making.isCompletedExceptionally() && !refused) {
            refused = true;
            log.atWarn()
                    .addKeyValue("model", name)
                    .addKeyValue("bytes", bytes)
                    .setCause(making.exceptionNow())
                    .log(
                            "the system gives no memory for one more state outside the slots;"
                                    + " sessions that wait for a slot wait longer");
        }
        making =
                CompletableFuture.runAsync(
                        () -> memory.makeAhead(bytes),
                        task ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("eddy-host-memory-" + name)
                                        .start(task));
        making.thenRun(wake); // after a failure the engine's next turn is soon enough
    }

    /** Whether the next segment is still being made. */
    boolean isAwaited() {
        return !making.isDone() && memory.keptBytes() == 0;
    }

    void give(MemorySegment segment) {
        used -= segment.byteSize();
        memory.free(segment);
    }

    /** Waits for what is being made; nothing may be taken after this. */
    void stop() {
        making.handle((_, _) -> null).join();
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
