package dev.eddy.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.eddy.kernels.tensor.MatrixType;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One variant of the C library, an instruction set: its matrix products, and the recurrences where
 * it has them. Calls are ordinary downcalls, not critical ones: they last long enough to hold up a
 * safepoint, and too long for the transition to count.
 */
final class NativeKernels {
    /** The variants; the library tells by their ordinals which of them can run. */
    enum Variant {
        AVX512BF16,
        AVX512VNNI,
        AVX2,
        NEON;

        /** Whether it computes with weights of that type. */
        boolean supports(MatrixType type) {
            return this == AVX512BF16 ? type == MatrixType.BF16 : type.isInteger();
        }

        /** Whether it has the recurrences. */
        boolean hasScans() {
            return this != AVX512BF16;
        }

        /** Its name in the library's functions, and for users. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Variant variant;
    private final MethodHandle multiply;
    private final MethodHandle pack;
    private final @Nullable NativeScans scans;

    NativeKernels(Variant variant, SymbolLookup library) {
        this.variant = variant;
        String kind = variant == Variant.AVX512BF16 ? "pairs" : "integers";
        multiply =
                find(
                        library,
                        variant.label() + "_" + kind,
                        FunctionDescriptor.ofVoid(
                                JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG,
                                JAVA_INT, JAVA_LONG, JAVA_LONG));
        pack =
                find(
                        library,
                        variant.label() + "_pack_" + kind,
                        FunctionDescriptor.ofVoid(
                                JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
        scans = variant.hasScans() ? new NativeScans(variant, library) : null;
    }

    /** A function of the library. */
    static MethodHandle find(SymbolLookup library, String name, FunctionDescriptor type) {
        MemorySegment address = library.findOrThrow("eddy_" + name);
        return Linker.nativeLinker().downcallHandle(address, type);
    }

    Variant variant() {
        return variant;
    }

    @Nullable NativeScans scans() {
        return scans;
    }

    /** About how many nanoseconds a multiplication takes. */
    double nanoseconds(MatrixType type) {
        return switch (variant) {
            case AVX512BF16 -> 0.008;
            case AVX512VNNI -> 0.005;
            case AVX2, NEON -> 0.02;
        };
    }

    /** The library's number for a layout of panels: {@code enum kind} in layout.h. */
    private static int kind(MatrixType type) {
        return switch (type) {
            case F32, BF16, INT8 -> 0;
            case FP8 -> throw CpuKernels.refused(type);
            case Q8_0 -> 1;
            case INT4, Q4_0 -> 2;
            case Q4_K -> 3;
            case Q6_K -> 4;
        };
    }

    /** Packs at most eight rows of {@code k} floats. */
    void pack(MatrixType type, long x, long stride, int rows, int k, long target) {
        try {
            pack.invokeExact(kind(type), x, stride / Float.BYTES, rows, k, target);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies packed rows with {@code panels} panels. */
    void multiply(
            MatrixType type,
            long x,
            int rows,
            int k,
            long w,
            long panelBytes,
            int panels,
            long out,
            long stride) {
        try {
            multiply.invokeExact(
                    kind(type), x, rows, k, w, panelBytes, panels, out, stride / Float.BYTES);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("a call of the CPU library failed", e);
    }
}
