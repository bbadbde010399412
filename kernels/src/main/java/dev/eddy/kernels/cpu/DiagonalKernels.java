package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.BlockedState.CHANNELS;
import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * The diagonal recurrence's arithmetic: channels in lanes, so that the chain over the modes that
 * makes an output runs within a lane. Four elements of an entry pass through the state at once in
 * registers: first their decays are made, in a tile for each, then each mode absorbs them in turn.
 */
final class DiagonalKernels {
    /** Elements at once, and the modes of a channel at once: what the tiles hold. */
    private static final int TIMES = 4;

    private static final int MODES = VectorFunctions.TILE / CHANNELS;

    /** Bytes of one mode of a block of sixteen channels (or of 32 in pairs). */
    private static final long MODE = 4L * CHANNELS;

    private static final long TILE = VectorFunctions.TILE_BYTES;

    private DiagonalKernels() {}

    /** Sixteen channels from {@code column}, state in floats. */
    static void floats(
            DiagonalStage.Arguments s, long state, int row, int rows, int column, long tiles) {
        long block = column / CHANNELS * (s.modes() * MODE);
        int times = 1;
        for (int t = row; t < row + rows; t += times) {
            times = t + TIMES <= row + rows ? TIMES : 1;
            for (int i = 0; i < times; i++) {
                Elements.fill(0f, s.out().at(t + i, column), CHANNELS);
            }
            for (int from = 0; from < s.modes(); from += MODES) {
                int modes = Math.min(MODES, s.modes() - from);
                long a = s.a() + block + from * MODE;
                for (int i = 0; i < times; i++) {
                    exponents(s.dt().at(t + i, column), a, modes, tiles + i * TILE);
                }
                decays(tiles, times, modes);
                for (int p = 0; p < CHANNELS; p += L) {
                    absorb(
                            times,
                            s.x().at(t, column + p),
                            s.x().stride(),
                            s.dt().at(t, column + p),
                            s.dt().stride(),
                            s.b().at(t, from),
                            s.b().stride(),
                            s.c().at(t, from),
                            s.c().stride(),
                            tiles + 4L * p,
                            state + block + from * MODE + 4L * p,
                            s.out().at(t, column + p),
                            s.out().stride(),
                            modes);
                }
            }
        }
    }

    /** Step times a, of sixteen channels. */
    private static void exponents(long dt, long a, int modes, long to) {
        for (int p = 0; p < CHANNELS; p += L) {
            FloatVector step = fromMemorySegment(FLOATS, ALL, dt + 4L * p, ORDER);
            for (int n = 0; n < modes; n++) {
                long at = n * MODE + 4L * p;
                step.mul(fromMemorySegment(FLOATS, ALL, a + at, ORDER))
                        .intoMemorySegment(ALL, to + at, ORDER);
            }
        }
    }

    private static void decays(long tiles, int count, int modes) {
        if (modes == MODES) {
            VectorFunctions.exp(tiles, tiles, count * VectorFunctions.TILE);
            return;
        }
        for (int i = 0; i < count; i++) {
            VectorFunctions.exp(tiles + i * TILE, tiles + i * TILE, modes * CHANNELS);
        }
    }

    private static void absorb(
            int times,
            long x,
            long xStride,
            long dt,
            long dtStride,
            long b,
            long bStride,
            long c,
            long cStride,
            long decays,
            long h,
            long out,
            long outStride,
            int modes) {
        if (times == TIMES) {
            four(
                    x, xStride, dt, dtStride, b, bStride, c, cStride, decays, h, out, outStride,
                    modes);
        } else {
            one(x, dt, b, c, decays, h, out, modes);
        }
    }

    private static void one(
            long x, long dt, long b, long c, long decays, long h, long out, int modes) {
        FloatVector input =
                fromMemorySegment(FLOATS, ALL, dt, ORDER)
                        .mul(fromMemorySegment(FLOATS, ALL, x, ORDER));
        FloatVector y = fromMemorySegment(FLOATS, ALL, out, ORDER);
        for (int n = 0; n < modes; n++) {
            FloatVector decay = fromMemorySegment(FLOATS, ALL, decays + n * MODE, ORDER);
            FloatVector state = fromMemorySegment(FLOATS, ALL, h + n * MODE, ORDER);
            FloatVector bn = broadcast(FLOATS, ALL.get(FLOAT, b + 4L * n));
            FloatVector cn = broadcast(FLOATS, ALL.get(FLOAT, c + 4L * n));
            state = decay.fma(state, input.mul(bn));
            state.intoMemorySegment(ALL, h + n * MODE, ORDER);
            y = state.fma(cn, y);
        }
        y.intoMemorySegment(ALL, out, ORDER);
    }

