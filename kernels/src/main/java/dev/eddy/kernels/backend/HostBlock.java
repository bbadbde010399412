package dev.eddy.kernels.backend;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory of the host, outside the heap, that is its holder's until it is closed. */
public interface HostBlock extends AutoCloseable {
    /** The memory, of undefined content, which any thread may touch; dead once this is closed. */
    MemorySegment segment();

    /** Frees it; nothing may be on its way to or from it. */
    @Override
    void close();

    /** Ordinary memory. */
    @SuppressWarnings("MustBeClosedChecker") // the block closes it
    static HostBlock ordinary(long bytes) {
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(bytes, 64); // a line of the caches
        return new HostBlock() {
            @Override
            public MemorySegment segment() {
                return segment;
            }

            @Override
            public void close() {
                arena.close();
            }
        };
    }
}
