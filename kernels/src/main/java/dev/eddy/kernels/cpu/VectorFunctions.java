package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.UnaryFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The vector twins of {@link Functions}: the same operations in the same order in every lane, so
 * that each lane has the scalar function's bits at any vector width (of a NaN only that it is one).
 * They run over whole vectors in memory, in place where {@code out} is {@code x}; those that take
 * several passes keep what is between them in tiles.
 */
final class VectorFunctions {
    /** Floats that go through the passes of a function together. */
    static final int TILE = 256;

    /** Bytes of a tile. */
    static final long TILE_BYTES = 4L * TILE;

    /** Bytes of the tiles that a function works in. */
    static final long WORK_BYTES = 2 * TILE_BYTES;

    private VectorFunctions() {}

    /**
     * out = f(x) over {@code count} floats.
     *
     * @param tiles address of {@link #WORK_BYTES} bytes
     */
    static void apply(UnaryFunction function, long x, long out, int count, long tiles) {
        for (int i = 0; i < count; i += TILE) {
            int part = Math.min(TILE, count - i);
            tile(function, x + 4L * i, out + 4L * i, part, tiles);
        }
    }

    private static void tile(UnaryFunction function, long x, long out, int count, long tiles) {
        switch (function) {
            case EXP -> exp(x, out, count);
            case SIGMOID -> sigmoid(x, out, count, tiles);
            case SILU -> silu(x, out, count, tiles);
            case SOFTPLUS -> softplus(x, out, count, tiles);
            case TANH -> tanh(x, out, count, tiles);
            case RELU -> relu(x, out, count);
            case RELU_SQUARED -> reluSquared(x, out, count);
            case GELU -> gelu(x, out, count, tiles);
            case GELU_TANH -> geluTanh(x, out, count, tiles);
            case LOG_SIGMOID -> logSigmoid(x, out, count, tiles);
            case ELU_PLUS_ONE -> eluPlusOne(x, out, count, tiles);
            case SQRT -> sqrt(x, out, count);
        }
    }

