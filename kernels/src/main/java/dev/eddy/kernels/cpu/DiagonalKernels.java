package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;
import static dev.eddy.kernels.cpu.VectorFunctions.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The diagonal recurrence's arithmetic: channels in lanes, so that the chain over the modes that
 * makes an output runs within a lane.
 */
final class DiagonalKernels {
    private static final int L = FLOATS.length();
    private static final long V = 4L * L;

    /** Bytes of one mode of a block of sixteen channels (or of 32 in pairs). */
    private static final long MODE = 64;

    private DiagonalKernels() {}

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
    }

    /** Sixteen channels from {@code column}, state in floats. */
    static void floats(DiagonalStage.Arguments a, long state, int row, int rows, int column) {
        long block = column / 16 * (a.modes() * MODE);
        for (int p = 0; p < 16; p += L) {
            floats(
                    a.x().at(row, column + p),
                    a.x().stride(),
                    a.dt().at(row, column + p),
                    a.dt().stride(),
                    a.b().at(row, 0),
                    a.b().stride(),
                    a.c().at(row, 0),
                    a.c().stride(),
                    a.a() + block + 4L * p,
                    state + block + 4L * p,
                    a.out().at(row, column + p),
                    a.out().stride(),
                    rows,
                    a.modes());
        }
    }

    private static void floats(
            long x,
            long xStride,
            long dt,
            long dtStride,
            long b,
            long bStride,
            long c,
            long cStride,
            long a,
            long h,
            long out,
            long outStride,
            int rows,
            int modes) {
        for (int t = 0; t < rows; t++) {
            FloatVector step = load(dt + t * dtStride);
            FloatVector input = step.mul(load(x + t * xStride));
            FloatVector y = FloatVector.zero(FLOATS);
            long bt = b + t * bStride;
            long ct = c + t * cStride;
            for (int n = 0; n < modes; n++) {
                FloatVector decay = VectorFunctions.exp(step.mul(load(a + n * MODE)));
                FloatVector write = input.mul(ALL.get(FLOAT, bt + 4L * n));
                FloatVector hn = decay.fma(load(h + n * MODE), write);
                hn.intoMemorySegment(ALL, h + n * MODE, ORDER);
                y = hn.fma(FloatVector.broadcast(FLOATS, ALL.get(FLOAT, ct + 4L * n)), y);
            }
            y.intoMemorySegment(ALL, out + t * outStride, ORDER);
        }
    }

    /** Thirty-two channels from {@code column}, state in pairs of bfloat16. */
    static void halves(DiagonalStage.Arguments a, long state, int row, int rows, int column) {
        long block = column / 16 * (a.modes() * MODE);
        for (int p = 0; p < 16; p += L) {
            halves(
                    a.x().at(row, column + p),
                    a.x().stride(),
                    a.dt().at(row, column + p),
                    a.dt().stride(),
                    a.b().at(row, 0),
                    a.b().stride(),
                    a.c().at(row, 0),
                    a.c().stride(),
                    a.a() + block + 4L * p,
                    state + block / 2 + 4L * p,
                    a.out().at(row, column + p),
                    a.out().stride(),
                    rows,
                    a.modes());
        }
    }

    private static void halves(
            long x,
            long xStride,
            long dt,
            long dtStride,
            long b,
            long bStride,
            long c,
            long cStride,
            long a,
            long h,
            long out,
            long outStride,
            int rows,
            int modes) {
        long next = modes * MODE;
        for (int t = 0; t < rows; t++) {
            FloatVector step0 = load(dt + t * dtStride);
            FloatVector step1 = load(dt + t * dtStride + MODE);
            FloatVector input0 = step0.mul(load(x + t * xStride));
            FloatVector input1 = step1.mul(load(x + t * xStride + MODE));
            FloatVector y0 = FloatVector.zero(FLOATS);
            FloatVector y1 = y0;
            long bt = b + t * bStride;
            long ct = c + t * cStride;
            for (int n = 0; n < modes; n++) {
                float bn = ALL.get(FLOAT, bt + 4L * n);
                FloatVector cn = FloatVector.broadcast(FLOATS, ALL.get(FLOAT, ct + 4L * n));
                IntVector pairs = IntVector.fromMemorySegment(INTS, ALL, h + n * MODE, ORDER);
                FloatVector decay0 = VectorFunctions.exp(step0.mul(load(a + n * MODE)));
                FloatVector decay1 = VectorFunctions.exp(step1.mul(load(a + next + n * MODE)));
                FloatVector h0 = decay0.fma(VectorHalves.low(pairs), input0.mul(bn));
                FloatVector h1 = decay1.fma(VectorHalves.high(pairs), input1.mul(bn));
                h0 = VectorHalves.round(h0);
                h1 = VectorHalves.round(h1);
                VectorHalves.pairs(h0, h1).intoMemorySegment(ALL, h + n * MODE, ORDER);
                y0 = h0.fma(cn, y0);
                y1 = h1.fma(cn, y1);
            }
            y0.intoMemorySegment(ALL, out + t * outStride, ORDER);
            y1.intoMemorySegment(ALL, out + t * outStride + MODE, ORDER);
        }
    }
}
