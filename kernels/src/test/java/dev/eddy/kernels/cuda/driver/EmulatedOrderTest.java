package dev.eddy.kernels.cuda.driver;

import static dev.eddy.kernels.cuda.driver.Trial.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.DeviceLostException;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Work that the emulator does late and in any allowed order; contexts; failures on order. */
final class EmulatedOrderTest {
    private static final int SEEDS = 40;

    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @Test
    void streams_withoutAnEventBetweenThem_runInEitherOrder() {
        assertThat(handedOver(false)).isBetween(1, SEEDS - 1);
    }

    @Test
    void streams_withAnEventBetweenThem_runInItsOrder() {
        assertThat(handedOver(true)).isEqualTo(SEEDS);
    }

    /** How often a second stream's kernel saw what the first stream copied. */
    private static int handedOver(boolean withEvent) {
        int seen = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(1);
                    GpuStream other = trial.context.stream();
                    GpuEvent event = trial.context.event()) {
                trial.hostIn().set(ValueLayout.JAVA_FLOAT, 0, 2);
                other.copyIn(trial.in.address(), trial.hostIn().asSlice(0, 4));
                if (withEvent) {
                    other.record(event);
                    trial.stream.await(event);
                }
                trial.launch("touch", 1, 0, 0);
                if (trial.results(1)[0] == 2) {
                    seen++;
                }
            }
        }
        return seen;
    }

    @Test
    void copyIn_fromPinnedMemory_readsItWhenItIsDone() {
        int changed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial()) {
                trial.hostIn().set(ValueLayout.JAVA_FLOAT, 0, 1);
                trial.stream.copyIn(trial.in.address(), trial.hostIn().asSlice(0, 4));
                trial.hostIn().set(ValueLayout.JAVA_FLOAT, 0, 2);
                trial.launch("touch", 1, 0, 0);
                changed += trial.results(1)[0] == 2 ? 1 : 0;
            }
        }
        assertThat(changed).isBetween(1, SEEDS - 1);
    }

    @Test
    void copyOut_readBeforeItIsDone_showsNoResult() {
        int early = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(5)) {
                trial.launch("touch", 1, 0, 0);
                trial.results(1);
                trial.stream.copyOut(trial.hostOut().asSlice(0, 4), trial.out.address());
                early += trial.hostOut().get(ValueLayout.JAVA_FLOAT, 0) == 5 ? 0 : 1;
            }
        }
        assertThat(early).isPositive();
    }

    @Test
    void event_isDoneOnceTheWorkBeforeItIs() {
        EmulatedDriver.seed(3);
        try (Trial trial = new Trial().given(counting(4));
                GpuEvent event = trial.context.timedEvent();
                GpuEvent begin = trial.context.timedEvent()) {
            assertThat(event.isDone()).isTrue();
            trial.stream.record(begin);
            for (int i = 0; i < 20; i++) {
                trial.launch("touch", 1, 0, i % 4);
            }
            trial.stream.record(event);
            int asked = 0;
            while (!event.isDone()) {
                asked++;
            }
            assertThat(asked).isPositive();
            assertThat(event.millisSince(begin)).isPositive();
            assertThat(trial.results(4)).containsExactly(1, 2, 3, 4);
        }
    }

    /** A kernel has arrays beside, so that the driver must be told. */
    @Test
    void launch_ofAllTheSharedMemoryThatBlocksHaveUnasked_isAllowed() {
        try (Trial trial = new Trial().given(7)) {
            trial.stream.copyIn(trial.in.address(), trial.hostIn().asSlice(0, 4));
            trial.launch("touch", 1, 48 * 1024, 0);
            assertThat(trial.results(1)).containsExactly(7);
        }
    }

    @Test
    void graph_launchedTwice_doesItsWorkTwice() {
        try (Trial trial = new Trial().given(7)) {
            long executed = EmulatedDriver.calls("touch");
            long launched = EmulatedDriver.calls("cuGraphLaunch");
            trial.stream.beginCapture();
            trial.stream.copyIn(trial.in.address(), trial.hostIn().asSlice(0, 4));
            trial.launch("touch", 1, 0, 0);
            trial.stream.copyOut(trial.hostOut().asSlice(0, 4), trial.out.address());
            try (GpuGraph graph = trial.stream.endCapture()) {
                assertThat(EmulatedDriver.calls("touch")).isEqualTo(executed);
                for (float value : new float[] {8, 9}) {
                    trial.hostIn().set(ValueLayout.JAVA_FLOAT, 0, value);
                    graph.launch(trial.stream);
                    trial.stream.synchronize();
                    assertThat(trial.hostOut().get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(value);
                }
            }
            assertThat(EmulatedDriver.calls("touch")).isEqualTo(executed + 2);
            assertThat(EmulatedDriver.calls("cuGraphLaunch")).isEqualTo(launched + 2);
        }
    }

    @Test
    void capture_thatForksAndNeverJoins_isRefused() {
        try (Trial trial = new Trial().given(7);
                GpuStream other = trial.context.stream();
                GpuEvent event = trial.context.event()) {
            trial.stream.beginCapture();
            trial.launch("touch", 1, 0, 0);
            trial.stream.record(event);
            other.await(event);
            other.fill(trial.in.address(), (byte) 0, 4);
            assertThatThrownBy(trial.stream::endCapture)
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("CUDA_ERROR_STREAM_CAPTURE_UNJOINED");
        }
    }

    @Test
    void call_onAThreadWithoutAContext_isRefused() throws InterruptedException {
        AtomicInteger code = new AtomicInteger();
        try (Trial trial = new Trial()) {
            assertThat(JCudaDriver.cuStreamSynchronize(trial.stream.handle())).isZero();
            Thread thread =
                    new Thread(
                            () -> code.set(JCudaDriver.cuStreamSynchronize(trial.stream.handle())));
            thread.start();
            thread.join();
        }
        assertThat(code.get()).isEqualTo(CUresult.CUDA_ERROR_INVALID_CONTEXT);
    }

    @Test
    void call_withAnotherDevicesStream_isRefused() {
        try (Trial trial = new Trial();
                Trial other = new Trial(1)) {
            trial.stream.synchronize();
            assertThat(JCudaDriver.cuStreamSynchronize(other.stream.handle()))
                    .isEqualTo(CUresult.CUDA_ERROR_INVALID_CONTEXT);
            assertThat(EmulatedDriver.lastViolation())
                    .isEqualTo(
                            "cuStreamSynchronize uses an object of device 1, current is device 0");
        }
    }

    @Test
    void failure_onOrder_comesAtThatCallAndOnce() {
        try (Trial trial = new Trial().given(1)) {
            EmulatedDriver.fail("cuEventRecord", 2, CUresult.CUDA_ERROR_INVALID_VALUE);
            try (GpuEvent event = trial.context.event()) {
                trial.stream.record(event);
                assertThatThrownBy(() -> trial.stream.record(event))
                        .isInstanceOf(GpuException.class)
                        .hasMessageContaining("could not record an event")
                        .hasMessageContaining("injected into cuEventRecord");
                trial.stream.record(event);
                trial.stream.synchronize();
            }
        }
    }

    @Test
    void kernel_failingOnOrder_losesItsDeviceAloneUntilItIsOpenedAnew() {
        try (Trial healthy = new Trial(1).given(4)) {
            try (Trial trial = new Trial().given(1)) {
                EmulatedDriver.fail("touch", 1, CUresult.CUDA_ERROR_LAUNCH_FAILED);
                trial.launch("touch", 1, 0, 0);
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(trial.stream::synchronize)
                            .isInstanceOf(DeviceLostException.class)
                            .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED");
                }
                healthy.launch("touch", 1, 0, 0);
                assertThat(healthy.results(1)).containsExactly(4);
            }
            try (Trial trial = new Trial().given(3)) {
                trial.launch("touch", 1, 0, 0);
                assertThat(trial.results(1)).containsExactly(3);
            }
        }
    }
}
