package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.MatrixType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the weights of matrix products are held as. */
public enum WeightType {
    /**
     * As the checkpoint has them where it has blocks of integers (Q8_0, Q4_0, Q4_K, Q6_K), whose
     * numbers are not rounded again; all others in single precision.
     */
    NATIVE,
    /** Single precision. */
    F32,
    /** bfloat16, rounded to nearest even. */
    BF16,
    /** E4M3, floating-point numbers of eight bits, a scale for each row. */
    FP8,
    /** Eight bits, a scale for each row. */
    INT8,
    /** Four bits, a scale for each 32. */
    INT4;

    /** The type of one matrix. */
    public MatrixType matrix(Weight weight) {
        return switch (this) {
            case NATIVE -> {
                boolean whole = weight.shape().dim(-1) % weight.stored().blockElements() == 0;
                yield whole ? MatrixType.stored(weight.stored()) : MatrixType.F32;
            }
            case F32 -> MatrixType.F32;
            case BF16 -> MatrixType.BF16;
            case FP8 -> MatrixType.FP8;
            case INT8 -> MatrixType.INT8;
            case INT4 -> MatrixType.INT4;
        };
    }

    /** The same, or {@link #F32} where it comes to that for all matrices of a program. */
    public WeightType resolved(Program program) {
        boolean real =
                program.matrices().stream().allMatch(weight -> matrix(weight) == MatrixType.F32);
        return real ? F32 : this;
    }

    /** Its name, as options and settings write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All types by {@link #label}. */
    public static Map<String, WeightType> byLabel() {
        Map<String, WeightType> types = new LinkedHashMap<>();
        for (WeightType type : values()) {
            types.put(type.label(), type);
        }
        return types;
    }
}
