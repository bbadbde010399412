package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.eddy.kernels.numerics.Functions;
import jdk.incubator.vector.FloatVector;

/** The recurrences of a few numbers a column, which stay in registers. */
final class ChannelScans {
    private ChannelScans() {}

    /** h = fma(a, h, b). */
    record Recurrence(Place a, Place b, Place out) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column, Worker worker) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector h = fromMemorySegment(FLOATS, ALL, state + 4L * p, ORDER);
                for (int t = row; t < row + rows; t++) {
                    h =
                            fromMemorySegment(FLOATS, ALL, a.at(t, c), ORDER)
                                    .fma(h, fromMemorySegment(FLOATS, ALL, b.at(t, c), ORDER));
                    h.intoMemorySegment(ALL, out.at(t, c), ORDER);
                    if (halves) {
                        VectorHalves.round(out.at(t, c));
                        h = fromMemorySegment(FLOATS, ALL, out.at(t, c), ORDER);
                    }
                }
                h.intoMemorySegment(ALL, state + 4L * p, ORDER);
            }
        }
    }

    /** The element before. */
    record Delay(Place x, Place out) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column, Worker worker) {
            for (int p = 0; p < COLUMNS; p += L) {
                int c = column + p;
                FloatVector last = fromMemorySegment(FLOATS, ALL, state + 4L * p, ORDER);
                for (int t = row; t < row + rows; t++) {
                    last.intoMemorySegment(ALL, out.at(t, c), ORDER);
                    last = fromMemorySegment(FLOATS, ALL, x.at(t, c), ORDER);
                }
                last.intoMemorySegment(ALL, state + 4L * p, ORDER);
            }
        }
    }

    /**
     * The running log-maximum of {@code width} heads. Its sections lie side by side, so nothing is
     * stored beyond a section's end.
     */
    record LogMax(Place f, Place i, Place out, int width) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column, Worker worker) {
            long tile = worker.passes;
            long bytes = 4L * Math.min(COLUMNS, width - column);
            for (int t = row; t < row + rows; t++) {
                step(f.at(t, column), i.at(t, column), state, halves, tile);
                VectorFunctions.exp(tile, tile, 2 * COLUMNS);
                OffHeap.copy(tile, out.at(t, column), bytes);
                OffHeap.copy(tile + ROW, out.at(t, width + column), bytes);
                OffHeap.copy(state, out.at(t, 2 * width + column), bytes);
            }
        }

        /** The next maximum, and how far the past and the input lie below it. */
        private static void step(long f, long i, long state, boolean halves, long tile) {
            for (long at = 0; at < ROW; at += 4L * L) {
                FloatVector past =
                        fromMemorySegment(FLOATS, ALL, f + at, ORDER)
                                .add(fromMemorySegment(FLOATS, ALL, state + at, ORDER));
                FloatVector input = fromMemorySegment(FLOATS, ALL, i + at, ORDER);
                FloatVector m = input.blend(past, past.compare(GT, input));
                m.intoMemorySegment(ALL, state + at, ORDER);
                if (halves) {
                    VectorHalves.round(state + at);
                    m = fromMemorySegment(FLOATS, ALL, state + at, ORDER);
                }
                past.sub(m).intoMemorySegment(ALL, tile + at, ORDER);
                input.sub(m).intoMemorySegment(ALL, tile + ROW + at, ORDER);
            }
        }
    }

    /** A running phase of {@code width} columns, then its cosines and its sines side by side. */
    record Phase(Place x, Place out, int width) implements ChannelStage.Scan {
        @Override
        public void run(long state, boolean halves, int row, int rows, int column, Worker worker) {
            long tile = worker.passes;
            long bytes = 4L * Math.min(COLUMNS, width - column);
            for (int t = row; t < row + rows; t++) {
                turn(x.at(t, column), state);
                VectorFunctions.cosTurns(state, tile, COLUMNS);
                VectorFunctions.sinTurns(state, tile + ROW, COLUMNS);
                OffHeap.copy(tile, out.at(t, column), bytes);
                OffHeap.copy(tile + ROW, out.at(t, width + column), bytes);
            }
        }

        /** The phase less its whole turns. */
        private static void turn(long x, long state) {
            for (long at = 0; at < ROW; at += 4L * L) {
                FloatVector moved =
                        fromMemorySegment(FLOATS, ALL, state + at, ORDER)
                                .add(fromMemorySegment(FLOATS, ALL, x + at, ORDER));
                FloatVector turns = moved.add(Functions.ROUND_MAGIC).sub(Functions.ROUND_MAGIC);
                moved.sub(turns).intoMemorySegment(ALL, state + at, ORDER);
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
        public void run(long state, boolean halves, int row, int rows, int column, Worker worker) {
            long w = decay + 4L * column;
            long u = bonus + 4L * column;
            long tile = worker.passes;
            for (int t = row; t < row + rows; t++) {
                exponents(k.at(t, column), w, u, state, tile);
                VectorFunctions.exp(tile, tile, 4 * COLUMNS);
                average(v.at(t, column), state, tile, out.at(t, column));
                for (int p = 0; halves && p < 3 * COLUMNS; p += L) {
                    VectorHalves.round(state + 4L * p);
                }
            }
        }

        /** The new maximum; the logarithms of past and present in the output, then in the state. */
        private static void exponents(long k, long w, long u, long state, long tile) {
            for (long at = 0; at < ROW; at += 4L * L) {
                FloatVector key = fromMemorySegment(FLOATS, ALL, k + at, ORDER);
                FloatVector m = fromMemorySegment(FLOATS, ALL, state + 2 * ROW + at, ORDER);
                m =
                        m.blend(
                                Float.NEGATIVE_INFINITY,
                                fromMemorySegment(FLOATS, ALL, state + ROW + at, ORDER).eq(0f));
                FloatVector read = fromMemorySegment(FLOATS, ALL, u + at, ORDER).add(key);
                FloatVector top = read.blend(m, m.compare(GT, read));
                m.sub(top).intoMemorySegment(ALL, tile + at, ORDER);
                read.sub(top).intoMemorySegment(ALL, tile + ROW + at, ORDER);
                FloatVector decayed = m.add(fromMemorySegment(FLOATS, ALL, w + at, ORDER));
                top = key.blend(decayed, decayed.compare(GT, key));
                decayed.sub(top).intoMemorySegment(ALL, tile + 2 * ROW + at, ORDER);
                key.sub(top).intoMemorySegment(ALL, tile + 3 * ROW + at, ORDER);
                top.intoMemorySegment(ALL, state + 2 * ROW + at, ORDER);
            }
        }

        private static void average(long v, long state, long tile, long out) {
            for (long at = 0; at < ROW; at += 4L * L) {
                FloatVector value = fromMemorySegment(FLOATS, ALL, v + at, ORDER);
                FloatVector a = fromMemorySegment(FLOATS, ALL, state + at, ORDER);
                FloatVector b = fromMemorySegment(FLOATS, ALL, state + ROW + at, ORDER);
                FloatVector past = fromMemorySegment(FLOATS, ALL, tile + at, ORDER);
                FloatVector now = fromMemorySegment(FLOATS, ALL, tile + ROW + at, ORDER);
                past.fma(a, now.mul(value))
                        .div(past.fma(b, now))
                        .intoMemorySegment(ALL, out + at, ORDER);
                past = fromMemorySegment(FLOATS, ALL, tile + 2 * ROW + at, ORDER);
                now = fromMemorySegment(FLOATS, ALL, tile + 3 * ROW + at, ORDER);
                past.fma(a, now.mul(value)).intoMemorySegment(ALL, state + at, ORDER);
                past.fma(b, now).intoMemorySegment(ALL, state + ROW + at, ORDER);
            }
        }
    }
}
