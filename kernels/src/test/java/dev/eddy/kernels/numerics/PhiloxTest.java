package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
    /** The rows {@code philox4x32 10} of kat_vectors in Random123, the authors' own library. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000,"
                + " 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff,"
                + " 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0,"
                + " d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void block_ofPublishedVectors_isTheirAnswer(String counter, String key, String answer) {
        int[] c = words(counter);
        int[] k = words(key);
        assertThat(Philox.block(c[0], c[1], c[2], c[3], k[0], k[1])).isEqualTo(words(answer));
    }

    private static int[] words(String hex) {
        return Stream.of(hex.split(" ")).mapToInt(HexFormat::fromHexDigits).toArray();
    }

    @Test
    void word_ofSeedPositionBranchAndLane_isTheCounterAndKeyThatTheDesignNames() {
        assertThat(Philox.word(0x299f31d0_a4093822L, 0x85a308d3_243f6a88L, 0x13198a2e, 0x03707344))
                .isEqualTo(0xd16cfe09);
    }

    @Test
    void uniform_ofAnyWord_isStrictlyBetweenZeroAndOne() {
        assertThat(Philox.uniform(0)).isEqualTo(0x1p-24f);
        assertThat(Philox.uniform(-1)).isEqualTo(1 - 0x1p-24f);
    }

    @Test
    void gumbel_overManyLanes_hasTheDistributionsMeanAndVariance() {
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int lane = 0; lane < n; lane++) {
            double g = Philox.gumbel(7, 1L << 40, 3, lane);
            sum += g;
            squares += g * g;
        }
        double mean = sum / n;
        assertThat(mean).isBetween(0.5772 - 0.012, 0.5772 + 0.012);
        assertThat(squares / n - mean * mean).isBetween(1.6449 - 0.04, 1.6449 + 0.04);
    }

    @Test
    void gumbel_atTheExtremeWords_isWithinTheStatedRange() {
        assertThat(-Functions.log(-Functions.log(Philox.uniform(-1)))).isLessThan(16.7f);
        assertThat(-Functions.log(-Functions.log(Philox.uniform(0)))).isGreaterThan(-2.9f);
    }
}
