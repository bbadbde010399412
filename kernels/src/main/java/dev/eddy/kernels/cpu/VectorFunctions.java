package dev.eddy.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.eddy.kernels.numerics.Functions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twins of {@link Functions}: the same operations in the same order in every lane, so
 * that each lane has the scalar function's bits at any vector width (of a NaN only that it is one).
 */
final class VectorFunctions {
    /** Floats as wide as this machine's registers; every lane count divides 16. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /** Ints in vectors of the same shape. */
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    private static final float TWO_23 = 8388608f;
    private static final int MANTISSA = 0x007fffff;
    private static final int HALF = 0x3f000000;
    private static final int SIGN = 0x80000000;

    private VectorFunctions() {}

    static FloatVector exp(FloatVector x) {
        FloatVector y = x.blend(Functions.EXP_HI, x.compare(GT, Functions.EXP_HI));
        y = y.blend(Functions.EXP_LO, y.compare(LT, Functions.EXP_LO));
        FloatVector t = y.fma(Functions.LOG2E, Functions.ROUND_MAGIC);
        FloatVector n = t.sub(Functions.ROUND_MAGIC);
        FloatVector r = n.fma(constant(-Functions.LN2_HI), y);
        r = n.fma(constant(-Functions.LN2_LO), r);
        FloatVector p = r.fma(Functions.EXP_C7, Functions.EXP_C6);
        p = p.fma(r, constant(Functions.EXP_C5));
        p = p.fma(r, constant(Functions.EXP_C4));
        p = p.fma(r, constant(Functions.EXP_C3));
        p = p.fma(r, constant(Functions.EXP_C2));
        p = p.fma(r.mul(r), r).add(1f);
        IntVector k = t.reinterpretAsInts().sub(Functions.ROUND_MAGIC_BITS);
        IntVector half = k.lanewise(ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
    }

    private static FloatVector powerOfTwo(IntVector exponent) {
        return exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }

    static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
        FloatVector y = x.blend(x.mul(TWO_23), tiny);
        IntVector bits = y.reinterpretAsInts();
        IntVector e = bits.lanewise(ASHR, 23).sub(126);
        e = e.blend(e.sub(23), tiny.cast(INTS));
        FloatVector m = bits.and(MANTISSA).or(HALF).reinterpretAsFloats();
        VectorMask<Float> low = m.compare(LT, Functions.SQRT_HALF);
        FloatVector f = m.sub(1f).blend(m.add(m).sub(1f), low);
        e = e.blend(e.sub(1), low.cast(INTS));
        return special(x, logMantissa(f, toFloats(e)));
    }

    /** The logarithm at 0, below it, at infinity and of NaN, where the mantissa means nothing. */
    private static FloatVector special(FloatVector x, FloatVector result) {
        FloatVector y = x.blend(result, x.compare(LT, Float.POSITIVE_INFINITY));
        y = y.blend(Float.NaN, x.compare(LT, 0f));
        return y.blend(Float.NEGATIVE_INFINITY, x.eq(0f));
    }

    private static FloatVector toFloats(IntVector x) {
        return (FloatVector) x.convertShape(I2F, FLOATS, 0);
    }

    private static FloatVector logMantissa(FloatVector f, FloatVector e) {
        FloatVector z = f.mul(f);
        FloatVector p = f.fma(Functions.LOG_C8, Functions.LOG_C7);
        p = p.fma(f, constant(Functions.LOG_C6));
        p = p.fma(f, constant(Functions.LOG_C5));
        p = p.fma(f, constant(Functions.LOG_C4));
        p = p.fma(f, constant(Functions.LOG_C3));
        p = p.fma(f, constant(Functions.LOG_C2));
        p = p.fma(f, constant(Functions.LOG_C1));
        p = p.fma(f, constant(Functions.LOG_C0));
        p = p.mul(f).mul(z);
        p = e.fma(constant(Functions.LN2_LO), p);
        p = z.fma(constant(-0.5f), p);
        return e.fma(constant(Functions.LN2_HI), f.add(p));
    }

    static FloatVector sigmoid(FloatVector x) {
        return constant(1f).div(exp(x.neg()).add(1f));
    }

    static FloatVector silu(FloatVector x) {
        return x.div(exp(x.neg()).add(1f));
    }