    /** out = exp(x) over any number of floats. */
    static void exp(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector y = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            y = y.blend(Functions.EXP_HI, y.compare(GT, Functions.EXP_HI));
            y = y.blend(Functions.EXP_LO, y.compare(LT, Functions.EXP_LO));
            FloatVector t = y.fma(Functions.LOG2E, Functions.ROUND_MAGIC);
            FloatVector n = t.sub(Functions.ROUND_MAGIC);
            FloatVector r = n.fma(broadcast(FLOATS, -Functions.LN2_HI), y);
            r = n.fma(broadcast(FLOATS, -Functions.LN2_LO), r);
            FloatVector p = r.fma(Functions.EXP_C7, Functions.EXP_C6);
            p = p.fma(r, broadcast(FLOATS, Functions.EXP_C5));
            p = p.fma(r, broadcast(FLOATS, Functions.EXP_C4));
            p = p.fma(r, broadcast(FLOATS, Functions.EXP_C3));
            p = p.fma(r, broadcast(FLOATS, Functions.EXP_C2));
            p = p.fma(r.mul(r), r).add(1f);
            // The exponent k in two halves, each with its bias: 2^k itself may be no float.
            IntVector k = t.reinterpretAsInts().sub(Functions.ROUND_MAGIC_BITS - 254);
            IntVector half = k.lanewise(ASHR, 1);
            p = p.mul(half.lanewise(LSHL, 23).reinterpretAsFloats());
            p = p.mul(k.sub(half).lanewise(LSHL, 23).reinterpretAsFloats());
            p.intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void negate(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .neg()
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void sigmoid(long x, long out, int count, long tile) {
        negate(x, tile, count);
        exp(tile, tile, count);
        for (int i = 0; i < count; i += L) {
            FloatVector u = fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER);
            broadcast(FLOATS, 1f).div(u.add(1f)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void silu(long x, long out, int count, long tile) {
        negate(x, tile, count);
        exp(tile, tile, count);
        for (int i = 0; i < count; i += L) {
            FloatVector u = fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER);
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .div(u.add(1f))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void softplus(long x, long out, int count, long tile) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            v.abs().neg().intoMemorySegment(ALL, tile + 4L * i, ORDER);
        }
        exp(tile, tile, count);
        for (int i = 0; i < count; i += L) {
            FloatVector u = fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER);
            VectorMask<Float> high = u.compare(GT, Functions.SQRT_TWO_MINUS_ONE);
            FloatVector f = u.blend(u.sub(1f).mul(0.5f), high);
            FloatVector e = FloatVector.zero(FLOATS).blend(1f, high);
            FloatVector z = f.mul(f);
            FloatVector p = f.fma(Functions.LOG_C8, Functions.LOG_C7);
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C6));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C5));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C4));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C3));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C2));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C1));
            p = p.fma(f, broadcast(FLOATS, Functions.LOG_C0));
            p = p.mul(f).mul(z);
            p = e.fma(broadcast(FLOATS, Functions.LN2_LO), p);
            p = z.fma(broadcast(FLOATS, -0.5f), p);
            p = e.fma(broadcast(FLOATS, Functions.LN2_HI), f.add(p));
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            v = FloatVector.zero(FLOATS).blend(v, v.compare(GT, 0f));
            v.add(p).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void logSigmoid(long x, long out, int count, long tiles) {
        negate(x, tiles, count);
        softplus(tiles, tiles, count, tiles + TILE_BYTES);
        negate(tiles, out, count);
    }

    private static void tanh(long x, long out, int count, long tile) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector a = v.abs();
            a.add(a).intoMemorySegment(ALL, tile + 4L * i, ORDER);
        }
        exp(tile, tile, count);
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector z = v.mul(v);
            FloatVector p = z.fma(Functions.TANH_C4, Functions.TANH_C3);
            p = p.fma(z, broadcast(FLOATS, Functions.TANH_C2));
            p = p.fma(z, broadcast(FLOATS, Functions.TANH_C1));
            p = p.fma(z, broadcast(FLOATS, Functions.TANH_C0));
            FloatVector small = p.mul(z).fma(v, v);
            FloatVector u = fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER);
            FloatVector large = broadcast(FLOATS, 1f).sub(broadcast(FLOATS, 2f).div(u.add(1f)));
            large = large.blend(large.neg(), v.compare(LT, 0f));
            large.blend(small, v.abs().compare(LT, Functions.TANH_SMALL))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void gelu(long x, long out, int count, long tiles) {
        erfTail(x, tiles, count);
        exp(tiles, tiles, count);
        for (int i = 0; i < count; i += L) {
            FloatVector half = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector v = half.mul(Functions.SQRT_HALF);
            FloatVector s = v.mul(v);
            FloatVector low = s.fma(Functions.ERF_L6, Functions.ERF_L5);
            low = low.fma(s, broadcast(FLOATS, Functions.ERF_L4));
            low = low.fma(s, broadcast(FLOATS, Functions.ERF_L3));
            low = low.fma(s, broadcast(FLOATS, Functions.ERF_L2));
            low = low.fma(s, broadcast(FLOATS, Functions.ERF_L1));
            low = low.fma(v, v);
            FloatVector u = fromMemorySegment(FLOATS, ALL, tiles + 4L * i, ORDER);
            FloatVector large = broadcast(FLOATS, 1f).sub(u);
            large = large.blend(large.neg(), v.compare(LT, 0f));
            FloatVector erf = low.blend(large, v.abs().compare(GT, Functions.ERF_SPLIT));
            half.mul(0.5f).mul(erf.add(1f)).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** The logarithm of 1 - erf(|x| / sqrt 2), where that is small. */
    private static void erfTail(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            v = v.mul(Functions.SQRT_HALF);
            FloatVector t = v.abs();
            FloatVector s = v.mul(v);
            FloatVector p = t.fma(Functions.ERF_H7, Functions.ERF_H6);
            p = p.fma(s, t.fma(Functions.ERF_H5, Functions.ERF_H4));
            p = p.fma(t, broadcast(FLOATS, Functions.ERF_H3));
            p = p.fma(t, broadcast(FLOATS, Functions.ERF_H2));
            p = p.fma(t, broadcast(FLOATS, Functions.ERF_H1));
            p.fma(t, t.neg()).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void geluTanh(long x, long out, int count, long tiles) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector cube = v.mul(Functions.GELU_CUBE).mul(v);
            FloatVector inner = cube.fma(v, v).mul(Functions.SQRT_TWO_OVER_PI);
            inner.intoMemorySegment(ALL, tiles + 4L * i, ORDER);
        }
        tanh(tiles, tiles, count, tiles + TILE_BYTES);
        for (int i = 0; i < count; i += L) {
            FloatVector u = fromMemorySegment(FLOATS, ALL, tiles + 4L * i, ORDER);
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .mul(0.5f)
                    .mul(u.add(1f))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void eluPlusOne(long x, long out, int count, long tile) {
        exp(x, tile, count);
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            fromMemorySegment(FLOATS, ALL, tile + 4L * i, ORDER)
                    .blend(v.add(1f), v.compare(GT, 0f))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void relu(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector.zero(FLOATS)
                    .blend(v, v.compare(GT, 0f))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void reluSquared(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            v = FloatVector.zero(FLOATS).blend(v, v.compare(GT, 0f));
            v.mul(v).intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    private static void sqrt(long x, long out, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .sqrt()
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }

    /** Cosines of turns. */
    static void cosTurns(long x, long out, int count) {
        turned(x, 1, out, count);
    }

    /** Sines of turns. */
    static void sinTurns(long x, long out, int count) {
        turned(x, 0, out, count);
    }

    private static void turned(long x, int quarters, long out, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector v = fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
            FloatVector t = v.fma(4f, Functions.ROUND_MAGIC);
            IntVector quarter = t.reinterpretAsInts().sub(Functions.ROUND_MAGIC_BITS).add(quarters);
            FloatVector a = t.sub(Functions.ROUND_MAGIC).fma(broadcast(FLOATS, -0.25f), v);
            a = a.mul(Functions.TWO_PI);
            FloatVector z = a.mul(a);
            FloatVector p = z.fma(Functions.SIN_C2, Functions.SIN_C1);
            FloatVector sin = p.fma(z, broadcast(FLOATS, Functions.SIN_C0)).mul(z).fma(a, a);
            FloatVector q = z.fma(Functions.COS_C2, Functions.COS_C1);
            q = q.fma(z, broadcast(FLOATS, Functions.COS_C0));
            FloatVector cos = q.fma(z.mul(z), z.fma(-0.5f, 1f));
            FloatVector y = cos.blend(sin, quarter.and(1).eq(0).cast(FLOATS));
            y.neg()
                    .blend(y, quarter.and(2).eq(0).cast(FLOATS))
                    .intoMemorySegment(ALL, out + 4L * i, ORDER);
        }
    }
}
