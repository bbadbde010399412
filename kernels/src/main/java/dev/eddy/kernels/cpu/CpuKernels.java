package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.MatrixType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels compute matrix products and recurrences, and the forms of weights and rows that
 * products read. All choices give the same bits.
 *
 * @param variants variants of the C library that may be used; without one for a type, Java computes
 */
record CpuKernels(Set<NativeKernels.Variant> variants) {
    /** Chooses the kernels: {@code java}, or variants of the C library separated by commas. */
    private static final String CHOICE = "eddy.cpu.kernels";

    private static final Logger LOG = LoggerFactory.getLogger(CpuKernels.class);

    /** All that this processor can run, or what the system property {@value #CHOICE} says. */
    static final CpuKernels BEST = best();

    /** The Java kernels alone. */
    static final CpuKernels JAVA = new CpuKernels(Set.of());

    private static CpuKernels best() {
        Set<NativeKernels.Variant> variants =
                new LinkedHashSet<>(NativeLibrary.variants().keySet());
        String choice = System.getProperty(CHOICE, "");
        if (!choice.isEmpty()) {
            variants.removeIf(
                    variant -> !Arrays.asList(choice.split(",")).contains(variant.label()));
        }
        LOG.debug("CPU kernels: java and {}", variants);
        return new CpuKernels(variants);
    }

    private @Nullable NativeKernels library(MatrixType type) {
        return library(variant -> variant.supports(type));
    }

    /** The first of the variants that can do what is asked. */
    private @Nullable NativeKernels library(Predicate<NativeKernels.Variant> can) {
        for (NativeKernels.Variant variant : NativeKernels.Variant.values()) {
            if (variants.contains(variant) && can.test(variant)) {
                return NativeLibrary.variants().get(variant);
            }
        }
        return null;
    }

    /** The recurrences of the library, or null where Java computes them. */
    @Nullable NativeScans scans() {
        NativeKernels library = library(NativeKernels.Variant::hasScans);
        return library == null ? null : library.scans();
    }

    /** The form of a matrix [N, K], or of matrices [count, N, K]. */
    PackedWeight.Matrix form(Weight weight, MatrixType type) {
        return switch (type) {
            case F32 -> new PackedWeight.FloatMatrix(weight);
            case BF16 ->
                    library(type) == null
                            ? new PackedWeight.HalfMatrix(weight)
                            : new PackedWeight.PairMatrix(weight);
            case FP8 -> throw refused(type);
            case INT8, INT4, Q8_0, Q4_0, Q4_K, Q6_K -> new PackedWeight.IntegerMatrix(weight, type);
        };
    }

    /** The form of rows of {@code k} elements. */
    RowForm rows(MatrixType type, int k) {
        NativeKernels library = library(type);
        if (library != null) {
            return new RowForm.Native(library, type, k);
        }
        return switch (type) {
            case F32 -> new RowForm.Floats(k);
            case BF16 -> new RowForm.Factors(k);
            case FP8 -> throw refused(type);
            case INT8, INT4, Q8_0, Q4_0, Q4_K, Q6_K -> new RowForm.Rounded(type, k);
        };
    }

    /** The panels of a matrix at {@code address}. */
    Panels panels(PackedWeight.Matrix form, MatrixType type, long address) {
        int k = form.weight().shape().size(-1);
        NativeKernels library = library(type);
        if (library != null) {
            return new NativePanels(library, type, address, k, form.panelBytes());
        }
        return switch (type) {
            case F32 -> new FloatPanels(address, k);
            case BF16 -> new HalfPanels(address, OffHeap.round(k, 2));
            case FP8 -> throw refused(type);
            case INT8, INT4, Q8_0, Q4_0, Q4_K, Q6_K ->
                    new IntegerPanels(
                            address, new IntegerLayout(type, k), new RowForm.Rounded(type, k));
        };
    }

    /**
     * No processor multiplies such numbers: they would only be widened, and no smaller than int8.
     */
    static InvalidRequestException refused(MatrixType type) {
        return new InvalidRequestException(
                "the cpu backend does not compute with %s weights: take int8 (--dtype int8), or a card (--backend cuda)"
                        .formatted(type.name().toLowerCase(Locale.ROOT)));
    }

    /** Bytes that a worker needs for panels of a type. */
    long workBytes(MatrixType type) {
        if (library(type) != null || type == MatrixType.F32) {
            return 0;
        }
        return type == MatrixType.BF16
                ? (long) ChainPanels.DEPTH * FloatPanels.ROW_BYTES
                : IntegerPanels.workBytes();
    }
}
