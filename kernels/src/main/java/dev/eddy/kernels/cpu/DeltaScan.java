package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static dev.eddy.kernels.cpu.Vectors.all;
import static dev.eddy.kernels.cpu.Vectors.kept;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;
import static dev.eddy.kernels.cpu.Vectors.zero;

import jdk.incubator.vector.FloatVector;

/**
 * The delta scan's arithmetic for a tile of one head of one entry: value columns in lanes. The read
 * p of an element is gathered while the element before it writes, so that the state is walked once
 * an element.
 *
 * @param keys K, of a head
 * @param columns V, of a head
 * @param decays numbers of decay a head: 1, or one a key
 */
record DeltaScan(
        Place q,
        Place k,
        Place v,
        Place decay,
        Place a,
        Place b,
        Place out,
        int keys,
        int columns,
        int decays)
        implements HeadStage.Scan {
    @Override
    public void run(long s, boolean halves, int head, int column, int row, int rows) {
        int key = head * keys;
        int value = head * columns + column;
        for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
            walk(
                    q.at(row, key),
                    q.stride(),
                    k.at(row, key),
                    k.stride(),
                    v.at(row, value + p),
                    v.stride(),
                    decay.at(row, head * decays),
                    decay.stride(),
                    decays == 1 ? 0 : 4,
                    a.at(row, key),
                    a.stride(),
                    b.at(row, key),
                    b.stride(),
                    s + 4L * p,
                    out.at(row, value + p),
                    out.stride(),
                    rows,
                    keys,
                    columns - column - p,
                    halves);
        }
    }

    private static void walk(
            long q,
            long qStride,
            long k,
            long kStride,
            long v,
            long vStride,
            long w,
            long wStride,
            long wStep,
            long a,
            long aStride,
            long b,
            long bStride,
            long s,
            long out,
            long outStride,
            int rows,
            int keys,
            int left,
            boolean halves) {
        FloatVector p0 = zero();
        FloatVector p1 = p0;
        for (int i = 0; i < keys; i++) {
            FloatVector ai = all(a + 4L * i);
            p0 = ai.fma(load(s + i * StateTiles.ROW), p0);
            p1 = ai.fma(load(s + i * StateTiles.ROW + TWIN), p1);
        }
        for (int t = 0; t < rows; t++) {
            FloatVector v0 = load(v + t * vStride);
            FloatVector v1 = load(v + t * vStride + TWIN);
            long kt = k + t * kStride;
            long qt = q + t * qStride;
            long wt = w + t * wStride;
            long bt = b + t * bStride;
            // After the last element the read is of no use, and nothing beyond it is touched.
            long next = a + Math.min(t + 1, rows - 1) * aStride;
            FloatVector y0 = zero();
            FloatVector y1 = y0;
            FloatVector n0 = y0;
            FloatVector n1 = y0;
            for (int i = 0; i < keys; i++) {
                long at = s + i * StateTiles.ROW;
                FloatVector ki = all(kt + 4L * i);
                FloatVector bi = all(bt + 4L * i);
                FloatVector wi = all(wt + i * wStep);
                FloatVector s0 = wi.fma(load(at), bi.fma(p0, ki.mul(v0)));
                FloatVector s1 = wi.fma(load(at + TWIN), bi.fma(p1, ki.mul(v1)));
                s0 = kept(s0, halves);
                s1 = kept(s1, halves);
                store(s0, at);
                store(s1, at + TWIN);
                FloatVector qi = all(qt + 4L * i);
                FloatVector ai = all(next + 4L * i);
                y0 = qi.fma(s0, y0);
                y1 = qi.fma(s1, y1);
                n0 = ai.fma(s0, n0);
                n1 = ai.fma(s1, n1);
            }
            p0 = n0;
            p1 = n1;
            store(y0, out + t * outStride, left);
            store(y1, out + t * outStride + TWIN, left - StateTiles.COLUMNS / 2);
        }
    }
}
