package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Lays pieces of host memory into device memory, one after the other. */
final class Placer {
    private static final long ALIGNMENT = 16;

    private final GpuStream stream;
    private long address;

    /** Begins at an address that is a multiple of 16. */
    Placer(GpuStream stream, long address) {
        this.stream = stream;
        this.address = address;
    }

    /** Lays down pieces side by side, and tells where the first lies. */
    long place(List<MemorySegment> pieces) {
        long bytes = pieces.stream().mapToLong(MemorySegment::byteSize).sum();
        try (Arena host = Arena.ofConfined()) {
            MemorySegment segment = host.allocate(bytes, ALIGNMENT);
            long at = 0;
            for (MemorySegment piece : pieces) {
                MemorySegment.copy(piece, 0, segment, at, piece.byteSize());
                at += piece.byteSize();
            }
            stream.copyIn(address, segment);
            stream.synchronize();
        }
        long placed = address;
        address += Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
        return placed;
    }
}
