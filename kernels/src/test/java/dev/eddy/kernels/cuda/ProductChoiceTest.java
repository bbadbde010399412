package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which block a product gets: of an emulated card of capability 9.0. */
class ProductChoiceTest {
    private static final int MOST_SHARED = 227 << 10;

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightPlan.Form.class,
            names = {"FRAGMENTS", "BYTES", "EIGHTS"})
    void block_ofAnyShape_fitsAMultiprocessorAndItsDepth(WeightPlan.Form form) {
        for (int width : new int[] {1, 16, 192, 2560, 10240, 65536}) {
            for (int tiles : new int[] {1, 8, 9, 10, 32, 160, 640, 1792}) {
                for (int rows : new int[] {1, 2, 8, 9, 16, 32, 33, 64, 65, 320, 1024}) {
                    ProductShape shape = shape(form, tiles, width, 64);
                    ProductBlock block = of(shape, rows, group(rows));
                    assertThat(block.sharedBytes(form))
                            .as("%s for %d rows of %s", block, rows, shape)
                            .isLessThanOrEqualTo(MOST_SHARED);
                    assertThat(block.sharing()).isBetween(1, shape.mostSharing());
                    assertThat(block.stages() % block.turns()).isZero();
                    assertThat(block.held()).isGreaterThanOrEqualTo(Math.min(rows, block.rows()));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // outputs, k-tiles, rows, kernel, blocks to a depth
        "2560, 160, 1, matmul_bf16_8, 1",
        "832, 256, 1, matmul_bf16_8_narrow, 4",
        "576, 160, 1, matmul_bf16_8, 1",
        "192, 320, 1, matmul_bf16_8_narrow, 4",
        "2560, 320, 1, matmul_bf16_8, 1",
        "2560, 640, 1, matmul_bf16_8_wide, 4",
        "2560, 160, 8, matmul_bf16_8_wide, 4",
        "4096, 1024, 1, matmul_bf16_8, 1",
        "8256, 160, 1, matmul_bf16_8_two, 1",
        "10240, 160, 8, matmul_bf16_8_wide, 1",
        "16384, 256, 1, matmul_bf16_8_two, 1",
        "28672, 256, 1, matmul_bf16_8, 1",
        "28672, 256, 8, matmul_bf16_8_two, 1",
        "10240, 6, 1, matmul_bf16_8_wide, 1",
        "16384, 6, 1, matmul_bf16_8_four, 1",
        "2560, 160, 9, matmul_wgmma_64x96, 4",
        "8256, 160, 16, matmul_wgmma_64x64, 2",
        "10240, 160, 32, matmul_wgmma_64x80, 1",
        "2560, 640, 64, matmul_wgmma_64x96, 4",
        "2560, 160, 64, matmul_wgmma_64x96, 4",
        "7680, 160, 64, matmul_wgmma_64x64, 2",
        "10240, 160, 64, matmul_wgmma_64x80, 1",
        "10576, 160, 64, matmul_wgmma_64x96, 1",
        "12288, 256, 64, matmul_wgmma_64x96, 1",
        "13120, 256, 64, matmul_wgmma_64x64, 1",
        "16384, 256, 33, matmul_wgmma_64x64, 1",
        "65536, 256, 64, matmul_wgmma_64x128, 1",
        "10240, 6, 64, matmul_wgmma_64x64, 1",
        "5120, 10, 64, matmul_wgmma_64x64, 1",
        "2560, 160, 320, matmul_wgmma_128, 2",
        "2560, 4, 320, matmul_wgmma_128x64, 1",
        "10240, 160, 320, matmul_wgmma_128, 1",
        "192, 320, 320, matmul_wgmma_128x64, 4",
        "960, 160, 256, matmul_wgmma_128x64, 4",
        "976, 160, 256, matmul_wgmma_128, 4",
    })
    void block_ofAModelsShape_isTheOneThatWasFastest(
            int outputs, int tiles, int rows, String kernel, int sharing) {
        assertBlock(WeightPlan.Form.FRAGMENTS, outputs, tiles, rows, kernel, sharing);
    }

    @ParameterizedTest
    @CsvSource({
        "2560, 640, 1, matmul_fp8_8, 1",
        "8256, 160, 1, matmul_fp8_8_two, 1",
        "10240, 160, 1, matmul_fp8_8, 1",
        "10240, 160, 8, matmul_fp8_8_wide, 1",
        "5120, 160, 1, matmul_fp8_8_two, 1",
        "5120, 160, 8, matmul_fp8_8_two, 1",
        "2560, 160, 8, matmul_fp8_8_wide, 4",
        "8256, 160, 64, matmul_fp8_wgmma_64, 2",
        "10240, 160, 33, matmul_fp8_wgmma_64, 1",
        "2560, 640, 64, matmul_fp8_wgmma_64, 4",
        "5120, 10, 64, matmul_fp8_wgmma_64, 1",
        "2560, 640, 320, matmul_fp8_wgmma_128, 2",
        "10240, 6, 320, matmul_fp8_wgmma_128, 1",
        "10240, 160, 32, matmul_fp8_wgmma_64, 1",
        "2560, 160, 9, matmul_fp8_wgmma_64, 4",
    })
    void block_withWeightsOfEightBits_isTheOneThatWasFastest(
            int outputs, int tiles, int rows, String kernel, int sharing) {
        assertBlock(WeightPlan.Form.EIGHTS, outputs, tiles, rows, kernel, sharing);
    }

    @ParameterizedTest
    @CsvSource({
        // outputs, k-tiles, rows, stages that are left when the next launch's blocks may come
        "2560, 160, 1, 6",
        "2560, 640, 1, 8",
        "192, 320, 1, 0",
        "4096, 1024, 1, 0",
        "8256, 160, 1, 6",
        "10240, 160, 1, 8",
        "10240, 6, 1, 0",
        "16384, 6, 1, 0",
        "28672, 256, 1, 8",
        "2560, 160, 8, 0",
        "10240, 160, 8, 8",
        "28672, 256, 8, 0",
        "2560, 160, 16, 6",
        "10240, 160, 64, 6",
        "10240, 160, 320, 6",
    })
    void block_ofAModelsShape_letsTheNextLaunchComeWhenThatWasFastest(
            int outputs, int tiles, int rows, int ending) {
        assertThat(of(WeightPlan.Form.FRAGMENTS, outputs, tiles, rows).ending()).isEqualTo(ending);
        assertThat(of(WeightPlan.Form.EIGHTS, outputs, tiles, rows).ending()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 1024, 320, matmul_wgmma_160, 2",
        "4096, 256, 320, matmul_wgmma_160, 2",
        "10240, 160, 160, matmul_wgmma_160, 1",
        "2560, 640, 160, matmul_wgmma_160, 4",
        "65536, 160, 320, matmul_wgmma_160, 1",
        "192, 320, 160, matmul_wgmma_160x64, 4",
        "192, 10, 160, matmul_wgmma_160, 2",
    })
    void block_ofGroupsOf160Rows_isTheOneThatWasFastest(
            int outputs, int tiles, int rows, String kernel, int sharing) {
        ProductShape shape = shape(WeightPlan.Form.FRAGMENTS, tiles, outputs);
        ProductBlock block = of(shape, rows, RowGroups.TALL);
        assertThat(block.name()).isEqualTo(kernel);
        assertThat(block.sharing()).isEqualTo(sharing);
        assertThat(block.sharedBytes(shape.form())).isLessThanOrEqualTo(MOST_SHARED);
    }

    /** A launch that has a deep product of so many outputs and one of hardly any depth. */
    @ParameterizedTest
    @CsvSource({
        // form, outputs and k-tiles of both, rows, kernel, blocks to a depth, stages
        "FRAGMENTS, 7680, 160, 10240, 6, 1, matmul_bf16_8_wide, 1, 4",
        "FRAGMENTS, 7680, 160, 10240, 6, 8, matmul_bf16_8_wide, 1, 4",
        "FRAGMENTS, 12288, 256, 16384, 6, 1, matmul_bf16_8_two, 1, 8",
        "FRAGMENTS, 12288, 256, 16384, 6, 8, matmul_bf16_8_wide, 1, 4",
        "FRAGMENTS, 5120, 160, 5120, 10, 1, matmul_bf16_8_wide, 1, 4",
        "FRAGMENTS, 5120, 160, 5120, 10, 16, matmul_wgmma_64x64, 2, 3",
        "FRAGMENTS, 7680, 160, 10240, 6, 16, matmul_wgmma_64x80, 1, 6",
        "FRAGMENTS, 7680, 160, 10240, 6, 64, matmul_wgmma_64x64, 1, 3",
        "FRAGMENTS, 5120, 160, 5120, 10, 64, matmul_wgmma_64x80, 1, 4",
        "FRAGMENTS, 5120, 160, 5120, 10, 320, matmul_wgmma_128, 1, 3",
        "EIGHTS, 7680, 160, 10240, 6, 1, matmul_fp8_8_two, 1, 8",
        "EIGHTS, 7680, 160, 10240, 6, 8, matmul_fp8_8_wide, 1, 4",
        "EIGHTS, 5120, 160, 5120, 10, 1, matmul_fp8_8_two, 1, 8",
        "EIGHTS, 5120, 160, 5120, 10, 8, matmul_fp8_8_wide, 1, 6",
    })
    void block_ofSomeDepthAndHardlyAny_isTheOneThatWasFastest(
            WeightPlan.Form form,
            int outputs,
            int tiles,
            int others,
            int theirs,
            int rows,
            String kernel,
            int sharing,
            int stages) {
        ProductShape shape =
                new ProductShape(
                        List.of(
                                new ProductShape.Matrix(outputs, tiles),
                                new ProductShape.Matrix(others, theirs)),
                        form);
        ProductBlock block = of(shape, rows, group(rows));
        assertThat(block.name()).isEqualTo(kernel);
        assertThat(block.sharing()).isEqualTo(sharing);
        assertThat(block.stages()).isEqualTo(stages);
    }

    private static void assertBlock(
            WeightPlan.Form form, int outputs, int tiles, int rows, String kernel, int sharing) {
        ProductBlock block = of(form, outputs, tiles, rows);
        assertThat(block.name()).isEqualTo(kernel);
        assertThat(block.sharing()).isEqualTo(sharing);
    }

    private static ProductBlock of(WeightPlan.Form form, int outputs, int tiles, int rows) {
        return of(shape(form, tiles, outputs), rows, group(rows));
    }

    /** Products of one depth. */
    private static ProductShape shape(WeightPlan.Form form, int tiles, int... outputs) {
        return new ProductShape(
                Arrays.stream(outputs)
                        .mapToObj(width -> new ProductShape.Matrix(width, tiles))
                        .toList(),
                form);
    }

    private static ProductBlock of(ProductShape shape, int rows, int group) {
        try (GpuContext context = Gpu.open(0);
                Kernels kernels = new Kernels(context)) {
            return ProductChoice.of(shape, rows, group, kernels);
        }
    }

    private static int group(int rows) {
        return rows > 64 ? 128 : Integer.highestOneBit(2 * rows - 1);
    }
}
