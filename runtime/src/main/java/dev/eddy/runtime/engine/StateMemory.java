package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.HostBlock;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for whole states. What is freed is kept for another state of the same
 * size, up to a bound, and given back to the system at once beyond it: states that grow seldom find
 * one of their size. Thread-safe.
 */
public final class StateMemory {
    private final long keepBytes;
    private final LongFunction<HostBlock> source;
    private final AtomicLong kept = new AtomicLong();
    private final ConcurrentHashMap<Long, ConcurrentLinkedDeque<MemorySegment>> free =
            new ConcurrentHashMap<>();

    /** By address. */
    private final ConcurrentHashMap<Long, HostBlock> blocks = new ConcurrentHashMap<>();

    /** Ordinary memory, of which this keeps at most {@code keepBytes} of what is freed. */
    public StateMemory(long keepBytes) {
        this(keepBytes, HostBlock::ordinary);
    }

    /**
     * Memory that keeps at most {@code keepBytes} of what is freed; {@link Long#MAX_VALUE} for all.
     *
     * @param source gives blocks of so many bytes
     */
    public StateMemory(long keepBytes, LongFunction<HostBlock> source) {
        this.keepBytes = keepBytes;
        this.source = source;
    }

    /** A segment of undefined content. */
    public MemorySegment allocate(long bytes) {
        MemorySegment segment = reuse(bytes);
        return segment == null ? make(bytes) : segment;
    }

    private MemorySegment make(long bytes) {
        HostBlock block = source.apply(bytes);
        MemorySegment segment = block.segment();
        blocks.put(segment.address(), block);
        return segment;
    }

    /** Makes a segment that {@link #reuse} will find. */
    void makeAhead(long bytes) {
        free(make(bytes));
    }

    /** Bytes that nobody uses. */
    long keptBytes() {
        return kept.get();
    }

    /** A segment that was kept, or null if there is none of this size. */
    @Nullable MemorySegment reuse(long bytes) {
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
        close(segment);
    }

    /** Gives what is kept back to the system. */
    public void trim() {
        for (long bytes : free.keySet()) {
            for (MemorySegment segment = reuse(bytes); segment != null; segment = reuse(bytes)) {
                close(segment);
            }
        }
    }

    private void close(MemorySegment segment) {
        HostBlock block = blocks.remove(segment.address());
        if (block == null) {
            throw new IllegalArgumentException("a segment that was not allocated here is freed");
        }
        block.close();
    }
}
