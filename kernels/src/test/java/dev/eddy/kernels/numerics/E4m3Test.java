package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class E4m3Test {
    private static final int NAN = 0x7f;
    private static final int MOST = 0x7e;

    /** The specification's value of a code without its sign. */
    private static double size(int code) {
        int exponent = code >> 3;
        int mantissa = code & 7;
        return exponent == 0
                ? Math.scalb(mantissa / 8.0, -6)
                : Math.scalb(1 + mantissa / 8.0, exponent - 7);
    }

    @Test
    void toFloat_ofEveryCode_isTheSpecificationsAndABfloat16() {
        for (int code = 0; code < 256; code++) {
            float value = E4m3.toFloat((byte) code);
            if ((code & 0x7f) == NAN) {
                assertThat(value).isNaN();
            } else {
                double expected = code < 128 ? size(code) : -size(code - 128);
                assertThat((double) value).as("code %d", code).isEqualTo(expected);
                assertThat(Halves.roundBf16(value)).isEqualTo(value);
            }
        }
        assertThat(E4m3.toFloat((byte) MOST)).isEqualTo(E4m3.MOST);
    }

    @Test
    void of_everyNumber_isItsCode() {
        for (int code = 0; code < 256; code++) {
            float value = E4m3.toFloat((byte) code);
            if (Float.isNaN(value)) {
                assertThat(E4m3.toFloat(E4m3.of(value))).isNaN();
            } else {
                assertThat(E4m3.of(value)).as("code %d", code).isEqualTo((byte) code);
            }
        }
    }

    @Test
    void of_whatLiesBetweenTwo_isTheNearerAndInTheMiddleTheEven() {
        for (int code = 0; code < MOST; code++) {
            float middle = (float) ((size(code) + size(code + 1)) / 2);
            assertCode(middle, code % 2 == 0 ? code : code + 1);
            assertCode(Math.nextDown(middle), code);
            assertCode(Math.nextUp(middle), code + 1);
        }
    }

    private static void assertCode(float value, int code) {
        assertThat(E4m3.of(value)).as("%s", value).isEqualTo((byte) code);
        assertThat(E4m3.of(-value)).as("-%s", value).isEqualTo((byte) (code | 0x80));
    }

    @ParameterizedTest
    @ValueSource(
            floats = {448, 455, 464, 464.1f, 480, 1e4f, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
    void of_whatIsBeyondTheLargest_isTheLargest(float value) {
        assertCode(value, MOST);
    }

    @Test
    void of_anyNumber_isNoFartherThanAnyOther() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            float value = (float) Math.scalb(random.nextDouble(), random.nextInt(24) - 14);
            double distance = Math.abs(E4m3.toFloat(E4m3.of(value)) - (double) value);
            for (int code = 0; code <= MOST; code++) {
                assertThat(distance)
                        .as("%s", value)
                        .isLessThanOrEqualTo(Math.abs(size(code) - value));
            }
        }
    }
}
