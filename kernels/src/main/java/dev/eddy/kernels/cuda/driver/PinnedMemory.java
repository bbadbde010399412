package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jcuda.driver.JCudaDriver;

/** Page-locked host memory; its segment is dead once this is closed. Any thread may touch it. */
public final class PinnedMemory implements AutoCloseable {
    private final GpuContext context;
    private final Arena arena = Arena.ofShared();
    private final long address;
    private final MemorySegment segment;
    private boolean closed;

    PinnedMemory(GpuContext context, long address, long bytes) {
        this.context = context;
        this.address = address;
        this.segment = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
    }

    /** The memory, aligned to a page. */
    public MemorySegment segment() {
        return segment;
    }

    /** Frees it; nothing that copies to or from it may be under way. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            context.makeCurrent();
            Status.checkRelease(
                    JCudaDriver.cuMemFreeHost(new Handles.Host(address)), "free pinned memory");
        }
    }
}
