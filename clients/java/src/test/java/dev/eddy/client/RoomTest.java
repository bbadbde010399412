package dev.eddy.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {
    @Test
    void grant_unboundedDemand_isOneCreditForManyOutputs() {
        Room room = new Room(256);
        room.restart();
        int grants = 0;
        for (int i = 0; i < 10_000; i++) {
            grants += room.grant(Long.MAX_VALUE / 2) > 0 ? 1 : 0;
            room.arrived(1);
        }
        assertThat(grants).isEqualTo(1);
    }

    /** Whatever a subscriber asks for comes in the end, in few grants. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 10", "4, 3", "4, 10", "256, 1000"})
    void grant_demand_neverStalls(int prefetch, long demand) {
        Room room = new Room(prefetch);
        long outstanding = room.restart();
        long left = demand;
        int grants = 0;
        while (left > 0) {
            long credit = room.grant(left);
            grants += credit > 0 ? 1 : 0;
            outstanding += credit;
            assertThat(outstanding).isPositive().isLessThanOrEqualTo(Math.max(prefetch, demand));
            room.arrived(1);
            outstanding--;
            left--;
        }
        assertThat(grants).isLessThanOrEqualTo((int) (2 + 4 * demand / (prefetch + 1)));
    }
}
