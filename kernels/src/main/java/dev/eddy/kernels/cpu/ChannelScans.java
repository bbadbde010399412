package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.kept;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;

import jdk.incubator.vector.FloatVector;

/** The recurrences of a few numbers a column, which stay in registers. */
final class ChannelScans {
    private ChannelScans() {}

    /** h = fma(a, h, b). */
    record Recurrence(Place a, Place b, Place out) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector h = load(state + 4L * p);
                for (int t = row; t < row + rows; t++) {
                    h = kept(load(a.at(t, c)).fma(h, load(b.at(t, c))), halves);
                    store(h, out.at(t, c));
                }
                store(h, state + 4L * p);
            }
        }
    }

    /** The element before. */
    record Delay(Place x, Place out) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector last = load(state + 4L * p);
                for (int t = row; t < row + rows; t++) {
                    store(last, out.at(t, c));
                    last = load(x.at(t, c));
                }
                store(last, state + 4L * p);
            }
        }
    }

    /**
     * The running log-maximum of {@code width} heads. Its sections lie side by side, so nothing is
     * stored beyond a section's end.
     */
    record LogMax(Place f, Place i, Place out, int width) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector m = load(state + 4L * p);
                for (int t = row; t < row + rows; t++) {
                    FloatVector past = load(f.at(t, c)).add(m);
                    FloatVector input = load(i.at(t, c));
                    m = kept(VectorFunctions.max(past, input), halves);
                    store(VectorFunctions.exp(past.sub(m)), out.at(t, c), width - c);
                    store(VectorFunctions.exp(input.sub(m)), out.at(t, width + c), width - c);
                    store(m, out.at(t, 2 * width + c), width - c);
                }
                store(m, state + 4L * p);
            }
        }
    }

    /** A running phase of {@code width} columns, then its cosines and its sines side by side. */
    record Phase(Place x, Place out, int width) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector phase = load(state + 4L * p);
                for (int t = row; t < row + rows; t++) {
                    FloatVector moved = phase.add(load(x.at(t, c)));
                    phase = moved.sub(VectorFunctions.rint(moved));
                    store(VectorFunctions.cosTurns(phase), out.at(t, c), width - c);
                    store(VectorFunctions.sinTurns(phase), out.at(t, width + c), width - c);
                }
                store(phase, state + 4L * p);
            }
        }
    }

    /**
     * RWKV-4's average; state [D / 32][3][32].
     *
     * @param decay address of [D padded]
     * @param bonus address of [D padded]
     */
    record Wkv(Place k, Place v, long decay, long bonus, Place out) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector w = load(decay + 4L * c);
                FloatVector u = load(bonus + 4L * c);
                FloatVector a = load(state + 4L * p);
                FloatVector b = load(state + ROW + 4L * p);
                FloatVector m = load(state + 2 * ROW + 4L * p);
                for (int t = row; t < row + rows; t++) {
                    FloatVector key = load(k.at(t, c));
                    FloatVector value = load(v.at(t, c));
                    FloatVector before = m.blend(Float.NEGATIVE_INFINITY, b.eq(0f));
                    FloatVector read = u.add(key);
                    FloatVector top = VectorFunctions.max(before, read);
                    FloatVector past = VectorFunctions.exp(before.sub(top));
                    FloatVector now = VectorFunctions.exp(read.sub(top));
                    FloatVector sum = past.fma(a, now.mul(value));
                    store(sum.div(past.fma(b, now)), out.at(t, c));
                    FloatVector decayed = before.add(w);
                    top = VectorFunctions.max(decayed, key);
                    past = VectorFunctions.exp(decayed.sub(top));
                    now = VectorFunctions.exp(key.sub(top));
                    a = kept(past.fma(a, now.mul(value)), halves);
                    b = kept(past.fma(b, now), halves);
                    m = kept(top, halves);
                }
                store(a, state + 4L * p);
                store(b, state + ROW + 4L * p);
                store(m, state + 2 * ROW + 4L * p);
            }
        }
    }
}
