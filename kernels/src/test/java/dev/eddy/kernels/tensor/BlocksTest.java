package dev.eddy.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quantised tensors read the same bits as ggml's own Python package. */
final class BlocksTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BlocksTest.class.getResourceAsStream("blocks/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static float[] expected(DType dtype) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(resource(dtype + ".floats")).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }

    private static Tensor tensor(DType dtype) throws IOException {
        byte[] blocks = resource(dtype + ".blocks");
        long count = blocks.length / dtype.blockBytes();
        Shape shape = Shape.of(count / 2, 2L * dtype.blockElements());
        return new Tensor("w", dtype, shape, MemorySegment.ofArray(blocks));
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q5_0", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void toFloats_ofRandomBlocks_isWhatGgufDecodes(DType dtype) throws IOException {
        float[] expected = expected(dtype);
        assertThat(expected).hasSizeGreaterThan(700).doesNotContain(Float.NaN);
        assertThat(tensor(dtype).toFloats()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q4_0", "Q5_0", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    void copyFloats_ofAnyRange_isThatPartOfTheWhole(DType dtype) throws IOException {
        Tensor tensor = tensor(dtype);
        float[] whole = expected(dtype);
        int size = dtype.blockElements();
        int[][] ranges = {
            {0, 1}, {size - 1, 2}, {3, size}, {size, size}, {size + 5, 2 * size}, {7, 0}
        };
        for (int[] range : ranges) {
            float[] part = new float[range[1] + 2];
            tensor.copyFloats(range[0], part, 1, range[1]);
            float[] expected = new float[range[1] + 2];
            System.arraycopy(whole, range[0], expected, 1, range[1]);
            assertThat(part).as(Arrays.toString(range)).isEqualTo(expected);
        }
        assertThat(tensor.get(whole.length - 1)).isEqualTo(whole[whole.length - 1]);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q6_K"})
    void new_rowsThatAreNoMultipleOfABlock_areRefused(DType dtype) {
        Shape shape = Shape.of(2, dtype.blockElements() / 2);
        MemorySegment one = MemorySegment.ofArray(new byte[dtype.blockBytes()]);
        assertThatThrownBy(() -> new Tensor("w", dtype, shape, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no multiple");
        assertThatThrownBy(() -> tensor(dtype).getLong(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not integers");
    }
}
