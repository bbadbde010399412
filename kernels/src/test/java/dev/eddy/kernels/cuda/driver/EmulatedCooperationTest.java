package dev.eddy.kernels.cuda.driver;

import static dev.eddy.kernels.cuda.driver.Trial.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.DeviceLostException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocks of a cooperative launch, which wait for one another through global memory. */
final class EmulatedCooperationTest {
    private static final int SEEDS = 20;
    private static final int BLOCKS = 4;
    private static final int THREADS = 96;
    private static final int UP = 64;

    /** Of odd number, so that the values end turned round, and neither where they began. */
    private static final int ROUNDS = 3;

    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @Test
    void blocks_thatWaitForOneAnother_handValuesOnBothWays() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(BLOCKS * THREADS))) {
                clear(trial);
                trial.launchGrid("hand_around", THREADS, BLOCKS, true, ROUNDS);
                assertThat(trial.results(BLOCKS * THREADS)).isEqualTo(handedAround());
            }
        }
    }

    @Test
    void blocks_recordedInAGraph_waitForOneAnotherAtEveryLaunch() {
        try (Trial trial = new Trial().given(counting(BLOCKS * THREADS))) {
            trial.stream.beginCapture();
            clear(trial);
            trial.launchGrid("hand_around", THREADS, BLOCKS, true, ROUNDS);
            try (GpuGraph graph = trial.stream.endCapture()) {
                for (int i = 0; i < 2; i++) {
                    graph.launch(trial.stream);
                    assertThat(trial.results(BLOCKS * THREADS)).isEqualTo(handedAround());
                }
            }
        }
    }

    @Test
    void blocks_thatWaitWithoutACooperativeLaunch_areReportedAsAHang() {
        try (Trial trial = new Trial().given(counting(BLOCKS * THREADS))) {
            clear(trial);
            trial.launchGrid("hand_around", THREADS, BLOCKS, false, ROUNDS);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel hand_around hangs in block (0, 0, 0)")
                    .hasMessageContaining("94 at named barriers")
                    .hasMessageContaining("2 at an mbarrier or a flag");
        }
    }

    @Test
    void clusters_ofACooperativeLaunch_keepToThemselves() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(3, 5, 7, 11)) {
                trial.launchClusters("neighbour", 32, 4, 2, true);
                assertThat(trial.results(4)).containsExactly(5, 3, 11, 7);
            }
        }
    }

    @Test
    void flag_thatNobodyRaises_isReportedAsAHang() {
        try (Trial trial = new Trial()) {
            clear(trial);
            trial.launchGrid("wait_for_a_flag", 32, 3, true, 1);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel wait_for_a_flag hangs")
                    .hasMessageContaining("3 at named barriers")
                    .hasMessageContaining("93 at an mbarrier or a flag");
        }
    }

    @Test
    void blocks_moreThanTheDeviceHolds_areRefused() {
        try (Trial trial = new Trial().given(7)) {
            assertThatThrownBy(() -> trial.launchGrid("touch", 1024, 9, true, 0))
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE")
                    .hasMessageContaining(
                            "kernel touch asks for 9 blocks at the same time, and 4 multiprocessors"
                                    + " hold 2 each");
            trial.launchGrid("touch", 1024, 9, false, 0);
            trial.launchGrid("touch", 1024, 8, true, 0);
            assertThat(trial.results(1)).containsExactly(7);
        }
    }

    /** Lowers the flags, wherever a kernel has them. */
    private static void clear(Trial trial) {
        trial.stream.fill(trial.out.address(), (byte) 0, Trial.BYTES);
    }

    private static float[] handedAround() {
        float[] values = new float[BLOCKS * THREADS];
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < THREADS; i++) {
                boolean up = i < UP;
                int from = Math.floorMod(block + (up ? -ROUNDS : ROUNDS), BLOCKS);
                int turned = up ? UP - 1 - i : UP + THREADS - 1 - i;
                values[block * THREADS + i] = from * THREADS + turned + 1;
            }
        }
        return values;
    }
}
