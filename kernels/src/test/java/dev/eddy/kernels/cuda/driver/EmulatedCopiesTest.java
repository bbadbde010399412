package dev.eddy.kernels.cuda.driver;

import static dev.eddy.kernels.cuda.driver.Trial.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.DeviceLostException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Copies that run ahead of the threads that use them: the emulator does them late. */
final class EmulatedCopiesTest {
    private static final int SEEDS = 20;

    /** Rows of 32 values, which two warps take in turns. */
    private static final int VALUES = 1024;

    @BeforeAll
    static void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
    }

    @Test
    void copy_thatAllWaitFor_isDone() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(32))) {
                trial.launch("copy_late", 32, 0, 1);
                assertThat(trial.results(32)).isEqualTo(counting(32));
            }
        }
    }

    @Test
    void copy_thatNobodyWaitsFor_isNoticedInTheResults() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(32))) {
                trial.launch("copy_read_early", 1, 0, 1);
                assertThatThrownBy(() -> trial.results(1)).hasMessageContaining("nobody wrote");
            }
        }
    }

    @Test
    void copy_whoseBlockEndsBefore_isReported() {
        assertReported(
                "copy_late",
                0,
                "kernel copy_late: block (0, 0, 0) has ended before 1 of the copies into its shared"
                        + " memory, one of them thread (0, 0, 0)'s of 128 bytes");
    }

    @Test
    void copy_intoASlotWhoseCopyIsStillToCome_isReported() {
        assertReported(
                "copy_again_early",
                1,
                "kernel copy_again_early, block (0, 0, 0), thread (0, 0, 0): arrives at an mbarrier"
                        + " more often than its phase expects");
    }

    /** That one thread of a kernel, told {@code count}, loses the device for that reason. */
    private static void assertReported(String kernel, int count, String reason) {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial().given(counting(32))) {
                trial.launch(kernel, 1, 0, count);
                assertThatThrownBy(trial.stream::synchronize)
                        .isInstanceOf(DeviceLostException.class)
                        .hasMessageContaining(reason);
            }
        }
    }

    @Test
    void copy_fromWhereNothingIs_isAFaultOfTheThreadThatAskedForIt() {
        for (int seed = 0; seed < SEEDS; seed++) {
            EmulatedDriver.seed(seed);
            try (Trial trial = new Trial()) {
                long beyond = trial.in.address() + Trial.BYTES;
                trial.launch("copy_late", 64, 0, trial.out.address(), beyond, 1);
                assertThatThrownBy(trial.stream::synchronize)
                        .isInstanceOf(DeviceLostException.class)
                        .hasMessageContaining(
                                "kernel copy_late, block (0, 0, 0), thread (63, 0, 0): access to"
                                        + " byte");
            }
        }
    }

    @Test
    void ring_whoseSlotsAreEachOneWarps_givesWhatWasCopied() {
        for (int slots : new int[] {2, 4}) {
            for (int seed = 0; seed < SEEDS; seed++) {
                assertThat(taken(slots, seed)).isEqualTo("right");
            }
        }
    }

    /**
     * Its warps may wait for a barrier that is a use behind, and go on before the copy has come;
     * the slot then is free too early, and copied into anew.
     */
    @Test
    void ring_whoseSlotsChangeHands_isNoticed() {
        int poisoned = 0;
        int underflowed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            String found = taken(3, seed);
            if (found.contains("nobody wrote")) {
                poisoned++;
            }
            if (found.contains("more often than its phase expects")) {
                underflowed++;
            }
        }
        assertThat(poisoned).isPositive();
        assertThat(underflowed).isPositive();
    }

    /** "right", "wrong" or what the emulator found. */
    private static String taken(int slots, int seed) {
        EmulatedDriver.seed(seed);
        try (Trial trial = new Trial().given(counting(VALUES))) {
            trial.launch("share_ring", 96, 0, slots);
            try {
                return Arrays.equals(trial.results(VALUES), counting(VALUES)) ? "right" : "wrong";
            } catch (RuntimeException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }
}
