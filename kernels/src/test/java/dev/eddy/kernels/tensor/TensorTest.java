package dev.eddy.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
    private static final Tensor ONE = bf16((short) 0x3f80);
    private static final Tensor TWO = bf16((short) 0x4000);

    private static Tensor bf16(short bits) {
        return new Tensor(
                "half", DType.BF16, Shape.of(1), MemorySegment.ofArray(new short[] {bits}));
    }

    @Test
    void join_ofOneElementType_keepsIt() {
        Tensor joined = Tensor.join("both", Shape.of(2), List.of(ONE, TWO));
        assertThat(joined.dtype()).isEqualTo(DType.BF16);
        assertThat(joined.toFloats()).containsExactly(1, 2);
    }

    @Test
    void join_ofSeveralElementTypes_widensToFloat() {
        Tensor floats = Tensor.ofFloats("floats", Shape.of(2), new float[] {3, 0.1f});
        Tensor joined = Tensor.join("both", Shape.of(3, 1), List.of(TWO, floats));
        assertThat(joined.dtype()).isEqualTo(DType.F32);
        assertThat(joined.toFloats()).containsExactly(2, 3, 0.1f);
    }

    @Test
    void join_ofAnotherSize_throws() {
        for (int elements : new int[] {1, 3}) {
            assertThatThrownBy(() -> Tensor.join("both", Shape.of(elements), List.of(ONE, TWO)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "tensor both [%d] has %d elements, its parts have 2",
                            elements, elements);
        }
    }
}
