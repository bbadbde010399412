package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static dev.eddy.kernels.cpu.Vectors.all;
import static dev.eddy.kernels.cpu.Vectors.kept;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;
import static dev.eddy.kernels.cpu.Vectors.zero;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The matrix state's arithmetic for a tile of one head of one entry: value columns in lanes, so
 * that the chain over the keys that makes an output runs within a lane. An element of the state
 * depends on itself alone, so four elements of the entry pass through it at once in registers.
 *
 * @param second laid out as the first write, or null
 * @param bonus address of [H, K], 0 for none
 * @param keys K, of a head
 * @param columns V, of a head
 * @param decays numbers of decay a head: 1, or one a key, or one a column
 * @param perColumn whether the decay goes by the column
 */
record MatrixScan(
        Place q,
        Place k,
        Place v,
        Place decay,
        @Nullable Write second,
        long bonus,
        Place out,
        int heads,
        int groups,
        int keys,
        int columns,
        int decays,
        boolean perColumn)
        implements HeadStage.Scan {
    private static final int TIMES = 4;

    /** A second write in the same element. */
    record Write(Place k, Place v) {}

    @Override
    public void run(long s, boolean halves, int head, int column, int row, int rows) {
        boolean plain = second == null && bonus == 0 && !perColumn;
        int value = head * columns + column;
        int left = columns - column;
        int t = row;
        for (; plain && t + TIMES <= row + rows; t += TIMES) {
            for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
                four(s + 4L * p, halves, head, value + p, t, left - p);
            }
        }
        for (; t < row + rows; t++) {
            for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
                one(s + 4L * p, halves, head, value + p, t, left - p);
            }
        }
    }

    /** The first of the columns of q and k that a head reads. */
    private int key(int head) {
        return head * groups / heads * keys;
    }

    /** Four elements with two vectors of columns. */
    private void four(long s, boolean halves, int head, int value, int t, int left) {
        four(
                q.at(t, key(head)),
                q.stride(),
                k.at(t, key(head)),
                k.stride(),
                v.at(t, value),
                v.stride(),
                decay.at(t, head * decays),
                decay.stride(),
                decays == 1 ? 0 : 4,
                s,
                out.at(t, value),
                out.stride(),
                keys,
                left,
                halves);
    }

    private static void four(
            long q,
            long qStride,
            long k,
            long kStride,
            long v,
            long vStride,
            long w,
            long wStride,
            long wStep,
            long s,
            long out,
            long outStride,
            int keys,
            int left,
            boolean halves) {
        FloatVector v0 = load(v);
        FloatVector u0 = load(v + TWIN);
        FloatVector v1 = load(v + vStride);
        FloatVector u1 = load(v + vStride + TWIN);
        FloatVector v2 = load(v + 2 * vStride);
        FloatVector u2 = load(v + 2 * vStride + TWIN);
        FloatVector v3 = load(v + 3 * vStride);
        FloatVector u3 = load(v + 3 * vStride + TWIN);
        FloatVector y0 = zero();
        FloatVector z0 = y0;
        FloatVector y1 = y0;
        FloatVector z1 = y0;
        FloatVector y2 = y0;
        FloatVector z2 = y0;
        FloatVector y3 = y0;
        FloatVector z3 = y0;
        for (int i = 0; i < keys; i++) {
            long at = s + i * StateTiles.ROW;
            long ki = k + 4L * i;
            long qi = q + 4L * i;
            long wi = w + i * wStep;
            FloatVector k0 = all(ki);
            FloatVector w0 = all(wi);
            FloatVector q0 = all(qi);
            FloatVector a = kept(w0.fma(load(at), k0.mul(v0)), halves);
            FloatVector b = kept(w0.fma(load(at + TWIN), k0.mul(u0)), halves);
            y0 = q0.fma(a, y0);
            z0 = q0.fma(b, z0);
            FloatVector k1 = all(ki + kStride);
            FloatVector w1 = all(wi + wStride);
            FloatVector q1 = all(qi + qStride);
            a = kept(w1.fma(a, k1.mul(v1)), halves);
            b = kept(w1.fma(b, k1.mul(u1)), halves);
            y1 = q1.fma(a, y1);
            z1 = q1.fma(b, z1);
            FloatVector k2 = all(ki + 2 * kStride);
            FloatVector w2 = all(wi + 2 * wStride);
            FloatVector q2 = all(qi + 2 * qStride);
            a = kept(w2.fma(a, k2.mul(v2)), halves);
            b = kept(w2.fma(b, k2.mul(u2)), halves);
            y2 = q2.fma(a, y2);
            z2 = q2.fma(b, z2);
            FloatVector k3 = all(ki + 3 * kStride);
            FloatVector w3 = all(wi + 3 * wStride);
            FloatVector q3 = all(qi + 3 * qStride);
            a = kept(w3.fma(a, k3.mul(v3)), halves);
            b = kept(w3.fma(b, k3.mul(u3)), halves);
            y3 = q3.fma(a, y3);
            z3 = q3.fma(b, z3);
            store(a, at);
            store(b, at + TWIN);
        }
        int twin = left - StateTiles.COLUMNS / 2;
        store(y0, out, left);
        store(z0, out + TWIN, twin);
        store(y1, out + outStride, left);
        store(z1, out + outStride + TWIN, twin);
        store(y2, out + 2 * outStride, left);
        store(z2, out + 2 * outStride + TWIN, twin);
        store(y3, out + 3 * outStride, left);
        store(z3, out + 3 * outStride + TWIN, twin);
    }

    /** One element with two vectors of columns. */
    private void one(long s, boolean halves, int head, int value, int t, int left) {
        one(
                q.at(t, key(head)),
                k.at(t, key(head)),
                v.at(t, value),
                decay.at(t, perColumn ? value : head * decays),
                decays == 1 ? 0 : 4,
                perColumn,
                second == null ? 0 : second.k().at(t, key(head)),
                second == null ? 0 : second.v().at(t, value),
                bonus == 0 ? 0 : bonus + 4L * head * keys,
                s,
                out.at(t, value),
                keys,
                left,
                halves);
    }

    /**
     * @param wStep from one key's decay to the next one's
     * @param second address of the second write's keys, 0 for none; {@code v2} its values
     * @param bonus address of the head's bonus, 0 for none
     */
    private static void one(
            long q,
            long k,
            long v,
            long w,
            long wStep,
            boolean perColumn,
            long second,
            long v2,
            long bonus,
            long s,
            long out,
            int keys,
            int left,
            boolean halves) {
        FloatVector v0 = load(v);
        FloatVector u0 = load(v + TWIN);
        FloatVector v1 = second == 0 ? v0 : load(v2);
        FloatVector u1 = second == 0 ? u0 : load(v2 + TWIN);
        FloatVector w0 = perColumn ? load(w) : all(w);
        FloatVector x0 = perColumn ? load(w + TWIN) : w0;
        FloatVector y = zero();
        FloatVector z = y;
        for (int i = 0; i < keys; i++) {
            long at = s + i * StateTiles.ROW;
            FloatVector ki = all(k + 4L * i);
            FloatVector qi = all(q + 4L * i);
            if (!perColumn) {
                w0 = all(w + i * wStep);
                x0 = w0;
            }
            FloatVector a = load(at);
            FloatVector b = load(at + TWIN);
            FloatVector kv = ki.mul(v0);
            FloatVector ku = ki.mul(u0);
            FloatVector c = w0.fma(a, kv);
            FloatVector d = x0.fma(b, ku);
            if (second != 0) {
                FloatVector k2 = all(second + 4L * i);
                c = k2.fma(v1, c);
                d = k2.fma(u1, d);
            }
            c = kept(c, halves);
            d = kept(d, halves);
            store(c, at);
            store(d, at + TWIN);
            if (bonus != 0) {
                FloatVector uk = all(bonus + 4L * i).mul(ki);
                c = uk.fma(v0, a);
                d = uk.fma(u0, b);
            }
            y = qi.fma(c, y);
            z = qi.fma(d, z);
        }
        store(y, out, left);
        store(z, out + TWIN, left - StateTiles.COLUMNS / 2);
    }
}
