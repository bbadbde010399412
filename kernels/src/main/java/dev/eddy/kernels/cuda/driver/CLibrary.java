package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A library of C functions that stays loaded.
 *
 * @param file as it was named
 */
record CLibrary(String file, SymbolLookup symbols) {
    /**
     * Loads one by its path, or by a name that the loader looks for.
     *
     * @throws IllegalArgumentException if it cannot be loaded
     */
    static CLibrary load(String name) {
        return new CLibrary(
                name,
                name.contains("/")
                        ? SymbolLookup.libraryLookup(Path.of(name).toAbsolutePath(), Arena.global())
                        : SymbolLookup.libraryLookup(name, Arena.global()));
    }

    /**
     * Calls a function that answers with a status.
     *
     * @param arguments integers are int; longs size_t, handles and device addresses; segments
     *     pointers
     */
    int status(String function, Object... arguments) {
        return (int) call(function, ValueLayout.JAVA_INT, arguments);
    }

    /** The same for one that answers with something else. */
    Object call(String function, MemoryLayout result, Object... arguments) {
        MemorySegment symbol =
                symbols.find(function)
                        .orElseThrow(() -> new GpuException(0, file + " has no " + function));
        MemoryLayout[] layouts =
                Arrays.stream(arguments)
                        .map(argument ->
                                switch (argument) {
                                    case Integer _ -> ValueLayout.JAVA_INT;
                                    case Long _ -> ValueLayout.JAVA_LONG;
                                    default -> ValueLayout.ADDRESS;
                                })
                        .toArray(MemoryLayout[]::new);
        try {
            return Linker.nativeLinker()
                    .downcallHandle(symbol, FunctionDescriptor.of(result, layouts))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(file + " could not be called", e);
        }
    }
}
