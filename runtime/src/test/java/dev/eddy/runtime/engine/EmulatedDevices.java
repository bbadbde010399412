package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Backends;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Failures of the emulated CUDA devices that the cuda backend runs on in tests
 * (kernels/src/test/c/faults.c).
 */
public final class EmulatedDevices {
    private static final Path FILE = Path.of(System.getProperty("eddy.cuda.driver", "none"));

    private EmulatedDevices() {}

    /** False where the build could not make the driver, having no C++ compiler. */
    public static boolean exist() {
        return Files.exists(FILE) && Backends.byName("cuda").unavailable().isEmpty();
    }

    /**
     * Lets the nth driver call on a device from now on fail; 0 for none.
     *
     * @param code a CUresult
     */
    public static void fail(int device, long nth, int code) {
        call(
                "eddyEmulatedFailAny",
                FunctionDescriptor.ofVoid(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
                device,
                nth,
                code);
    }

    /** In how many calls the failure on order comes; 0 once it has come. */
    public static long failureIsIn() {
        return (long) call("eddyEmulatedFailureIsIn", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    }

    /** After a test of faults, also one whose assumption that there is a driver failed. */
    public static void recover() {
        if (exist()) {
            fail(0, 0, 0);
            revive(0);
        }
    }

    /** Gives a lost device back its context as it was, which no real driver can. */
    public static void revive(int device) {
        call("eddyEmulatedRevive", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT), device);
    }

    /** How often a function of the driver was called. */
    public static long calls(String function) {
        try (Arena arena = Arena.ofConfined()) {
            return (long)
                    call(
                            "eddyEmulatedCalls",
                            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                            arena.allocateFrom(function));
        }
    }

    /** What was injected, or found wrong, last. */
    public static String lastText() {
        MemoryLayout text = MemoryLayout.sequenceLayout(1024, ValueLayout.JAVA_BYTE);
        MemorySegment found =
                (MemorySegment)
                        call(
                                "eddyEmulatedLastViolation",
                                FunctionDescriptor.of(ValueLayout.ADDRESS.withTargetLayout(text)));
        return found.getString(0);
    }

    private static Object call(String function, FunctionDescriptor descriptor, Object... args) {
        MethodHandle handle =
                Linker.nativeLinker()
                        .downcallHandle(
                                SymbolLookup.libraryLookup(FILE, Arena.global())
                                        .findOrThrow(function),
                                descriptor);
        try {
            return handle.invokeWithArguments(args);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
