package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final Rotation rotation = new Rotation();

    @Test
    void turn_byAnglesBelowTwoToThe19QuarterTurns_hasTheBitsOfStrictMath() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 2_000_000; i++) {
            double angle = random.nextDouble(-1, 1) * Math.scalb(1.0, random.nextInt(-40, 20));
            equals(angle);
            // Near multiples of a quarter turn most bits are lost.
            equals(Math.nextUp(random.nextInt(1 << 19) * (Math.PI / 2)));
        }
    }

    private void equals(double angle) {
        rotation.turn(angle);
        assertThat(rotation.sine()).as("sine of %s", angle).isEqualTo(StrictMath.sin(angle));
        assertThat(rotation.cosine()).as("cosine of %s", angle).isEqualTo(StrictMath.cos(angle));
    }

    @Test
    void turn_byAnglesUpToABillionPositions_isStrictMathAsFloats() {
        SplittableRandom random = new SplittableRandom(18);
        for (int i = 0; i < 2_000_000; i++) {
            double angle = random.nextLong(1L << 40) * (double) random.nextDouble(1);
            rotation.turn(angle);
            assertThat((float) rotation.sine()).isEqualTo((float) StrictMath.sin(angle));
            assertThat((float) rotation.cosine()).isEqualTo((float) StrictMath.cos(angle));
        }
    }
}
