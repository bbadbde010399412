package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Slots never share a page, and a refusal changes nothing. */
class PagesTest {
    private static final int SLOTS = 5;

    @Test
    void resize_manyTimes_neverSharesNorLosesAPage() {
        Pages pages = new Pages(SLOTS, 12);
        SplittableRandom random = new SplittableRandom(7);
        long[] wanted = new long[SLOTS];
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            int slot = random.nextInt(SLOTS);
            long positions = random.nextInt(6 * Pages.POSITIONS);
            int free = pages.free();
            long missing = Pages.count(positions) - Pages.count(wanted[slot]);
            if (missing > free) {
                assertThatThrownBy(() -> pages.resize(slot, positions))
                        .isInstanceOf(InvalidRequestException.class);
                assertThat(pages.free()).isEqualTo(free);
                refused++;
            } else {
                pages.resize(slot, positions);
                wanted[slot] = positions;
            }
            assertConsistent(pages, wanted);
        }
        assertThat(refused).isPositive();
    }

    private static void assertConsistent(Pages pages, long[] wanted) {
        Set<Integer> held = new HashSet<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            assertThat(pages.capacity(slot)).isEqualTo(Pages.count(wanted[slot]) * Pages.POSITIONS);
            for (long at = 0; at < pages.capacity(slot); at += Pages.POSITIONS) {
                assertThat(held.add(pages.page(slot, at))).isTrue();
                assertThat(pages.page(slot, at + Pages.POSITIONS - 1))
                        .isEqualTo(pages.page(slot, at));
            }
        }
        assertThat(held.size() + pages.free()).isEqualTo(pages.count());
    }

    @Test
    void admit_moreThanIsFree_isRefusedWholeAndNamesTheNumbers() {
        Pages pages = new Pages(2, 3);
        Step step = new Step(CompileOptions.of(WeightType.F32, 1, 2, 1000), 0);
        step.entry(0, 0);
        step.elements(new int[257], 0, 257);
        step.entry(1, 512);
        step.element(0);
        step.seal();
        assertThatThrownBy(() -> pages.admit(step))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("needs 5 more pages of 256 positions, 3 of 3 are free");
        assertThat(pages.free()).isEqualTo(3);
        assertThat(pages.capacity(0)).isZero();
    }

    @Test
    void admit_aStep_givesEachEntryWhatItAbsorbs() {
        Pages pages = new Pages(2, 3);
        Step step = new Step(CompileOptions.of(WeightType.F32, 1, 2, 1000), 0);
        step.entry(1, 0);
        step.elements(new int[257], 0, 257);
        step.entry(0, 0);
        step.seal();
        pages.admit(step);
        assertThat(pages.capacity(1)).isEqualTo(512);
        assertThat(pages.capacity(0)).isZero();
        pages.admit(step);
        assertThat(pages.free()).isEqualTo(1);
    }
}
