package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention whose launch rounds its result for the product after it. */
class RoundedAttentionTest {
    private static final int DEPTH = 48;

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
    }

    @ParameterizedTest
    @CsvSource({
        // columns of a head, whether somebody else reads the result, the launch rounds it
        "16, false, true",
        "16, true, true",
        "24, false, true",
        "6, false, false",
    })
    void result_inWholeTiles_isRoundedByItsLaunch(int columns, boolean read, boolean rounds) {
        Program program = attention(columns, read);
        CompileOptions options = CompileOptions.of(WeightType.BF16, 1, 1, 1);
        CudaPlan plan = new CudaPlan(program, options);
        assertThat(single(plan.route(StepKind.SINGLE)).rounds()).isEqualTo(rounds);
        assertThat(single(plan.route(StepKind.SEVERAL)).rounds()).isFalse();
        assertThat(
                        plan.route(StepKind.SINGLE)
                                .scratch()
                                .outlives(single(plan.route(StepKind.SINGLE)).op().out()))
                .isEqualTo(read || !rounds);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void row_alone_hasTheSameBitsAsAmongMany(boolean read) {
        Program program = attention(24, read);
        float[] frames = ProductsTest.frames(7, DEPTH);
        float[] one = ProductsTest.run(new CudaBackend(), program, frames, DEPTH, 1);
        float[] all = ProductsTest.run(new CudaBackend(), program, frames, DEPTH, 7);
        assertThat(one).isEqualTo(all);
        assertThat(one).isNotEqualTo(new float[one.length]);
    }

    private static Schedule.Launch.Single single(CudaPlan.Route route) {
        return route.schedule().launches().stream()
                .filter(launch -> launch instanceof Schedule.Launch.Single)
                .map(launch -> (Schedule.Launch.Single) launch)
                .filter(launch -> launch.op() instanceof Op.Attention)
                .findFirst()
                .orElseThrow();
    }

    /** Four heads, of which two share their keys. */
    private static Program attention(int columns, boolean read) {
        Random random = new Random(columns);
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(DEPTH));
        Value q = product(builder, random, builder.frames(), 4 * columns);
        Value k = product(builder, random, builder.frames(), 2 * columns);
        Value v = product(builder, random, builder.frames(), 2 * columns);
        Value out = builder.attention("a", q, k, v, 4, 2, new Reach.Window(16), 0.25f, 0);
        Value y = product(builder, random, out, 4 * columns);
        return builder.finish(
                new Program.Output.Floats(builder.select(read ? builder.add(y, out) : y)));
    }

    private static Value product(ProgramBuilder builder, Random random, Value x, int width) {
        Weight weight =
                ProductsTest.weight(builder, random, UnaryOperator.identity(), width, x.width());
        return builder.matmul(x, weight, null);
    }
}
