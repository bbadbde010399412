package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.GpuException;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a step asks of the driver, and what it does not wait for. */
@Timeout(60)
final class CudaExecutableTest {
    private static final int INVALID_VALUE = 1;

    private static final int VOCABULARY = 32;
    private static final int WIDTH = 8;
    private static final int SLOTS = 12;
    private static final int ROWS = 70;

    private static final Sampling SAMPLING = Sampling.builder().temperature(1).build();

    private final Program program = program();
    private long streamsBefore;

    @BeforeEach
    void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
        streamsBefore = EmulatedDriver.calls("cuStreamCreate");
    }

    @AfterEach
    void letItGo() {
        if (EmulatedDriver.isBuilt()) {
            EmulatedDriver.go();
        }
    }

    private static Program program() {
        Random random = new Random(4);
        ProgramBuilder p = new ProgramBuilder(new Program.Input.Ids(VOCABULARY));
        Value x = p.embed(weight(p, random, "embeddings", VOCABULARY, WIDTH));
        x = p.fir("conv", x, weight(p, random, "taps", WIDTH, 4), null);
        return p.logits(x, weight(p, random, "head", VOCABULARY, WIDTH), null);
    }

    private static Weight weight(ProgramBuilder p, Random random, String name, int... dims) {
        Shape shape = Shape.of(dims[0], dims[1]);
        float[] values = new float[dims[0] * dims[1]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return p.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }

    private Executable compile(String backend) {
        return Backends.byName(backend)
                .compile(program, CompileOptions.of(WeightType.F32, 1, SLOTS, ROWS));
    }

    private static void sample(
            Step step, Executable executable, int slot, long position, int... ids) {
        step.reset();
        step.entry(slot, position);
        if (ids.length == 0) {
            step.pending();
        } else {
            step.elements(ids, 0, ids.length);
        }
        step.sample(SAMPLING, 9, 0);
        step.seal();
        executable.submit(step);
    }

    private static int[] sampled(Executable executable, int count) {
        int[] ids = new int[count];
        Step step = executable.newStep();
        for (int i = 0; i < count; i++) {
            sample(
                    step,
                    executable,
                    0,
                    i == 0 ? 0 : 2 + i,
                    i == 0 ? new int[] {3, 1, 4} : new int[0]);
            step.await();
            ids[i] = step.sampledId(0);
        }
        return ids;
    }

    @Test
    void step_ofAnySize_isOneLaunchOfAGraphRecordedAtLoad() {
        try (Executable executable = compile("cuda")) {
            long recorded = EmulatedDriver.calls("cuStreamBeginCapture_v2");
            assertThat(recorded).isPositive();
            long launched = EmulatedDriver.calls("cuGraphLaunch");
            long kernels = EmulatedDriver.calls("cuLaunchKernel");
            long[] copies = copies();
            Random random = new Random(1);
            Step step = executable.newStep();
            int steps = 200;
            for (int i = 0; i < steps; i++) {
                step.reset();
                fill(step, executable, random);
                step.seal();
                executable.submit(step);
                step.await();
            }
            assertThat(EmulatedDriver.calls("cuGraphLaunch")).isEqualTo(launched + steps);
            assertThat(EmulatedDriver.calls("cuLaunchKernel")).isEqualTo(kernels);
            assertThat(EmulatedDriver.calls("cuStreamBeginCapture_v2")).isEqualTo(recorded);
            assertThat(copies()).containsExactly(copies[0] + steps, copies[1] + steps);
        }
    }

    @Test
    void compile_whereALaunchIsRefusedWhileRecording_saysWhichAndFreesAll() {
        EmulatedDriver.fail("cuLaunchKernel", 200, INVALID_VALUE);
        try {
            assertThatThrownBy(() -> compile("cuda"))
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("launch kernel")
                    .hasNoSuppressedExceptions();
        } finally {
            EmulatedDriver.fail("cuLaunchKernel", 0, 0);
        }
        try (Executable executable = compile("cuda")) {
            Step step = executable.newStep();
            fill(step, executable, new Random(1));
            step.seal();
            executable.submit(step);
            step.await();
        }
    }

    private static long[] copies() {
        return new long[] {
            EmulatedDriver.calls("cuMemcpyHtoDAsync_v2"),
            EmulatedDriver.calls("cuMemcpyDtoHAsync_v2")
        };
    }

    /** Entries of every number, elements of every number, samples and scores for some. */
    private static void fill(Step step, Executable executable, Random random) {
        int entries = 1 + random.nextInt(SLOTS);
        int left = ROWS;
        for (int e = 0; e < entries; e++) {
            int most = left - (entries - e - 1);
            int count = random.nextInt(3) == 0 ? 1 + random.nextInt(most) : 1;
            left -= count;
            executable.arena().clear(e);
            step.entry(e, 0);
            step.elements(random.ints(count, 0, VOCABULARY).toArray(), 0, count);
            if (random.nextBoolean()) {
                step.sample(SAMPLING, 1, 0);
            }
            if (random.nextInt(4) == 0) {
                step.score();
            }
        }
    }

    @Test
    void steps_whileTheFirstHasNotRun_arePreparedAndFindItsSampledIdOnTheDevice() {
        int[] expected;
        try (Executable executable = compile("reference")) {
            expected = sampled(executable, 3);
        }
        try (Executable executable = compile("cuda")) {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                steps.add(executable.newStep());
            }
            EmulatedDriver.hold(0);
            sample(steps.get(0), executable, 0, 0, 3, 1, 4);
            sample(steps.get(1), executable, 0, 3);
            sample(steps.get(2), executable, 0, 4);
            assertThat(steps).noneMatch(Step::isDone);
            EmulatedDriver.go();
            for (int i = 0; i < 3; i++) {
                steps.get(i).await();
                assertThat(steps.get(i).sampledId(0)).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void save_onItsWayOut_doesNotHoldStepsBackAndHasTheStateOfItsTime() throws Exception {
        try (Executable executable = compile("cuda");
                Arena memory = Arena.ofShared()) {
            Step step = executable.newStep();
            sample(step, executable, 0, 0, 3, 1, 4);
            step.await();
            long bytes = executable.arena().layout().bytes();
            MemorySegment before = memory.allocate(bytes);
            executable.arena().save(0, before).toCompletableFuture().get(30, TimeUnit.SECONDS);

            // The executable's second stream is that of states on their way.
            EmulatedDriver.hold(streamsBefore + 2);
            MemorySegment saved = memory.allocate(bytes);
            CompletableFuture<Void> leaving =
                    executable.arena().save(0, saved).toCompletableFuture();
            sample(step, executable, 0, 3);
            step.await();
            sample(step, executable, 0, 4);
            step.await();
            assertThat(leaving).isNotDone();
            EmulatedDriver.go();
            leaving.get(30, TimeUnit.SECONDS);
            assertThat(saved.toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(before.toArray(ValueLayout.JAVA_BYTE));

            MemorySegment after = memory.allocate(bytes);
            executable.arena().save(0, after).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(after.toArray(ValueLayout.JAVA_BYTE))
                    .isNotEqualTo(before.toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
