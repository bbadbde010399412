package dev.eddy.kernels.backend;

import dev.eddy.kernels.tensor.MatrixType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the weights of matrix products are held as, whatever the checkpoint stores. */
public enum WeightType {
    /** Single precision. */
    F32(MatrixType.F32),
    /** bfloat16, rounded to nearest even. */
    BF16(MatrixType.BF16),
    /** Eight bits, a scale for each row. */
    INT8(MatrixType.INT8),
    /** Four bits, a scale for each 32. */
    INT4(MatrixType.INT4);

    private final MatrixType matrix;

    WeightType(MatrixType matrix) {
        this.matrix = matrix;
    }

    /** The type of the matrices. */
    public MatrixType matrix() {
        return matrix;
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
