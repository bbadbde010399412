package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.driver.JCudaDriver;

/** Page-locked host memory; its segment is dead once it is freed. Any thread may touch it. */
public final class PinnedMemory implements AutoCloseable {
    private final GpuContext context;
    private final Arena arena;
    private final MemorySegment segment;

    /** Whether the memory is the arena's, and not the driver's. */
    private final boolean registered;

    private boolean closed;

    private PinnedMemory(
            GpuContext context, Arena arena, MemorySegment segment, boolean registered) {
        this.context = context;
        this.arena = arena;
        this.segment = segment;
        this.registered = registered;
    }

    /** What the driver allocated. */
    @SuppressWarnings("MustBeClosedChecker") // it closes the arena
    static PinnedMemory allocated(GpuContext context, long address, long bytes) {
        Arena arena = Arena.ofShared();
        MemorySegment segment = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
        return new PinnedMemory(context, arena, segment, false);
    }

    /** Memory of an arena, which this closes, that the driver has registered. */
    static PinnedMemory registered(GpuContext context, Arena arena, MemorySegment segment) {
        return new PinnedMemory(context, arena, segment, true);
    }

    /** The memory, aligned to a page. */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Frees it; nothing that copies to or from it may be under way. Of a lost device's memory
     * nothing is given back.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.makeCurrent();
        Handles.Host address = new Handles.Host(segment.address());
        if (registered) {
            int code = JCudaDriver.cuMemHostUnregister(address);
            if (code == 0) {
                arena.close();
            } // else a lost device may still have it, and the system must not give it to others
            Status.checkRelease(code, "unlock host memory");
        } else {
            arena.close();
            Status.checkRelease(JCudaDriver.cuMemFreeHost(address), "free pinned memory");
        }
    }
}
