package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
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
        Assumptions.assumeTrue(
                new CudaBackend().unavailable().isEmpty(), "no emulated CUDA driver was built");
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
        Schedule schedule = new CudaPlan(program, options).route(true).schedule();
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
        float[] frames = new float[150 * DEPTH];
        Random random = new Random(3);
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (float) random.nextGaussian();
        }
        float[] together = run(program, frames, 0, 150);
        for (int row : new int[] {0, 72, 143}) {
            float[] few = run(program, frames, row, 7);
            for (int i = 0; i < few.length; i++) {
                assertThat(few[i]).as("row %d, %d", row, i).isEqualTo(together[row * 19 + i]);
            }
        }
    }

    /** A product whose results a second one reads. */
    private static Program products(int width) {
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(DEPTH));
        Value x = builder.matmul(builder.frames(), weight(builder, width, DEPTH), null);
        Value y = builder.unary(UnaryFunction.RELU_SQUARED, x);
        Value z = builder.matmul(y, weight(builder, 19, width), null);
        return builder.finish(new Program.Output.Floats(builder.select(z)));
    }

    private static Weight weight(ProgramBuilder builder, int outputs, int depth) {
        float[] values = new float[outputs * depth];
        Random random = new Random(outputs);
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextFloat() - 0.5f) / 16;
        }
        String name = "w" + outputs;
        Shape shape = Shape.of(outputs, depth);
        return builder.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }

    private static float[] run(Program program, float[] frames, int from, int rows) {
        CompileOptions options = CompileOptions.of(WeightType.BF16, 1, 1, rows);
        try (Executable executable = new CudaBackend().compile(program, options)) {
            Step step = executable.newStep();
            step.entry(0, 0);
            step.frames(frames, from * DEPTH, rows);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            float[] out = new float[rows * 19];
            for (int i = 0; i < out.length; i++) {
                out[i] = step.outputRows().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
            }
            return out;
        }
    }
}
