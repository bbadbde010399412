package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;

/**
 * The recurrence with constant poles: channels in lanes, so that the chain over the modes that
 * makes an output runs within a lane. State, poles and what goes with them are [D / 32][rows][32],
 * where a complex mode takes two rows: real, then imaginary.
 *
 * @param poles address of the poles; likewise the residues and the feedback's parts
 * @param rows numbers of a channel: modes, or twice as many where they are complex
 * @param complex whether they are
 * @param hasFeedback whether input, read and write count
 */
record ModalScan(
        Place x,
        Place out,
        long poles,
        long residues,
        long input,
        long read,
        long write,
        int rows,
        boolean complex,
        boolean hasFeedback)
        implements ChannelStage.Scan {
    @Override
    public void run(long state, boolean halves, int row, int count, int column, Worker worker) {
        long tile = column / COLUMNS * (rows * ROW);
        for (int p = 0; p < COLUMNS / 2; p += L) {
            long at = tile + 4L * p;
            for (int t = row; t < row + count; t++) {
                long from = x.at(t, column + p);
                long to = out.at(t, column + p);
                long h = state + 4L * p;
                if (!complex) {
                    real(from, poles + at, residues + at, h, to, rows, halves);
                } else if (!hasFeedback) {
                    complex(from, poles + at, residues + at, h, to, rows, halves);
                    complex(
                            from + TWIN,
                            poles + at + TWIN,
                            residues + at + TWIN,
                            h + TWIN,
                            to + TWIN,
                            rows,
                            halves);
                } else {
                    feedback(from, at, h, to, halves);
                    feedback(from + TWIN, at + TWIN, h + TWIN, to + TWIN, halves);
                }
            }
        }
    }

    private static void real(
            long x, long poles, long residues, long h, long out, int rows, boolean halves) {
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, x, ORDER);
        FloatVector x1 = fromMemorySegment(FLOATS, ALL, x + TWIN, ORDER);
        FloatVector y0 = FloatVector.zero(FLOATS);
        FloatVector y1 = y0;
        for (int n = 0; n < rows; n++) {
            long i = n * ROW;
            FloatVector h0 =
                    fromMemorySegment(FLOATS, ALL, poles + i, ORDER)
                            .fma(fromMemorySegment(FLOATS, ALL, h + i, ORDER), x0);
            FloatVector h1 =
                    fromMemorySegment(FLOATS, ALL, poles + i + TWIN, ORDER)
                            .fma(fromMemorySegment(FLOATS, ALL, h + i + TWIN, ORDER), x1);
            h0.intoMemorySegment(ALL, h + i, ORDER);
            h1.intoMemorySegment(ALL, h + i + TWIN, ORDER);
            if (halves) {
                VectorHalves.roundTwins(h + i);
                h0 = fromMemorySegment(FLOATS, ALL, h + i, ORDER);
                h1 = fromMemorySegment(FLOATS, ALL, h + i + TWIN, ORDER);
            }
            y0 = fromMemorySegment(FLOATS, ALL, residues + i, ORDER).fma(h0, y0);
            y1 = fromMemorySegment(FLOATS, ALL, residues + i + TWIN, ORDER).fma(h1, y1);
        }
        y0.intoMemorySegment(ALL, out, ORDER);
        y1.intoMemorySegment(ALL, out + TWIN, ORDER);
    }

    private static void complex(
            long x, long poles, long residues, long h, long out, int rows, boolean halves) {
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, x, ORDER);
        FloatVector y = FloatVector.zero(FLOATS);
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            FloatVector a = fromMemorySegment(FLOATS, ALL, h + re, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, h + im, ORDER);
            FloatVector r = fromMemorySegment(FLOATS, ALL, poles + re, ORDER);
            FloatVector i = fromMemorySegment(FLOATS, ALL, poles + im, ORDER);
            FloatVector c = r.fma(a, i.neg().fma(b, x0));
            FloatVector d = r.fma(b, i.mul(a));
            c.intoMemorySegment(ALL, h + re, ORDER);
            d.intoMemorySegment(ALL, h + im, ORDER);
            if (halves) {
                VectorHalves.round(h + re);
                VectorHalves.round(h + im);
                c = fromMemorySegment(FLOATS, ALL, h + re, ORDER);
                d = fromMemorySegment(FLOATS, ALL, h + im, ORDER);
            }
            y = fromMemorySegment(FLOATS, ALL, residues + re, ORDER).fma(c, y);
            y = fromMemorySegment(FLOATS, ALL, residues + im, ORDER).neg().fma(d, y);
        }
        y.intoMemorySegment(ALL, out, ORDER);
    }

    /**
     * @param at bytes from the start of the poles, and what goes with them, to this vector's
     */
    private void feedback(long x, long at, long h, long out, boolean halves) {
        FloatVector f = FloatVector.zero(FLOATS);
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            f =
                    fromMemorySegment(FLOATS, ALL, read + at + re, ORDER)
                            .fma(fromMemorySegment(FLOATS, ALL, h + re, ORDER), f);
            f =
                    fromMemorySegment(FLOATS, ALL, read + at + im, ORDER)
                            .neg()
                            .fma(fromMemorySegment(FLOATS, ALL, h + im, ORDER), f);
        }
        FloatVector x0 = fromMemorySegment(FLOATS, ALL, x, ORDER);
        FloatVector y = FloatVector.zero(FLOATS);
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            FloatVector a = fromMemorySegment(FLOATS, ALL, h + re, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, h + im, ORDER);
            FloatVector r = fromMemorySegment(FLOATS, ALL, poles + at + re, ORDER);
            FloatVector i = fromMemorySegment(FLOATS, ALL, poles + at + im, ORDER);
            FloatVector in =
                    fromMemorySegment(FLOATS, ALL, write + at + re, ORDER)
                            .fma(f, fromMemorySegment(FLOATS, ALL, input + at + re, ORDER).mul(x0));
            FloatVector out2 =
                    fromMemorySegment(FLOATS, ALL, write + at + im, ORDER)
                            .fma(f, fromMemorySegment(FLOATS, ALL, input + at + im, ORDER).mul(x0));
            FloatVector c = r.fma(a, i.neg().fma(b, in));
            FloatVector d = r.fma(b, i.fma(a, out2));
            c.intoMemorySegment(ALL, h + re, ORDER);
            d.intoMemorySegment(ALL, h + im, ORDER);
            if (halves) {
                VectorHalves.round(h + re);
                VectorHalves.round(h + im);
                c = fromMemorySegment(FLOATS, ALL, h + re, ORDER);
                d = fromMemorySegment(FLOATS, ALL, h + im, ORDER);
            }
            y = fromMemorySegment(FLOATS, ALL, residues + at + re, ORDER).fma(c, y);
            y = fromMemorySegment(FLOATS, ALL, residues + at + im, ORDER).neg().fma(d, y);
        }
        y.intoMemorySegment(ALL, out, ORDER);
    }
}
