package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    @Test
    void tree_ofLanes_addsAtDistancesEightFourTwoOne() {
        float[] lanes = new float[16];
        lanes[0] = 1e8f;
        lanes[1] = 1f;
        lanes[8] = -1e8f;
        lanes[9] = 1f;
        // Any other order would lose a one to rounding.
        assertThat(Lanes.tree(lanes)).isEqualTo(2f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1000})
    void logSumExp_ofRandomLogits_isNearTheExactValue(int count) {
        Random random = new Random(count);
        float[] x = new float[count + 3];
        double exact = 0;
        for (int i = 3; i < x.length; i++) {
            x[i] = 10f * (float) random.nextGaussian();
            exact += StrictMath.exp(x[i]);
        }
        float expected = (float) StrictMath.log(exact);
        assertThat(Lanes.logSumExp(x, 3, count)).isBetween(expected - 2e-5f, expected + 2e-5f);
    }

    @Test
    void squares_ofShiftedElements_foldsEachLaneInOrder() {
        float[] x = new float[33];
        x[0] = 5f;
        x[16] = 6f;
        x[32] = 7f;
        float expected = Math.fma(4f, 4f, Math.fma(3f, 3f, 2f * 2f)) + 30f * 9f;
        assertThat(Lanes.squares(x, 0, 33, 3f)).isEqualTo(expected);
    }
}
