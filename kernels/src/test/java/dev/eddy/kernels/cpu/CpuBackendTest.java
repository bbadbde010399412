package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuBackendTest {
    private static final CompileOptions OPTIONS = CompileOptions.of(WeightType.F32, 2, 2, 8);

    private static Program product(int n, int k, int found) {
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(k));
        var matrix =
                builder.weight(
                        "layers.0.up",
                        Shape.of(n, k),
                        () -> Tensor.ofFloats("up", Shape.of(found), new float[found]));
        Value y = builder.matmul(builder.frames(), matrix);
        return builder.finish(new Program.Output.Floats(builder.select(y)));
    }

    @Test
    void best_ofAllBackends_isCpuBeforeReference() {
        assertThat(Backends.all().stream().map(Backend::name))
                .containsSubsequence("cpu", "reference");
        assertThat(Backends.byName("cpu")).isInstanceOf(CpuBackend.class);
    }

    @Test
    void plan_ofPanels_countsThemPaddedAndInTheirType() {
        long floats = new CpuBackend().plan(product(33, 100, 0), OPTIONS).weights();
        CompileOptions halves = CompileOptions.of(WeightType.BF16, 2, 2, 8);
        assertThat(floats).isEqualTo(64 * 100 * 4);
        assertThat(new CpuBackend().plan(product(33, 100, 0), halves).weights())
                .isEqualTo(64 * 100 * 2);
    }

    @Test
    void plan_ofFp8_isRefusedWithTheRemedy() {
        CompileOptions eights = CompileOptions.of(WeightType.FP8, 2, 2, 8);
        assertThatThrownBy(() -> new CpuBackend().plan(product(33, 100, 0), eights))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("fp8")
                .hasMessageContaining("int8")
                .hasMessageContaining("--backend cuda");
    }

    @Test
    void compile_ofAWeightOfAnotherSize_namesBoth() {
        assertThatThrownBy(() -> new CpuBackend().compile(product(3, 4, 11), OPTIONS))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("layers.0.up should be [3, 4], its tensor up is [11]");
    }

    @Test
    void compile_ofWeights_tellsProgressToTheEnd() {
        List<Double> shares = new ArrayList<>();
        new CpuBackend().compile(product(3, 4, 12), OPTIONS.withProgress(shares::add)).close();
        assertThat(shares).isSorted().endsWith(1.0);
    }

    @Test
    void submit_ofAnothersStep_isRefused() {
        try (Executable one = new CpuBackend().compile(product(3, 4, 12), OPTIONS);
                Executable other = new CpuBackend().compile(product(3, 4, 12), OPTIONS)) {
            Step step = other.newStep();
            step.seal();
            assertThatThrownBy(() -> one.submit(step))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("newStep");
        }
    }

    @Test
    void close_ofAnExecutable_refusesStepsAndItsArena() {
        Executable executable = new CpuBackend().compile(product(3, 4, 12), OPTIONS);
        Step step = executable.newStep();
        step.seal();
        executable.close();
        executable.close();
        assertThatThrownBy(() -> executable.submit(step)).hasMessageContaining("closed");
        assertThatThrownBy(() -> executable.arena().clear(0)).hasMessageContaining("closed");
    }
}
