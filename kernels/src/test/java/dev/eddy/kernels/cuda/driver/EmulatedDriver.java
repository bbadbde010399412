package dev.eddy.kernels.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What a test asks of the emulated driver beyond what drivers do (kernels/src/test/c/faults.c). */
public final class EmulatedDriver {
    private static final Path FILE = Path.of(System.getProperty("eddy.cuda.driver", "none"));

    private static final AddressLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(
                    MemoryLayout.sequenceLayout(1024, ValueLayout.JAVA_BYTE));

    private EmulatedDriver() {}

    /** Leaves the test out where the build could not make the driver, having no C++ compiler. */
    public static void assumeBuilt() {
        Assumptions.assumeTrue(isBuilt(), "no emulated CUDA driver was built");
        assertThat(Gpu.unavailable()).isEmpty();
        assertThat(Gpu.emulated()).isTrue();
    }

    /** Whether there is one: what follows a test whose assumption failed runs without. */
    public static boolean isBuilt() {
        return Files.exists(FILE);
    }

    /** How often a function of the driver was called, or a kernel executed, in this process. */
    public static long calls(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long)
                    call("eddyEmulatedCalls", ValueLayout.JAVA_LONG, arena.allocateFrom(name));
        }
    }

    /** Lets the nth call from now of a function, or execution of a kernel, fail; 0 for none. */
    public static void fail(String name, long nth, int code) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            handle(
                            "eddyEmulatedFail",
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT))
                    .invoke(text, nth, code);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets a stream do nothing until {@link #go}, whoever waits for it.
     *
     * @param stream the nth that this process created; 0 for all of them
     */
    public static void hold(long stream) {
        try {
            handle("eddyEmulatedHold", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG))
                    .invoke(stream);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets all streams do their work. */
    public static void go() {
        try {
            handle("eddyEmulatedGo", FunctionDescriptor.ofVoid()).invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The major number of the cards' compute capability, 9 until it is said otherwise. */
    public static void generation(int major) {
        try {
            handle("eddyEmulatedGeneration", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invoke(major);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seeds the order in which what may be done in any order is done. */
    static void seed(long seed) {
        try {
            handle("eddyEmulatedSeed", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG))
                    .invoke(seed);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the driver found to be wrong last. */
    static String lastViolation() {
        return ((MemorySegment) call("eddyEmulatedLastViolation", TEXT)).getString(0);
    }

    /** The address of one of the driver's functions. */
    static MemorySegment symbol(String name) {
        return SymbolLookup.libraryLookup(FILE, Arena.global()).findOrThrow(name);
    }

    private static java.lang.invoke.MethodHandle handle(
            String function, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbol(function), descriptor);
    }

    private static Object call(String function, MemoryLayout result, MemorySegment... arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        java.util.Arrays.fill(layouts, ValueLayout.ADDRESS);
        try {
            return handle(function, FunctionDescriptor.of(result, layouts))
                    .invokeWithArguments((Object[]) arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
