package dev.eddy.kernels.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Anonymous mappings of Linux: zeroed as they are touched, in huge pages where the system allows,
 * and, for tests, between pages that nobody may touch.
 */
final class Mapping {
    private static final String GUARD = "eddy.cpu.guard";

    private static final long HUGE = 2L << 20;
    private static final long PAGE = 64L << 10;

    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int ADVISE_HUGE = 14;

    private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");
    private static final boolean GUARDED = Boolean.getBoolean(GUARD);

    private Mapping() {}

    /** Whether memory of that size should be mapped rather than allocated. */
    static boolean suits(long bytes) {
        return LINUX && (GUARDED || bytes >= 2 * HUGE);
    }

    /** Zeroed memory that lives as long as {@code arena}. */
    static MemorySegment map(Arena arena, long bytes) {
        return GUARDED ? guarded(arena, bytes) : huge(arena, bytes);
    }

    private static MemorySegment huge(Arena arena, long bytes) {
        long size = Math.addExact(round(bytes, HUGE), HUGE);
        long address = Calls.map(size, READ_WRITE);
        long start = round(address, HUGE);
        Calls.advise(start, address + size - start, ADVISE_HUGE);
        return owned(arena, address, size).asSlice(start - address, bytes);
    }

    /** Memory that ends where a page begins that must not be touched, and begins after another. */
    private static MemorySegment guarded(Arena arena, long bytes) {
        long used = round(bytes, OffHeap.ALIGNMENT);
        long inner = round(used, PAGE);
        long size = inner + 2 * PAGE;
        long address = Calls.map(size, 0);
        Calls.protect(address + PAGE, inner, READ_WRITE);
        return owned(arena, address, size).asSlice(PAGE + inner - used, bytes);
    }

    private static MemorySegment owned(Arena arena, long address, long size) {
        return MemorySegment.ofAddress(address)
                .reinterpret(size, arena, _ -> Calls.unmap(address, size));
    }

    private static long round(long n, long unit) {
        return Math.multiplyExact(Math.ceilDiv(n, unit), unit);
    }

    /** The C library's functions. */
    private static final class Calls {
        private static final ValueLayout.OfLong SIZE = JAVA_LONG;

        private static final MethodHandle MAP =
                find("mmap", ADDRESS, ADDRESS, SIZE, JAVA_INT, JAVA_INT, JAVA_INT, SIZE);
        private static final MethodHandle UNMAP = find("munmap", JAVA_INT, ADDRESS, SIZE);
        private static final MethodHandle ADVISE =
                find("madvise", JAVA_INT, ADDRESS, SIZE, JAVA_INT);
        private static final MethodHandle PROTECT =
                find("mprotect", JAVA_INT, ADDRESS, SIZE, JAVA_INT);

        private static MethodHandle find(String name, ValueLayout result, ValueLayout... types) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, types));
        }

        static long map(long bytes, int access) {
            try {
                MemorySegment mapped =
                        (MemorySegment)
                                MAP.invokeExact(
                                        MemorySegment.NULL,
                                        bytes,
                                        access,
                                        PRIVATE_ANONYMOUS,
                                        -1,
                                        0L);
                if (mapped.address() == -1) {
                    throw new OutOfMemoryError("cannot map " + bytes + " bytes");
                }
                return mapped.address();
            } catch (Throwable e) {
                throw rethrown(e);
            }
        }

        static void unmap(long address, long bytes) {
            try {
                int ignored = (int) UNMAP.invokeExact(MemorySegment.ofAddress(address), bytes);
            } catch (Throwable e) {
                throw rethrown(e);
            }
        }

        /** Advice may be declined: pages are small then. */
        static void advise(long address, long bytes, int advice) {
            try {
                int ignored =
                        (int) ADVISE.invokeExact(MemorySegment.ofAddress(address), bytes, advice);
            } catch (Throwable e) {
                throw rethrown(e);
            }
        }

        static void protect(long address, long bytes, int access) {
            try {
                int failed =
                        (int) PROTECT.invokeExact(MemorySegment.ofAddress(address), bytes, access);
                if (failed != 0) {
                    throw new OutOfMemoryError("cannot open " + bytes + " bytes");
                }
            } catch (Throwable e) {
                throw rethrown(e);
            }
        }

        private static RuntimeException rethrown(Throwable e) {
            if (e instanceof Error error) {
                throw error;
            }
            return new IllegalStateException("a call of the C library failed", e);
        }
    }
}
