package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with the blocks of quantised files, as they are, by every kernel that can run here. */
class StoredBlocksTest {
    private static final int DEPTH = 768;

    static Stream<Arguments> cases() {
        return ProductsTest.kernels()
                .flatMap(k ->
                        Stream.of(DType.Q8_0, DType.Q4_0, DType.Q4_K, DType.Q6_K)
                                .map(type -> Arguments.of(k, type)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void product_ofBlocks_equalsTheReferenceByBitsAndIsNearTheRealOne(
            CpuKernels kernels, DType type) {
        Random random = new Random(type.ordinal());
        for (int rows : new int[] {1, 3, 8, 13, 64}) {
            int width = 1 + random.nextInt(70);
            Tensor w = blocks(random, type, width);
            float[] x = ProductsTest.random(random, rows * DEPTH);
            float[] y = ProductsTest.run(new CpuBackend(kernels), WeightType.NATIVE, w, x);
            assertThat(y)
                    .as("N %d, %d rows", width, rows)
                    .containsExactly(
                            ProductsTest.run(
                                    Backends.byName("reference"), WeightType.NATIVE, w, x));
            assertThat(ProductsTest.error(w.toFloats(), x, y, DEPTH)).isBetween(1e-4, 1.2e-2);
        }
    }

    @Test
    void matrix_ofAnUnroundedFile_isComputedInFloats() {
        assertThat(MatrixType.stored(DType.BF16)).isEqualTo(MatrixType.F32);
        assertThat(MatrixType.stored(DType.Q5_K)).isEqualTo(MatrixType.F32);
    }

    /** Blocks of random bits with scales of a sane size. */
    private static Tensor blocks(Random random, DType type, int rows) {
        byte[] bytes = new byte[Math.toIntExact(type.bytes((long) rows * DEPTH))];
        random.nextBytes(bytes);
        for (int at = 0; at < bytes.length; at += type.blockBytes()) {
            scale(random, bytes, at + (type == DType.Q6_K ? 208 : 0));
            if (type == DType.Q4_K) {
                scale(random, bytes, at + 2);
            }
        }
        return new Tensor("w", type, Shape.of(rows, DEPTH), MemorySegment.ofArray(bytes));
    }

    private static void scale(Random random, byte[] bytes, int at) {
        short bits = Float.floatToFloat16((float) (0.01 + random.nextDouble()));
        bytes[at] = (byte) bits;
        bytes[at + 1] = (byte) (bits >> 8);
    }
}
