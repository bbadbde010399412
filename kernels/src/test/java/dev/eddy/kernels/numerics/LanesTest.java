package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 32, 16, 8, 4, 2})
    void tree_ofLanes_addsAtEachDistanceBeforeHalfOfIt(int distance) {
        float[] lanes = new float[128];
        lanes[0] = 1e8f;
        lanes[distance / 2] = 1f;
        lanes[distance] = -1e8f;
        lanes[distance + distance / 2] = 1f;
        // Half the distance first would lose both ones to rounding.
        assertThat(Lanes.tree(lanes)).isEqualTo(2f);
    }

    @Test
    void tree_ofFewLanes_isThatOfAllWithZeros() {
        Random random = new Random(5);
        float[] lanes = new float[128];
        for (int i = 0; i < 16; i++) {
            lanes[i] = (float) random.nextGaussian();
        }
        float few = Lanes.tree(lanes.clone(), 16);
        assertThat(Lanes.tree(lanes)).isEqualTo(few);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 129, 1000})
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
    void sum_ofElements128Apart_addsThemInOrderBeforeTheTree() {
        float[] x = new float[257];
        x[0] = 1f;
        x[128] = 1e8f;
        x[256] = -1e8f;
        x[64] = 3f;
        // The one is lost; it would not be if the lane began elsewhere or had fewer elements.
        assertThat(Lanes.sum(x, 0, 257)).isEqualTo(3f);
    }

    @Test
    void squares_ofShiftedElements_foldsEachLaneInOrder() {
        float[] x = new float[257];
        x[0] = 5f;
        x[128] = 6f;
        x[256] = 7f;
        float expected = Math.fma(4f, 4f, Math.fma(3f, 3f, 2f * 2f)) + 254f * 9f;
        assertThat(Lanes.squares(x, 0, 257, 3f)).isEqualTo(expected);
    }
}
