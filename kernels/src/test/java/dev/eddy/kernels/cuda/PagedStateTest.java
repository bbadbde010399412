package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a state's bytes on their way, in parts of any size. */
final class PagedStateTest {
    private static final long CONSTANT = 64;
    private static final long ROWS = 300;

    /** Histories of 3 and 5 numbers a position. */
    private static final StateLayout LAYOUT =
            new StateLayout(
                    List.of(
                            new StateLayout.Field("a", DType.F32, Shape.of(3), 0, true),
                            new StateLayout.Field("fixed", DType.F32, Shape.of(16), 0, false),
                            new StateLayout.Field("b", DType.F32, Shape.of(5), 12, true)),
                    CONSTANT,
                    32);

    private static final long FIRST = 2 * Pages.POSITIONS * 12;
    private static final long BYTES = CONSTANT + FIRST + 2 * Pages.POSITIONS * 20;

    private static PagedState paged() {
        PagedState state = new PagedState(LAYOUT, ROWS);
        state.add(1_000_000, CONSTANT);
        for (int page = 0; page < 4; page++) {
            state.add(2_000_000 - 100_000 * page, Pages.POSITIONS * (page < 2 ? 12 : 20));
        }
        return state;
    }

    private static byte[] random(long bytes) {
        byte[] values = new byte[(int) bytes];
        new Random(3).nextBytes(values);
        return values;
    }

    /** What travels, by its definition: a row of each history, one page after the other. */
    private static byte[] expected(byte[] state) {
        byte[] whole = new byte[(int) BYTES];
        System.arraycopy(state, 0, whole, 0, (int) CONSTANT);
        for (int row = 0; row < ROWS; row++) {
            int from = (int) CONSTANT + 32 * row;
            System.arraycopy(state, from, whole, (int) CONSTANT + 12 * row, 12);
            System.arraycopy(state, from + 12, whole, (int) (CONSTANT + FIRST) + 20 * row, 20);
        }
        return whole;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 64, 65, 1000, 4096, BYTES - 1, BYTES})
    void parts_ofAnySize_areThoseOfTheWholeAndLandWhereTheyCameFrom(long part) {
        byte[] state = random(LAYOUT.bytes(ROWS));
        PagedState paged = paged();
        assertThat(paged.bytes()).isEqualTo(BYTES);
        byte[] whole = random(BYTES);
        byte[] landed = new byte[state.length];
        for (long from = 0; from < BYTES; from += part) {
            MemorySegment here =
                    MemorySegment.ofArray(whole).asSlice(from, Math.min(part, BYTES - from));
            paged.lift(here, from, MemorySegment.ofArray(state).asReadOnly());
            paged.land(here.asReadOnly(), from, MemorySegment.ofArray(landed));
        }
        assertThat(whole).isEqualTo(expected(state));
        assertThat(landed).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 64, 1000, 4096, BYTES})
    void ranges_ofPartsOfAnySize_goThroughAllBytesOnTheDeviceOnce(long part) {
        PagedState paged = paged();
        List<Long> addresses = new ArrayList<>();
        for (long from = 0; from < BYTES; from += part) {
            long[] next = new long[1];
            paged.ranges(
                    from,
                    Math.min(part, BYTES - from),
                    (address, at, bytes) -> {
                        assertThat(at).isEqualTo(next[0]);
                        next[0] += bytes;
                        for (long i = 0; i < bytes; i++) {
                            addresses.add(address + i);
                        }
                    });
            assertThat(next[0]).isEqualTo(Math.min(part, BYTES - from));
        }
        List<Long> expected = new ArrayList<>();
        paged.ranges(
                0,
                BYTES,
                (address, _, bytes) -> {
                    for (long i = 0; i < bytes; i++) {
                        expected.add(address + i);
                    }
                });
        assertThat(addresses).isEqualTo(expected).hasSize((int) BYTES);
        assertThat(expected.get((int) CONSTANT)).isEqualTo(2_000_000);
        assertThat(expected.getLast()).isEqualTo(1_700_000 + 20 * Pages.POSITIONS - 1);
    }
}
