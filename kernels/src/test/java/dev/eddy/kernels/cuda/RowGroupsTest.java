package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many rows lie side by side: of an emulated card of capability 9.0. */
class RowGroupsTest {
    /** Depth and outputs of which 160 rows take one turn of blocks, and groups of 128 two. */
    private static final int DEPTH = 528;

    private static final int WIDTH = 67 * 128;

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @CsvSource({
        "BF16, 8576, 1, 1",
        "BF16, 8576, 12, 16",
        "BF16, 8576, 64, 64",
        "BF16, 8576, 128, 128",
        "BF16, 8576, 160, 160",
        "BF16, 8576, 192, 128",
        "BF16, 8576, 1024, 128",
        // Two turns either way, of which those of 160 rows take longer.
        "BF16, 8576, 320, 128",
        "BF16, 8448, 320, 160",
        "FP8, 8576, 160, 128",
        "BF16, 64, 160, 128",
    })
    void of_aBucket_isWhatItsProductsAreFasterBy(
            WeightType type, int width, int rows, int expected) {
        Program program = products(width);
        CompileOptions options = CompileOptions.of(type, 1, 1, 1);
        Schedule schedule = new CudaPlan(program, options).route(StepKind.SINGLE).schedule();
        WeightPlan weights = new WeightPlan(program, type);
        try (GpuContext context = Gpu.open(0);
                Kernels kernels = new Kernels(context)) {
            RowGroups groups = RowGroups.of(schedule, weights.products(), kernels);
            assertThat(groups.of(Rows.ALL, new Bucket(rows, rows, 0, true))).isEqualTo(expected);
        }
    }

    @Test
    void row_inAGroupOf160_hasTheSameBitsAsAmongFew() {
        Program program = products(WIDTH);
        float[] frames = ProductsTest.frames(150, DEPTH);
        long launches = EmulatedDriver.calls("matmul_wgmma_160");
        long small = EmulatedDriver.calls("matmul_wgmma_160x64");
        float[] together = ProductsTest.run(new CudaBackend(), program, frames, DEPTH, 150);
        assertThat(EmulatedDriver.calls("matmul_wgmma_160")).isGreaterThan(launches);
        assertThat(EmulatedDriver.calls("matmul_wgmma_160x64")).isGreaterThan(small);
        for (int row : new int[] {0, 72, 143}) {
            float[] seven = Arrays.copyOfRange(frames, row * DEPTH, (row + 7) * DEPTH);
            assertThat(ProductsTest.run(new CudaBackend(), program, seven, DEPTH, 7))
                    .as("from row %d on", row)
                    .isEqualTo(Arrays.copyOfRange(together, row * 19, (row + 7) * 19));
        }
    }

    /** A product whose results a second one reads. */
    private static Program products(int width) {
        Random random = new Random(width);
        UnaryOperator<Tensor> held = UnaryOperator.identity();
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(DEPTH));
        Weight up = ProductsTest.weight(builder, random, held, width, DEPTH);
        Weight down = ProductsTest.weight(builder, random, held, 19, width);
        Value x = builder.matmul(builder.frames(), up, null);
        Value y = builder.unary(UnaryFunction.RELU_SQUARED, x);
        Value z = builder.matmul(y, down, null);
        return builder.finish(new Program.Output.Floats(builder.select(z)));
    }
}
