package dev.eddy.kernels.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.numerics.E4m3;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class E4m3RowTest {
    /** What was read. */
    private record Held(float scale, byte[] codes) {}

    /** The second of two rows. */
    private static Held read(float... second) {
        float[] values = new float[2 * second.length];
        System.arraycopy(second, 0, values, second.length, second.length);
        E4m3Row row = new E4m3Row(second.length);
        Tensor tensor = Tensor.ofFloats("layers.3.up", Shape.of(2, second.length), values);
        return new Held(row.read(tensor, 1), row.codes);
    }

    @Test
    void read_ofNumbers_scalesTheLargestTo448() {
        Held row = read(-7, 3.5f, 0.4f, -0f);
        assertThat(row.scale()).isEqualTo(7 / 448f);
        assertThat(row.codes()).containsExactly(0xfe, 0x76, E4m3.of(25.6f), 0x80);
    }

    @Test
    void read_ofAnyNumbers_isOffByNoMoreThanHalfAStep() {
        Random random = new Random(5);
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.scalb(1, -random.nextInt(12)));
        }
        Held row = read(values);
        for (int i = 0; i < values.length; i++) {
            double held = (double) row.scale() * E4m3.toFloat(row.codes()[i]);
            double step = Math.max(Math.abs(values[i]) / 16, row.scale() * 0x1p-10);
            assertThat(Math.abs(held - values[i])).isLessThanOrEqualTo(1.0001 * step);
        }
    }

    @Test
    void read_ofNumbersWhoseScaleIsRounded_keepsTheLargest() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            float largest = Float.intBitsToFloat(0x20000000 + random.nextInt(0x50000000));
            assertThat(read(largest, -largest).codes()).containsExactly(0x7e, 0xfe);
        }
    }

    @Test
    void read_ofNumbersTooSmallForAScale_isZero() {
        Held row = read(1e-31f, -1e-40f);
        assertThat(row.scale()).isZero();
        assertThat(row.codes()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY})
    void read_ofWhatIsNotFinite_namesTheTensorAndTheRemedy(float value) {
        assertThatThrownBy(() -> read(1, value, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1 of tensor layers.3.up")
                .hasMessageContaining("bf16");
    }
}
