package dev.eddy.kernels.cuda.driver;

import static dev.eddy.kernels.cuda.driver.Trial.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.DeviceLostException;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the emulator's threads do together, and what it finds where they do not. */
final class EmulatedThreadsTest {
    private static final int SEEDS = 20;

    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @Test
    void barrier_betweenWritesAndReads_isWaitedForByAll() {
        float[] values = counting(256);
        float[] reversed = new float[256];
        for (int i = 0; i < 256; i++) {
            reversed[i] = values[255 - i];
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(values)) {
                trial.launch("reverse", 256, 0, 256);
                assertThat(trial.results(256)).isEqualTo(reversed);
            }
        }
    }

    @Test
    void barrier_thatIsMissing_isNoticedInTheResults() {
        int wrong = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(256))) {
                trial.launch("reverse_unsynchronised", 256, 0, 256);
                try {
                    trial.results(256);
                } catch (RuntimeException e) {
                    assertThat(e).hasMessageContaining("nobody wrote");
                    wrong++;
                }
            }
        }
        assertThat(wrong).isEqualTo(SEEDS);
    }

    @Test
    void barrier_whereThreadsHaveEnded_waitsForTheOthers() {
        try (Trial trial = new Trial().given(counting(8))) {
            trial.stream.fill(trial.out.address(), (byte) 0, 32);
            trial.launch("leave_early", 8, 0, 8);
            assertThat(trial.results(8)).containsExactly(3, 0, 5, 0, 7, 0, 1, 0);
        }
    }

    @Test
    void cluster_ofBlocks_readsTheOthersSharedMemory() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(3, 5, 7, 11)) {
                trial.launchCluster("neighbour", 32, 4);
                assertThat(trial.results(4)).containsExactly(5, 7, 11, 3);
            }
        }
    }

    @Test
    void cluster_ofMoreBlocksThanThereAre_isRefused() {
        try (Trial trial = new Trial().given(counting(32))) {
            assertThatThrownBy(() -> trial.launchCluster("neighbour", 32, 9))
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("launch kernel neighbour with 1 x 1 x 9 blocks");
        }
    }

    @Test
    void cluster_whoseBlocksDoNotMeet_isReportedAsAHang() {
        try (Trial trial = new Trial().given(counting(32))) {
            trial.launchCluster("wait_for_a_block", 8, 2);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("8 at the cluster's, 8 in a warp's meeting");
        }
    }

    @Test
    void cluster_whoseThreadsWaitLaterThanTheyArrive_goesOn() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(8))) {
                trial.launchCluster("wait_by_halves", 8, 2);
                assertThat(trial.results(8)).containsExactly(5, 6, 7, 8, 5, 6, 7, 8);
            }
        }
    }

    @Test
    void cluster_whoseThreadsArriveTwiceOrNever_isReported() {
        assertClusterReports("arrive_twice", "arrives at the cluster's barrier again");
        assertClusterReports("arrive_never", "waits at the cluster's barrier without having");
    }

    private static void assertClusterReports(String kernel, String reason) {
        try (Trial trial = new Trial().given(counting(32))) {
            trial.launchCluster(kernel, 8, 2);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel " + kernel)
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void shuffle_withALaneThatHasEnded_isReportedAsAHang() {
        try (Trial trial = new Trial().given(counting(32))) {
            trial.launch("wait_for_nobody", 32, 0, 32);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel wait_for_nobody hangs in block (0, 0, 0)")
                    .hasMessageContaining("31 in a warp's meeting");
        }
    }

    @Test
    void shuffles_moveValuesAsTheProgrammingGuideSays() {
        try (Trial trial = new Trial().given(counting(32))) {
            trial.launch("shuffles", 32, 0, 32);
            float[] results = trial.results(192);
            for (int lane = 0; lane < 32; lane++) {
                int within = lane % 16;
                assertThat(results[lane]).isEqualTo(6);
                assertThat(results[32 + lane]).isEqualTo(1 + (within < 3 ? lane : lane - 3));
                assertThat(results[64 + lane]).isEqualTo(1 + (within > 12 ? lane : lane + 3));
                assertThat(results[96 + lane]).isEqualTo(1 + (lane ^ 9));
                assertThat(results[128 + lane]).isEqualTo(22);
                assertThat(results[160 + lane])
                        .isEqualTo(lane < 16 ? 1 + (lane ^ 1) : -(1 + (lane ^ 2)));
            }
        }
    }

    @Test
    void sharedMemory_beyondWhatWasAskedFor_isOutOfReach() {
        try (Trial trial = new Trial().given(1)) {
            trial.launch("overrun_shared", 1, 64, 15);
            assertThat(trial.results(1)).containsExactly(1);
            trial.launch("overrun_shared", 1, 64, 16);
            assertThatThrownBy(trial.stream::synchronize)
                    .isInstanceOf(DeviceLostException.class)
                    .hasMessageContaining("kernel overrun_shared, block (0, 0, 0)");
        }
    }

    @Test
    void sharedMemory_moreThanABlockMayHave_isRefused() {
        try (Trial trial = new Trial().given(1)) {
            assertThatThrownBy(() -> trial.launch("overrun_shared", 1, 1 << 20, 0))
                    .isInstanceOf(GpuException.class)
                    .hasMessageContaining("1048576 bytes of shared memory");
        }
    }

    @Test
    void tensorCoreProduct_inBf16_followsTheFragmentLayouts() {
        float[] values = smallIntegers(512, 7);
        float[] expected = new float[128];
        for (int i = 0; i < 128; i++) {
            float sum = values[384 + i];
            for (int k = 0; k < 16; k++) {
                sum += values[i / 8 * 16 + k] * values[256 + 8 * k + i % 8];
            }
            expected[i] = sum;
        }
        try (Trial trial = new Trial().given(values)) {
            trial.launch("product_bf16", 32, 0, 0);
            assertThat(trial.results(128)).isEqualTo(expected);
        }
    }

    @Test
    void tensorCoreProduct_inBytes_followsTheFragmentLayouts() {
        float[] values = smallIntegers(768, 127);
        float[] expected = new float[128];
        for (int i = 0; i < 128; i++) {
            for (int k = 0; k < 32; k++) {
                expected[i] += values[i / 8 * 32 + k] * values[512 + 8 * k + i % 8];
            }
        }
        try (Trial trial = new Trial().given(values)) {
            trial.launch("product_s8", 32, 0, 0);
            assertThat(trial.results(128)).isEqualTo(expected);
        }
    }

    private static float[] smallIntegers(int count, int most) {
        Random random = new Random(11);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(2 * most + 1) - most;
        }
        return values;
    }
}
