package dev.eddy.kernels.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What a test asks of the emulated driver beyond what drivers do (kernels/src/test/c/faults.c). */
final class EmulatedDriver {
    private static final Path FILE = Path.of(System.getProperty("eddy.cuda.driver", "none"));

    private EmulatedDriver() {}

    /** Leaves the test out where the build could not make the driver, having no C++ compiler. */
    static void assumeBuilt() {
        Assumptions.assumeTrue(Files.exists(FILE), "no emulated CUDA driver was built");
        assertThat(Gpu.unavailable()).isEmpty();
        assertThat(Gpu.emulated()).isTrue();
    }

    /** How often a function of the driver was called, or a kernel executed, in this process. */
    static long calls(String name) {
        return (long) call("eddyEmulatedCalls", ValueLayout.JAVA_LONG, name);
    }

    private static Object call(String function, ValueLayout result, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment symbol =
                    SymbolLookup.libraryLookup(FILE, Arena.global()).findOrThrow(function);
            return Linker.nativeLinker()
                    .downcallHandle(symbol, FunctionDescriptor.of(result, ValueLayout.ADDRESS))
                    .invoke(arena.allocateFrom(name));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