    private static void four(
            long x,
            long xStride,
            long dt,
            long dtStride,
            long b,
            long bStride,
            long c,
            long cStride,
            long decays,
            long h,
            long out,
            long outStride,
            int modes) {
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, dt, ORDER);
        x0 = x0.mul(fromMemorySegment(FLOATS, ALL, x, ORDER));
        FloatVector x1 = fromMemorySegment(FLOATS, ALL, dt + dtStride, ORDER);
        x1 = x1.mul(fromMemorySegment(FLOATS, ALL, x + xStride, ORDER));
        FloatVector x2 = fromMemorySegment(FLOATS, ALL, dt + 2 * dtStride, ORDER);
        x2 = x2.mul(fromMemorySegment(FLOATS, ALL, x + 2 * xStride, ORDER));
        FloatVector x3 = fromMemorySegment(FLOATS, ALL, dt + 3 * dtStride, ORDER);
        x3 = x3.mul(fromMemorySegment(FLOATS, ALL, x + 3 * xStride, ORDER));
        FloatVector y0 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector y1 = fromMemorySegment(FLOATS, ALL, out + outStride, ORDER);
        FloatVector y2 = fromMemorySegment(FLOATS, ALL, out + 2 * outStride, ORDER);
        FloatVector y3 = fromMemorySegment(FLOATS, ALL, out + 3 * outStride, ORDER);
        for (int n = 0; n < modes; n++) {
            long w = decays + n * MODE;
            long bn = b + 4L * n;
            long cn = c + 4L * n;
            FloatVector state = fromMemorySegment(FLOATS, ALL, h + n * MODE, ORDER);
            FloatVector decay = fromMemorySegment(FLOATS, ALL, w, ORDER);
            state = decay.fma(state, x0.mul(broadcast(FLOATS, ALL.get(FLOAT, bn))));
            y0 = state.fma(broadcast(FLOATS, ALL.get(FLOAT, cn)), y0);
            decay = fromMemorySegment(FLOATS, ALL, w + TILE, ORDER);
            state = decay.fma(state, x1.mul(broadcast(FLOATS, ALL.get(FLOAT, bn + bStride))));
            y1 = state.fma(broadcast(FLOATS, ALL.get(FLOAT, cn + cStride)), y1);
            decay = fromMemorySegment(FLOATS, ALL, w + 2 * TILE, ORDER);
            state = decay.fma(state, x2.mul(broadcast(FLOATS, ALL.get(FLOAT, bn + 2 * bStride))));
            y2 = state.fma(broadcast(FLOATS, ALL.get(FLOAT, cn + 2 * cStride)), y2);
            decay = fromMemorySegment(FLOATS, ALL, w + 3 * TILE, ORDER);
            state = decay.fma(state, x3.mul(broadcast(FLOATS, ALL.get(FLOAT, bn + 3 * bStride))));
            y3 = state.fma(broadcast(FLOATS, ALL.get(FLOAT, cn + 3 * cStride)), y3);
            state.intoMemorySegment(ALL, h + n * MODE, ORDER);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        y1.intoMemorySegment(ALL, out + outStride, ORDER);
        y2.intoMemorySegment(ALL, out + 2 * outStride, ORDER);
        y3.intoMemorySegment(ALL, out + 3 * outStride, ORDER);
    }

    /**
     * Thirty-two channels from {@code column}, state in pairs of bfloat16: widened for each element
     * into tiles, since it is rounded after every one.
     */
    static void halves(
            DiagonalStage.Arguments s, long state, int row, int rows, int column, long tiles) {
        long block = column / CHANNELS * (s.modes() * MODE);
        long next = s.modes() * MODE;
        // Two tiles of decays, of channels and their twins; then as much of state.
        long h = tiles + 2 * TILE;
        for (int t = row; t < row + rows; t++) {
            Elements.fill(0f, s.out().at(t, column), 2 * CHANNELS);
            for (int from = 0; from < s.modes(); from += MODES) {
                int modes = Math.min(MODES, s.modes() - from);
                long a = s.a() + block + from * MODE;
                exponents(s.dt().at(t, column), a, modes, tiles);
                exponents(s.dt().at(t, column + CHANNELS), a + next, modes, tiles + TILE);
                decays(tiles, 2, modes);
                long pairs = state + block / 2 + from * MODE;
                for (int n = 0; n < modes; n++) {
                    VectorHalves.widen(pairs + n * MODE, h + 2 * n * MODE);
                }
                for (int p = 0; p < CHANNELS; p += L) {
                    rounded(
                            s.x().at(t, column + p),
                            s.dt().at(t, column + p),
                            s.b().at(t, from),
                            s.c().at(t, from),
                            tiles + 4L * p,
                            h + 4L * p,
                            s.out().at(t, column + p),
                            modes);
                }
                for (int n = 0; n < modes; n++) {
                    VectorHalves.pair(h + 2 * n * MODE, pairs + n * MODE);
                }
            }
        }
    }

    /** One element of a vector of channels and its twin. */
    private static void rounded(
            long x, long dt, long b, long c, long decays, long h, long out, int modes) {
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, dt, ORDER);
        x0 = x0.mul(fromMemorySegment(FLOATS, ALL, x, ORDER));
        FloatVector x1 = fromMemorySegment(FLOATS, ALL, dt + TWIN, ORDER);
        x1 = x1.mul(fromMemorySegment(FLOATS, ALL, x + TWIN, ORDER));
        FloatVector y0 = fromMemorySegment(FLOATS, ALL, out, ORDER);
        FloatVector y1 = fromMemorySegment(FLOATS, ALL, out + TWIN, ORDER);
        for (int n = 0; n < modes; n++) {
            long at = h + 2 * n * MODE;
            FloatVector bn = broadcast(FLOATS, ALL.get(FLOAT, b + 4L * n));
            FloatVector cn = broadcast(FLOATS, ALL.get(FLOAT, c + 4L * n));
            FloatVector decay = fromMemorySegment(FLOATS, ALL, decays + n * MODE, ORDER);
            decay.fma(fromMemorySegment(FLOATS, ALL, at, ORDER), x0.mul(bn))
                    .intoMemorySegment(ALL, at, ORDER);
            decay = fromMemorySegment(FLOATS, ALL, decays + TILE + n * MODE, ORDER);
            decay.fma(fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER), x1.mul(bn))
                    .intoMemorySegment(ALL, at + TWIN, ORDER);
            VectorHalves.roundTwins(at);
            y0 = fromMemorySegment(FLOATS, ALL, at, ORDER).fma(cn, y0);
            y1 = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER).fma(cn, y1);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        y1.intoMemorySegment(ALL, out + TWIN, ORDER);
    }
}
