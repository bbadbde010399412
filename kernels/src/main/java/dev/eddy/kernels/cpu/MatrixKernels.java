package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;
import static dev.eddy.kernels.cpu.VectorFunctions.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The matrix state's arithmetic for one head of one entry: value columns in lanes, so that the
 * chain over the keys that makes an output runs within a lane.
 */
final class MatrixKernels {
    private static final int L = FLOATS.length();
    private static final long V = 4L * L;

    private MatrixKernels() {}

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
    }

    private static FloatVector all(long address) {
        return FloatVector.broadcast(FLOATS, ALL.get(FLOAT, address));
    }

    /** Stores at most {@code count} lanes. */
    private static void store(FloatVector x, long address, int count) {
        if (count >= L) {
            x.intoMemorySegment(ALL, address, ORDER);
        } else if (count > 0) {
            VectorMask<Float> mask = FLOATS.indexInRange(0, count);
            x.intoMemorySegment(ALL, address, ORDER, mask);
        }
    }

    /** Walks an entry's rows with one head. */
    static void run(MatrixStage.Arguments a, long state, int head, int row, int rows) {
        long s = state + head * (a.keys() * a.rowBytes());
        int key = head * a.groups() / a.heads() * a.keys();
        for (int t = row; t < row + rows; t++) {
            long q = a.q().at(t, key);
            long k = a.k().at(t, key);
            long v = a.v().at(t, head * a.columns());
            long decay = a.decay().at(t, head * a.decays());
            long out = a.out().at(t, head * a.columns());
            long decayStep = a.decays() == 1 ? 0 : 4;
            if (a.halves()) {
                halves(a, q, k, v, decay, decayStep, s, out);
            } else {
                floats(a, q, k, v, decay, decayStep, s, out);
            }
        }
    }

    private static void floats(
            MatrixStage.Arguments a,
            long q,
            long k,
            long v,
            long decay,
            long decayStep,
            long s,
            long out) {
        int j = 0;
        for (; j + 4 * L <= a.columns(); j += 4 * L) {
            long c = 4L * j;
            four(q, k, v + c, decay, decayStep, s + c, a.rowBytes(), out + c, a.keys());
        }
        for (; j < a.columns(); j += L) {
            long c = 4L * j;
            int left = a.columns() - j;
            one(q, k, v + c, decay, decayStep, s + c, a.rowBytes(), out + c, a.keys(), left);
        }
    }

    /** Four vectors of columns. */
    private static void four(
            long q,
            long k,
            long v,
            long decay,
            long decayStep,
            long s,
            long rowBytes,
            long out,
            int keys) {
        FloatVector v0 = load(v);
        FloatVector v1 = load(v + V);
        FloatVector v2 = load(v + 2 * V);
        FloatVector v3 = load(v + 3 * V);
        FloatVector y0 = FloatVector.zero(FLOATS);
        FloatVector y1 = y0;
        FloatVector y2 = y0;
        FloatVector y3 = y0;
        for (int i = 0; i < keys; i++) {
            long at = s + i * rowBytes;
            FloatVector ki = all(k + 4L * i);
            FloatVector qi = all(q + 4L * i);
            FloatVector w = all(decay + i * decayStep);
            FloatVector s0 = w.fma(load(at), ki.mul(v0));
            FloatVector s1 = w.fma(load(at + V), ki.mul(v1));
            FloatVector s2 = w.fma(load(at + 2 * V), ki.mul(v2));
            FloatVector s3 = w.fma(load(at + 3 * V), ki.mul(v3));
            s0.intoMemorySegment(ALL, at, ORDER);
            s1.intoMemorySegment(ALL, at + V, ORDER);
            s2.intoMemorySegment(ALL, at + 2 * V, ORDER);
            s3.intoMemorySegment(ALL, at + 3 * V, ORDER);
            y0 = qi.fma(s0, y0);
            y1 = qi.fma(s1, y1);
            y2 = qi.fma(s2, y2);
            y3 = qi.fma(s3, y3);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        y1.intoMemorySegment(ALL, out + V, ORDER);
        y2.intoMemorySegment(ALL, out + 2 * V, ORDER);
        y3.intoMemorySegment(ALL, out + 3 * V, ORDER);
    }

    /** One vector of columns, {@code left} of which count. */
    private static void one(
            long q,
            long k,
            long v,
            long decay,
            long decayStep,
            long s,
            long rowBytes,
            long out,
            int keys,
            int left) {
        FloatVector v0 = load(v);
        FloatVector y0 = FloatVector.zero(FLOATS);
        for (int i = 0; i < keys; i++) {
            long at = s + i * rowBytes;
            FloatVector s0 = all(decay + i * decayStep).fma(load(at), all(k + 4L * i).mul(v0));
            s0.intoMemorySegment(ALL, at, ORDER);
            y0 = all(q + 4L * i).fma(s0, y0);
        }
        store(y0, out, left);
    }

    private static void halves(
            MatrixStage.Arguments a,
            long q,
            long k,
            long v,
            long decay,
            long decayStep,
            long s,
            long out) {
        for (int j = 0; j < a.columns(); j += 32) {
            for (int p = j; p < j + 16; p += L) {
                long c = 4L * p;
                int left = a.columns() - p;
                // Pairs of columns p and p + 16 lie p / 2 ints into the row, at c - 2 j bytes.
                long at = s + c - 2L * j;
                pair(q, k, v + c, decay, decayStep, at, a.rowBytes(), out + c, a.keys(), left);
            }
        }
    }

    /** One vector of pairs: columns 0 and 16 from {@code v}, of which {@code left} count. */
    private static void pair(
            long q,
            long k,
            long v,
            long decay,
            long decayStep,
            long s,
            long rowBytes,
            long out,
            int keys,
            int left) {
        FloatVector v0 = load(v);
        FloatVector v1 = load(v + 64);
        FloatVector y0 = FloatVector.zero(FLOATS);
        FloatVector y1 = y0;
        for (int i = 0; i < keys; i++) {
            long at = s + i * rowBytes;
            IntVector pairs = IntVector.fromMemorySegment(INTS, ALL, at, ORDER);
            FloatVector ki = all(k + 4L * i);
            FloatVector qi = all(q + 4L * i);
            FloatVector w = all(decay + i * decayStep);
            FloatVector s0 = VectorHalves.round(w.fma(VectorHalves.low(pairs), ki.mul(v0)));
            FloatVector s1 = VectorHalves.round(w.fma(VectorHalves.high(pairs), ki.mul(v1)));
            VectorHalves.pairs(s0, s1).intoMemorySegment(ALL, at, ORDER);
            y0 = qi.fma(s0, y0);
            y1 = qi.fma(s1, y1);
        }
        store(y0, out, left);
        store(y1, out + 64, left - 16);
    }
}
