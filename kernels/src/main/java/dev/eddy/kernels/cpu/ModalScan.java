package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.TWIN;
import static dev.eddy.kernels.cpu.Vectors.kept;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;
import static dev.eddy.kernels.cpu.Vectors.zero;

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
    public void run(long state, boolean halves, int row, int count, int column) {
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
                } else {
                    feedback(from, at, h, to, halves);
                    feedback(from + TWIN, at + TWIN, h + TWIN, to + TWIN, halves);
                }
            }
        }
    }

    private static void real(
            long x, long poles, long residues, long h, long out, int rows, boolean halves) {
        FloatVector x0 = load(x);
        FloatVector x1 = load(x + TWIN);
        FloatVector y0 = zero();
        FloatVector y1 = y0;
        for (int n = 0; n < rows; n++) {
            long i = n * ROW;
            FloatVector h0 = kept(load(poles + i).fma(load(h + i), x0), halves);
            FloatVector h1 = kept(load(poles + i + TWIN).fma(load(h + i + TWIN), x1), halves);
            store(h0, h + i);
            store(h1, h + i + TWIN);
            y0 = load(residues + i).fma(h0, y0);
            y1 = load(residues + i + TWIN).fma(h1, y1);
        }
        store(y0, out);
        store(y1, out + TWIN);
    }

    private static void complex(
            long x, long poles, long residues, long h, long out, int rows, boolean halves) {
        FloatVector x0 = load(x);
        FloatVector x1 = load(x + TWIN);
        FloatVector y0 = zero();
        FloatVector y1 = y0;
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            FloatVector a = load(h + re);
            FloatVector b = load(h + im);
            FloatVector r = load(poles + re);
            FloatVector i = load(poles + im);
            FloatVector c = kept(r.fma(a, i.neg().fma(b, x0)), halves);
            FloatVector d = kept(r.fma(b, i.mul(a)), halves);
            store(c, h + re);
            store(d, h + im);
            y0 = load(residues + re).fma(c, y0);
            y0 = load(residues + im).neg().fma(d, y0);
            a = load(h + re + TWIN);
            b = load(h + im + TWIN);
            r = load(poles + re + TWIN);
            i = load(poles + im + TWIN);
            c = kept(r.fma(a, i.neg().fma(b, x1)), halves);
            d = kept(r.fma(b, i.mul(a)), halves);
            store(c, h + re + TWIN);
            store(d, h + im + TWIN);
            y1 = load(residues + re + TWIN).fma(c, y1);
            y1 = load(residues + im + TWIN).neg().fma(d, y1);
        }
        store(y0, out);
        store(y1, out + TWIN);
    }

    /**
     * @param at bytes from the start of the poles, and what goes with them, to this vector's
     */
    private void feedback(long x, long at, long h, long out, boolean halves) {
        FloatVector f = zero();
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            f = load(read + at + re).fma(load(h + re), f);
            f = load(read + at + im).neg().fma(load(h + im), f);
        }
        FloatVector x0 = load(x);
        FloatVector y = zero();
        for (int n = 0; n < rows; n += 2) {
            long re = n * ROW;
            long im = re + ROW;
            FloatVector a = load(h + re);
            FloatVector b = load(h + im);
            FloatVector r = load(poles + at + re);
            FloatVector i = load(poles + at + im);
            FloatVector in = load(write + at + re).fma(f, load(input + at + re).mul(x0));
            FloatVector out2 = load(write + at + im).fma(f, load(input + at + im).mul(x0));
            FloatVector c = kept(r.fma(a, i.neg().fma(b, in)), halves);
            FloatVector d = kept(r.fma(b, i.fma(a, out2)), halves);
            store(c, h + re);
            store(d, h + im);
            y = load(residues + at + re).fma(c, y);
            y = load(residues + at + im).neg().fma(d, y);
        }
        store(y, out);
    }
}
