package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * The stand-in for cuBLASLt that computes on the emulated driver (kernels/src/test/c/cublaslt), and
 * what it saw.
 */
public final class StandInLibrary {
    /** Beside the emulated driver. */
    public static final Path FILE =
            Path.of(System.getProperty("eddy.cuda.driver", "none"))
                    .resolveSibling("libcublasLt.so.13");

    private static final AddressLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(
                    MemoryLayout.sequenceLayout(65536, ValueLayout.JAVA_BYTE));

    private StandInLibrary() {}

    /** Lets the library that is found be this one, and forgets what it saw. */
    public static void use() {
        name(FILE.toString());
        call("fakeForget", FunctionDescriptor.ofVoid());
        refuse(0);
    }

    /** Lets a file be the library. */
    public static void name(String file) {
        System.setProperty(CublasLt.FILE_PROPERTY, file);
    }

    /** Lets the library be looked for. */
    public static void forget() {
        System.clearProperty(CublasLt.FILE_PROPERTY);
    }

    /** Lets it have no algorithm for any product. */
    public static void refuse() {
        refuse(1);
    }

    private static void refuse(int all) {
        call("fakeRefuse", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT), all);
    }

    /** The calls that it saw, one a line. */
    public static String calls() {
        return ((MemorySegment) call("fakeCalls", FunctionDescriptor.of(TEXT))).getString(0);
    }

    /** Its objects that were not destroyed. */
    public static long living() {
        return (long) call("fakeLiving", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    }

    private static Object call(String function, FunctionDescriptor descriptor, Object... args) {
        MemorySegment symbol =
                SymbolLookup.libraryLookup(FILE.toAbsolutePath(), Arena.global())
                        .findOrThrow(function);
        try {
            return Linker.nativeLinker()
                    .downcallHandle(symbol, descriptor)
                    .invokeWithArguments(args);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
