package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static long truth(int rows, int selected) {
        return 2_000_000 + 150_000L * rows + 400_000L * selected;
    }

    @Test
    void predict_afterMixedSteps_isWithinAFewPercent() {
        CostModel model = new CostModel(50_000_000, 32);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            int rows = 1 + random.nextInt(60);
            int selected = 1 + random.nextInt(8);
            double noise = 1 + 0.05 * random.nextGaussian();
            model.observe(rows, selected, (long) (truth(rows, selected) * noise));
        }
        assertThat(model.predict(50, 4)).isCloseTo(truth(50, 4), Percentage.withPercentage(8));
        assertThat(model.predict(1, 1)).isCloseTo(truth(1, 1), Percentage.withPercentage(25));
    }

    @Test
    void observe_oneOutlier_changesLittle() {
        CostModel model = new CostModel(50_000_000, 32);
        for (int i = 0; i < 200; i++) {
            model.observe(1 + i % 30, 1, truth(1 + i % 30, 1));
        }
        double before = model.predict(16, 1);
        model.observe(16, 1, 5_000_000_000L);
        assertThat(model.predict(16, 1)).isCloseTo(before, Percentage.withPercentage(40));
    }

    @Test
    void observe_theSameStepForEver_staysFinite() {
        CostModel model = new CostModel(50_000_000, 32);
        for (int i = 0; i < 100_000; i++) {
            model.observe(64, 64, truth(64, 64));
        }
        assertThat(model.predict(64, 64)).isCloseTo(truth(64, 64), within(100_000.0));
        assertThat(model.predict(1, 1)).isBetween(0.0, (double) truth(64, 64));
    }

    @Test
    void predict_whenItGetsSlower_follows() {
        CostModel model = new CostModel(50_000_000, 32);
        for (int i = 0; i < 200; i++) {
            model.observe(1 + i % 30, 1, truth(1 + i % 30, 1));
        }
        for (int i = 0; i < 200; i++) {
            model.observe(1 + i % 30, 1, 3 * truth(1 + i % 30, 1));
        }
        assertThat(model.predict(20, 1)).isCloseTo(3 * truth(20, 1), Percentage.withPercentage(10));
    }

    @Test
    void predict_whenMoreRowsTakeLessTime_follows() {
        CostModel model = new CostModel(50_000_000, 32);
        for (int i = 0; i < 80; i++) {
            model.observe(1, 1, 100_000);
        }
        for (int i = 0; i < 1000; i++) {
            model.observe(2, 2, 40_000);
        }
        assertThat(model.predict(2, 2)).isCloseTo(40_000, Percentage.withPercentage(10));
        assertThat(model.predict(64, 64)).isLessThan(32 * 45_000.0);
    }
}
