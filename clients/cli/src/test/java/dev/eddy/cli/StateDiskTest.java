package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States on their way to a disk and back. */
final class StateDiskTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 4095", "3, 4096", "2, 4097", "2, 16777216", "3, 16777217"})
    void measure_ofStatesOfAnySize_comparesThemAndLeavesNothing(int count, int bytes)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            List<MemorySegment> states = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] values = new byte[bytes];
                new Random(i).nextBytes(values);
                states.add(arena.allocateFrom(ValueLayout.JAVA_BYTE, values));
            }
            StateDisk.Times times = new StateDisk(folder).measure(states);
            assertThat(times.bytes()).isEqualTo((long) count * bytes);
            assertThat(times.write()).isPositive();
            assertThat(times.force()).isNotNegative();
            assertThat(times.read()).isPositive();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void times_notReadPastThePageCache_saySo() {
        StateDisk.Times times =
                new StateDisk.Times(folder, "tmpfs", false, 2_000_000_000L, 0.5, 0.5, 0.25);
        assertThat(times.text())
                .contains(
                        "2.000 GB/s, by one thread, through the page cache and forced (which is 50 %")
                .contains(
                        "8.000 GB/s, by one thread, from the page cache, past which this file system");
        assertThat(times.json()).contains("\"past_page_cache\": false");
    }

    @Test
    void checkRoom_forMoreThanTheDiskHas_saysHowMuchThereIs() throws IOException {
        StateDisk disk = new StateDisk(folder);
        disk.checkRoom(1);
        assertThatThrownBy(() -> disk.checkRoom(Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "--disk is \\Q"
                                + folder
                                + "\\E, which has room for [\\d,]+ bytes; the states take"
                                + " 9,223,372,036,854,775,807: fewer --sessions take less, another folder may have more room");
    }
}
