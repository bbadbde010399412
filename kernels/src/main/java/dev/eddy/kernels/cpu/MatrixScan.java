package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

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
 * @param library what computes the plain case in floats; null: Java
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
        boolean perColumn,
        @Nullable NativeScans library)
        implements HeadStage.Scan {
    private static final int TIMES = 4;

    /** A second write in the same element. */
    record Write(Place k, Place v) {}

    @Override
    public void run(
            long s, boolean halves, int head, int column, int row, int rows, Worker worker) {
        boolean plain = second == null && bonus == 0 && !perColumn && !halves;
        if (library != null && plain) {
            library.matrix(this, s, head, column, row, rows);
            return;
        }
        int value = head * columns + column;
        boolean whole = columns - column >= StateTiles.COLUMNS;
        long bytes = 4L * (columns - column);
        int times = 1;
        for (int t = row; t < row + rows; t += times) {
            times = plain && t + TIMES <= row + rows ? TIMES : 1;
            // A head's last columns go through a row of their own: others' lie beside them.
            long to = whole ? out.at(t, value) : worker.passes;
            long stride = whole ? out.stride() : StateTiles.ROW;
            for (int p = 0; p < StateTiles.COLUMNS / 2; p += L) {
                if (times == TIMES) {
                    four(s + 4L * p, head, value + p, t, to + 4L * p, stride);
                } else {
                    one(s + 4L * p, halves, head, value + p, t, to + 4L * p);
                }
            }
            for (int i = 0; !whole && i < times; i++) {
                OffHeap.copy(to + i * stride, out.at(t + i, value), bytes);
            }
        }
    }

    /** The first of the columns of q and k that a head reads. */
    int key(int head) {
        return head * groups / heads * keys;
    }

    /** Four elements with two vectors of columns. */
    private void four(long s, int head, int value, int t, long to, long toStride) {
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
                to,
                toStride,
                keys);
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
            int keys) {
        FloatVector v0 = fromMemorySegment(FLOATS, ALL, v, ORDER);
        FloatVector u0 = fromMemorySegment(FLOATS, ALL, v + TWIN, ORDER);
        FloatVector v1 = fromMemorySegment(FLOATS, ALL, v + vStride, ORDER);
        FloatVector u1 = fromMemorySegment(FLOATS, ALL, v + vStride + TWIN, ORDER);
        FloatVector v2 = fromMemorySegment(FLOATS, ALL, v + 2 * vStride, ORDER);
        FloatVector u2 = fromMemorySegment(FLOATS, ALL, v + 2 * vStride + TWIN, ORDER);
        FloatVector v3 = fromMemorySegment(FLOATS, ALL, v + 3 * vStride, ORDER);
        FloatVector u3 = fromMemorySegment(FLOATS, ALL, v + 3 * vStride + TWIN, ORDER);
        FloatVector y0 = FloatVector.zero(FLOATS);
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
            FloatVector k0 = broadcast(FLOATS, ALL.get(FLOAT, ki));
            FloatVector w0 = broadcast(FLOATS, ALL.get(FLOAT, wi));
            FloatVector q0 = broadcast(FLOATS, ALL.get(FLOAT, qi));
            FloatVector a = w0.fma(fromMemorySegment(FLOATS, ALL, at, ORDER), k0.mul(v0));
            FloatVector b = w0.fma(fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER), k0.mul(u0));
            y0 = q0.fma(a, y0);
            z0 = q0.fma(b, z0);
            FloatVector k1 = broadcast(FLOATS, ALL.get(FLOAT, ki + kStride));
            FloatVector w1 = broadcast(FLOATS, ALL.get(FLOAT, wi + wStride));
            FloatVector q1 = broadcast(FLOATS, ALL.get(FLOAT, qi + qStride));
            a = w1.fma(a, k1.mul(v1));
            b = w1.fma(b, k1.mul(u1));
            y1 = q1.fma(a, y1);
            z1 = q1.fma(b, z1);
            FloatVector k2 = broadcast(FLOATS, ALL.get(FLOAT, ki + 2 * kStride));
            FloatVector w2 = broadcast(FLOATS, ALL.get(FLOAT, wi + 2 * wStride));
            FloatVector q2 = broadcast(FLOATS, ALL.get(FLOAT, qi + 2 * qStride));
            a = w2.fma(a, k2.mul(v2));
            b = w2.fma(b, k2.mul(u2));
            y2 = q2.fma(a, y2);
            z2 = q2.fma(b, z2);
            FloatVector k3 = broadcast(FLOATS, ALL.get(FLOAT, ki + 3 * kStride));
            FloatVector w3 = broadcast(FLOATS, ALL.get(FLOAT, wi + 3 * wStride));
            FloatVector q3 = broadcast(FLOATS, ALL.get(FLOAT, qi + 3 * qStride));
            a = w3.fma(a, k3.mul(v3));
            b = w3.fma(b, k3.mul(u3));
            y3 = q3.fma(a, y3);
            z3 = q3.fma(b, z3);
            a.intoMemorySegment(ALL, at, ORDER);
            b.intoMemorySegment(ALL, at + TWIN, ORDER);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        z0.intoMemorySegment(ALL, out + TWIN, ORDER);
        y1.intoMemorySegment(ALL, out + outStride, ORDER);
        z1.intoMemorySegment(ALL, out + outStride + TWIN, ORDER);
        y2.intoMemorySegment(ALL, out + 2 * outStride, ORDER);
        z2.intoMemorySegment(ALL, out + 2 * outStride + TWIN, ORDER);
        y3.intoMemorySegment(ALL, out + 3 * outStride, ORDER);
        z3.intoMemorySegment(ALL, out + 3 * outStride + TWIN, ORDER);
    }

    /** One element with two vectors of columns. */
    private void one(long s, boolean halves, int head, int value, int t, long to) {
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
                to,
                keys,
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
            boolean halves) {
        FloatVector v0 = fromMemorySegment(FLOATS, ALL, v, ORDER);
        FloatVector u0 = fromMemorySegment(FLOATS, ALL, v + TWIN, ORDER);
        FloatVector v1 = second == 0 ? v0 : fromMemorySegment(FLOATS, ALL, v2, ORDER);
        FloatVector u1 = second == 0 ? u0 : fromMemorySegment(FLOATS, ALL, v2 + TWIN, ORDER);
        FloatVector w0 =
                perColumn
                        ? fromMemorySegment(FLOATS, ALL, w, ORDER)
                        : broadcast(FLOATS, ALL.get(FLOAT, w));
        FloatVector x0 = perColumn ? fromMemorySegment(FLOATS, ALL, w + TWIN, ORDER) : w0;
        FloatVector y = FloatVector.zero(FLOATS);
        FloatVector z = y;
        for (int i = 0; i < keys; i++) {
            long at = s + i * StateTiles.ROW;
            FloatVector ki = broadcast(FLOATS, ALL.get(FLOAT, k + 4L * i));
            FloatVector qi = broadcast(FLOATS, ALL.get(FLOAT, q + 4L * i));
            if (!perColumn) {
                w0 = broadcast(FLOATS, ALL.get(FLOAT, w + i * wStep));
                x0 = w0;
            }
            FloatVector a = fromMemorySegment(FLOATS, ALL, at, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER);
            FloatVector kv = ki.mul(v0);
            FloatVector ku = ki.mul(u0);
            FloatVector c = w0.fma(a, kv);
            FloatVector d = x0.fma(b, ku);
            if (second != 0) {
                FloatVector k2 = broadcast(FLOATS, ALL.get(FLOAT, second + 4L * i));
                c = k2.fma(v1, c);
                d = k2.fma(u1, d);
            }
            c.intoMemorySegment(ALL, at, ORDER);
            d.intoMemorySegment(ALL, at + TWIN, ORDER);
            if (halves) {
                VectorHalves.roundTwins(at);
                c = fromMemorySegment(FLOATS, ALL, at, ORDER);
                d = fromMemorySegment(FLOATS, ALL, at + TWIN, ORDER);
            }
            if (bonus != 0) {
                FloatVector uk = broadcast(FLOATS, ALL.get(FLOAT, bonus + 4L * i)).mul(ki);
                c = uk.fma(v0, a);
                d = uk.fma(u0, b);
            }
            y = qi.fma(c, y);
            z = qi.fma(d, z);
        }
        y.intoMemorySegment(ALL, out, ORDER);
        z.intoMemorySegment(ALL, out + TWIN, ORDER);
    }
}
