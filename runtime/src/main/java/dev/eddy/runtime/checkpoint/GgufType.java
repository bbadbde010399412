package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The element types of GGUF tensors by their numbers, those that Eddy does not read included. */
enum GgufType {
    F32(0, DType.F32),
    F16(1, DType.F16),
    Q4_0(2, DType.Q4_0),
    Q4_1(3, null),
    Q5_0(6, DType.Q5_0),
    Q5_1(7, null),
    Q8_0(8, DType.Q8_0),
    Q8_1(9, null),
    Q2_K(10, null),
    Q3_K(11, null),
    Q4_K(12, DType.Q4_K),
    Q5_K(13, DType.Q5_K),
    Q6_K(14, DType.Q6_K),
    Q8_K(15, null),
    IQ2_XXS(16, null),
    IQ2_XS(17, null),
    IQ3_XXS(18, null),
    IQ1_S(19, null),
    IQ4_NL(20, null),
    IQ3_S(21, null),
    IQ2_S(22, null),
    IQ4_XS(23, null),
    I8(24, DType.I8),
    I16(25, DType.I16),
    I32(26, DType.I32),
    I64(27, DType.I64),
    F64(28, DType.F64),
    IQ1_M(29, null),
    BF16(30, DType.BF16),
    TQ1_0(34, null),
    TQ2_0(35, null),
    MXFP4(39, null),
    NVFP4(40, null);

    private final int number;
    private final @Nullable DType dtype;

    GgufType(int number, @Nullable DType dtype) {
        this.number = number;
        this.dtype = dtype;
    }

    /** What Eddy reads, by ggml's names. */
    static List<GgufType> read() {
        return Arrays.stream(values()).filter(type -> type.dtype != null).toList();
    }

    /** What a number in a file means, for error messages. */
    static String describe(long number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .map(GgufType::name)
                .findFirst()
                .orElse("unknown type number " + Long.toUnsignedString(number));
    }

    /** The element type of that number; nothing where Eddy does not read it. */
    static Optional<DType> dtype(long number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .flatMap(type -> Optional.ofNullable(type.dtype));
    }
}