    static FloatVector softplus(FloatVector x) {
        FloatVector u = exp(absolute(x).neg());
        VectorMask<Float> high = u.compare(GT, Functions.SQRT_TWO_MINUS_ONE);
        FloatVector f = u.blend(u.sub(1f).mul(0.5f), high);
        FloatVector log1p = logMantissa(f, FloatVector.zero(FLOATS).blend(1f, high));
        return relu(x).add(log1p);
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector z = x.mul(x);
        FloatVector p = z.fma(Functions.TANH_C4, Functions.TANH_C3);
        p = p.fma(z, constant(Functions.TANH_C2));
        p = p.fma(z, constant(Functions.TANH_C1));
        p = p.fma(z, constant(Functions.TANH_C0));
        FloatVector small = p.mul(z).fma(x, x);
        FloatVector a = absolute(x);
        FloatVector large = constant(1f).sub(constant(2f).div(exp(a.add(a)).add(1f)));
        large = copySign(large, x);
        return large.blend(small, a.compare(LT, Functions.TANH_SMALL));
    }

    static FloatVector erf(FloatVector x) {
        FloatVector t = absolute(x);
        FloatVector s = x.mul(x);
        FloatVector high = t.fma(Functions.ERF_H7, Functions.ERF_H6);
        high = high.fma(s, t.fma(Functions.ERF_H5, Functions.ERF_H4));
        high = high.fma(t, constant(Functions.ERF_H3));
        high = high.fma(t, constant(Functions.ERF_H2));
        high = high.fma(t, constant(Functions.ERF_H1));
        high = high.fma(t, t.neg());
        FloatVector low = s.fma(Functions.ERF_L6, Functions.ERF_L5);
        low = low.fma(s, constant(Functions.ERF_L4));
        low = low.fma(s, constant(Functions.ERF_L3));
        low = low.fma(s, constant(Functions.ERF_L2));
        low = low.fma(s, constant(Functions.ERF_L1));
        low = low.fma(x, x);
        FloatVector large = copySign(constant(1f).sub(exp(high)), x);
        return low.blend(large, t.compare(GT, Functions.ERF_SPLIT));
    }

    static FloatVector gelu(FloatVector x) {
        return x.mul(0.5f).mul(erf(x.mul(Functions.SQRT_HALF)).add(1f));
    }

    static FloatVector geluTanh(FloatVector x) {
        FloatVector cube = x.mul(Functions.GELU_CUBE).mul(x);
        FloatVector inner = cube.fma(x, x).mul(Functions.SQRT_TWO_OVER_PI);
        return x.mul(0.5f).mul(tanh(inner).add(1f));
    }

    static FloatVector logSigmoid(FloatVector x) {
        return softplus(x.neg()).neg();
    }

    static FloatVector eluPlusOne(FloatVector x) {
        return exp(x).blend(x.add(1f), x.compare(GT, 0f));
    }

    static FloatVector relu(FloatVector x) {
        return FloatVector.zero(FLOATS).blend(x, x.compare(GT, 0f));
    }

    static FloatVector reluSquared(FloatVector x) {
        FloatVector y = relu(x);
        return y.mul(y);
    }

    static FloatVector max(FloatVector a, FloatVector b) {
        return b.blend(a, a.compare(GT, b));
    }

    static FloatVector min(FloatVector a, FloatVector b) {
        return b.blend(a, a.compare(LT, b));
    }

    static FloatVector rint(FloatVector x) {
        return x.add(Functions.ROUND_MAGIC).sub(Functions.ROUND_MAGIC);
    }

    static FloatVector cosTurns(FloatVector x) {
        return turned(x, 1);
    }

    static FloatVector sinTurns(FloatVector x) {
        return turned(x, 0);
    }

    private static FloatVector turned(FloatVector x, int quarters) {
        FloatVector t = x.fma(4f, Functions.ROUND_MAGIC);
        IntVector quarter = t.reinterpretAsInts().sub(Functions.ROUND_MAGIC_BITS).add(quarters);
        FloatVector a = t.sub(Functions.ROUND_MAGIC).fma(constant(-0.25f), x);
        a = a.mul(Functions.TWO_PI);
        FloatVector z = a.mul(a);
        FloatVector p = z.fma(Functions.SIN_C2, Functions.SIN_C1);
        FloatVector sin = p.fma(z, constant(Functions.SIN_C0)).mul(z).fma(a, a);
        FloatVector q = z.fma(Functions.COS_C2, Functions.COS_C1);
        q = q.fma(z, constant(Functions.COS_C0));
        FloatVector cos = q.fma(z.mul(z), z.fma(-0.5f, 1f));
        FloatVector y = cos.blend(sin, quarter.and(1).eq(0).cast(FLOATS));
        return y.neg().blend(y, quarter.and(2).eq(0).cast(FLOATS));
    }

    private static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
        IntVector bits = magnitude.reinterpretAsInts().and(~SIGN);
        return bits.or(sign.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    /** Math.abs clears the sign bit; so does this. */
    private static FloatVector absolute(FloatVector x) {
        return x.reinterpretAsInts().and(~SIGN).reinterpretAsFloats();
    }

    private static FloatVector constant(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }
}
