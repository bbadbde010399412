package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RelayoutTest {
    @ParameterizedTest
    @EnumSource(
            names = {"F64", "F32", "F16", "BF16", "Q4_0", "Q5_0", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void scaled_byAPowerOfTwo_multipliesEveryElementExactly(DType type) {
        int elements = 4 * type.blockElements();
        byte[] bytes = new byte[(int) type.bytes(elements)];
        new Random(7).nextBytes(bytes);
        for (int i = 1; i < bytes.length; i++) {
            // No infinities, NaNs or numbers near overflow, wherever scales and elements lie.
            bytes[i] = (byte) (bytes[i] & 0x3b);
        }
        Tensor tensor = new Tensor("x", type, Shape.of(elements), MemorySegment.ofArray(bytes));
        float[] before = tensor.toFloats();
        float[] after =
                Relayout.scaled("y", new StoredTensor("file", tensor), 2).tensor().toFloats();
        int others = 0;
        for (int i = 0; i < elements; i++) {
            assertThat(after[i]).as("%s[%d]", type, i).isEqualTo(4 * before[i]);
            others += before[i] == 0 ? 0 : 1;
        }
        assertThat(others).isPositive();
        assertThat(tensor.toFloats()).as("the original").isEqualTo(before);
    }
}
