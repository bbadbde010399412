package dev.eddy.kernels.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionsTest {
    /** Prime, so that the sample meets every exponent with ever other mantissas. */
    private static final int STRIDE = 1009;

    /** Where e^-x leaves the float range: below, sigmoid and silu are zero. */
    private static final float GATES_VANISH = -88.7f;

    /** A function, its exact twin, and the error that its javadoc states. */
    enum Case {
        EXP(Functions::exp, StrictMath::exp, 1.01),
        LOG(Functions::log, StrictMath::log, 0.81),
        SIGMOID(Functions::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 2.5),
        SILU(Functions::silu, x -> x / (1 + StrictMath.exp(-x)), 2.4),
        SOFTPLUS(Functions::softplus, FunctionsTest::softplus, 1.7),
        TANH(Functions::tanh, StrictMath::tanh, 1.3),
        ERF(Functions::erf, FunctionsTest::erf, 1.1);

        final FloatFunction function;
        final DoubleUnaryOperator exact;
        final double stated;
        final boolean gate;

        Case(FloatFunction function, DoubleUnaryOperator exact, double stated) {
            this.function = function;
            this.exact = exact;
            this.stated = stated;
            this.gate = name().startsWith("SI");
        }
    }

    interface FloatFunction {
        float apply(float x);
    }

    /**
     * 2 / sqrt(pi) e^(-x^2) times the sum of 2^n x^(2n + 1) / (2n + 1)!!, whose terms share a sign.
     */
    private static double erf(double x) {
        if (!(Math.abs(x) < 6)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    private static double softplus(double x) {
        return StrictMath.max(x, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(x)));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void function_overAllExponents_isWithinItsStatedError(Case c) {
        double worst = 0;
        float at = 0;
        for (long i = 0; i < 1L << 32; i += STRIDE) {
            float x = Float.intBitsToFloat((int) i);
            if (c.gate && x < GATES_VANISH) {
                continue;
            }
            double exact = c.exact.applyAsDouble(x);
            double error = ulps(c.function.apply(x), exact);
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("error of %s in ulp, largest at %s", c, at).isLessThan(c.stated);
        assertThat(worst)
                .as("the stated error of %s is no idle figure", c)
                .isGreaterThan(c.stated - 0.5);
    }

    /** Distance in units of the last place of the float nearest to {@code exact}. */
    private static double ulps(float value, double exact) {
        float nearest = (float) exact;
        if (Float.floatToIntBits(value) == Float.floatToIntBits(nearest)) {
            return Double.isFinite(exact) ? Math.abs(value - exact) / Math.ulp(nearest) : 0;
        }
        if (Float.isNaN(value) || Float.isNaN(nearest)) {
            return Double.POSITIVE_INFINITY;
        }
        if (Float.isInfinite(nearest)) {
            return Float.isInfinite(value)
                    ? Double.POSITIVE_INFINITY
                    : Math.abs(value - exact) / Math.ulp(Float.MAX_VALUE);
        }
        return Math.abs(value - exact) / Math.ulp(nearest);
    }

    @Test
    void turns_overOneEitherWay_areWithinTheirStatedError() {
        double worst = 0;
        for (long i = 0; i < 1L << 32; i += STRIDE) {
            float x = Float.intBitsToFloat((int) i);
            if (Math.abs(x) <= 1 && Math.abs(x) >= Float.MIN_NORMAL) {
                worst = Math.max(worst, ulps(Functions.sinTurns(x), sinTurns(x)));
                worst = Math.max(worst, ulps(Functions.cosTurns(x), sinTurns(x + 0.25)));
            }
        }
        assertThat(worst).as("error in ulp").isBetween(1.45, 1.96);
    }

    /** sin(2 pi x), its argument reduced before pi rounds it. */
    private static double sinTurns(double x) {
        double half = StrictMath.rint(2 * x);
        double rest = x - half / 2;
        double quarter = 0.25 - StrictMath.abs(rest);
        double sin =
                StrictMath.abs(rest) < 0.125
                        ? StrictMath.sin(2 * Math.PI * rest)
                        : StrictMath.signum(rest) * StrictMath.cos(2 * Math.PI * quarter);
        return half % 2 == 0 ? sin : -sin;
    }

    @Test
    void turns_ofQuarters_areExact() {
        assertThat(Functions.sinTurns(0.25f)).isEqualTo(1f);
        assertThat(Functions.sinTurns(-0.25f)).isEqualTo(-1f);
        assertThat(Functions.sinTurns(5.5f)).isZero();
        assertThat(Functions.cosTurns(0f)).isEqualTo(1f);
        assertThat(Functions.cosTurns(-0.5f)).isEqualTo(-1f);
        assertThat(Functions.cosTurns(0.75f)).isZero();
        assertThat(Functions.rint(2.5f)).isEqualTo(2f);
        assertThat(Functions.rint(-0.6f)).isEqualTo(-1f);
    }

    @Test
    void gates_whereTheExponentialOverflows_areOffByLessThanStated() {
        for (float x = GATES_VANISH; x > -1000f; x -= 0.01f) {
            double exact = x / (1 + StrictMath.exp(-x));
            assertThat(Math.abs(Functions.silu(x) - exact)).isLessThan(3e-37);
            assertThat(Functions.sigmoid(x)).isBetween(0f, 4e-39f);
        }
    }

    @Test
    void exp_atTheEdges_isExact() {
        assertThat(Functions.exp(0f)).isEqualTo(1f);
        assertThat(Functions.exp(-0f)).isEqualTo(1f);
        assertThat(Functions.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(Functions.exp(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(Functions.exp(88.7f)).isFinite();
        assertThat(Functions.exp(-103f)).isEqualTo(Float.MIN_VALUE);
        assertThat(Functions.exp(Float.NaN)).isNaN();
    }

    @Test
    void log_atTheEdges_isExact() {
        assertThat(Functions.log(1f)).isEqualTo(0f);
        assertThat(Functions.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Functions.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Functions.log(-1f)).isNaN();
        assertThat(Functions.log(Float.NEGATIVE_INFINITY)).isNaN();
        assertThat(Functions.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Functions.log(Float.NaN)).isNaN();
        assertThat(Functions.log(Float.MIN_VALUE))
                .isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
    }

    @Test
    void gates_ofNothingComparable_areNaNOrZero() {
        assertThat(Functions.sigmoid(Float.NaN)).isNaN();
        assertThat(Functions.silu(Float.NaN)).isNaN();
        assertThat(Functions.softplus(Float.NaN)).isNaN();
        assertThat(Functions.tanh(Float.NaN)).isNaN();
        assertThat(Functions.relu(Float.NaN)).isEqualTo(0f);
        assertThat(Functions.max(Float.NaN, 1f)).isEqualTo(1f);
        assertThat(Functions.min(Float.NaN, 1f)).isEqualTo(1f);
    }
}
