package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Memory by address: how kernels reach what the planner laid out. {@link #ALL} spans the address
 * space, so its bounds checks vanish; every address comes from a plan that has checked shapes.
 */
final class OffHeap {
    /** Everything, addressed absolutely. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The byte order of all data: little-endian, which {@link CpuBackend} checks. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /**
     * An aligned float. The unaligned layout would load an int and move it between register files.
     */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ORDER);

    /** An aligned int. */
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ORDER);

    /** An aligned 16-bit number. */
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT.withOrder(ORDER);

    /** Cache lines, and the widest vectors. */
    static final long ALIGNMENT = 64;

    /** Whole vectors may be read beyond the last float of anything. */
    static final long SLACK = 256;

    private OffHeap() {}

    /**
     * Zeroed memory of {@code bytes} bytes and {@link #SLACK}, so that whole vectors may be read.
     */
    static MemorySegment allocate(Arena arena, long bytes) {
        long size = Math.addExact(bytes, SLACK);
        return Mapping.suits(size) ? Mapping.map(arena, size) : arena.allocate(size, ALIGNMENT);
    }

    static float get(long address) {
        return ALL.get(FLOAT, address);
    }

    static void set(long address, float value) {
        ALL.set(FLOAT, address, value);
    }

    static void set(long address, short value) {
        ALL.set(SHORT, address, value);
    }

    static void set(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** The byte there, unsigned. */
    static int byteAt(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address) & 0xff;
    }

    /** The float16 number there. */
    static float halfAt(long address) {
        return Halves.fromF16(ALL.get(SHORT, address));
    }

    static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    static void zero(long address, long bytes) {
        ALL.asSlice(address, bytes).fill((byte) 0);
    }

    /** The least multiple of {@code unit} that is not below {@code n}. */
    static int round(int n, int unit) {
        return Math.multiplyExact(Math.ceilDiv(n, unit), unit);
    }
}
