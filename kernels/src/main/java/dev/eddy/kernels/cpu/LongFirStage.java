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
 * A filter as long as the training over a history: a unit is a tile of one entry's channels. Every
 * output is one FMA chain from position 0, whose sum waits in the output from page to page.
 */
final class LongFirStage extends ScanStage {
    /** Nanoseconds a row and channel: what it costs in the middle of some thousand positions. */
    private static final double COST = 100;

    /** Rows that go through a page together. */
    private static final int TIMES = 4;

    /**
     * What the operator reads and writes.
     *
     * @param taps address of [C / 32][K][32], oldest first
     * @param order K
     * @param bias address of [C padded], 0 for none
     */
    record Arguments(
            Place x, Place out, int width, long taps, int order, long bias, Past history) {}

    private final Arguments a;

    LongFirStage(Arguments arguments, RowOp[] tail) {
        super(arguments.out(), arguments.width(), COLUMNS, COST, tail);
        a = arguments;
    }

    @Override
    void scan(Batch batch, Worker worker, int entry, int from, int to) {
        int row = batch.offset(entry);
        int rows = batch.length(entry);
        long start = batch.position(entry);
        for (int t = 0; t < rows; t++) {
            long kept = tile(batch, entry, start + t, from) + a.history().index(start + t) * ROW;
            Elements.copy(a.x().at(row + t, from), kept, COLUMNS);
            begin(a.out().at(row + t, from), from);
        }
        for (int t = 0; t < rows; t += TIMES) {
            int times = Math.min(TIMES, rows - t);
            filter(batch, entry, start + t, row + t, times, from);
        }
    }

    /** Address of a tile's [256][32] in the page that holds a position. */
    private long tile(Batch batch, int entry, long position, int column) {
        long tile = column / COLUMNS * (a.history().rows() * ROW);
        return a.history().at(batch, entry, position) + tile;
    }

    private void begin(long out, int column) {
        if (a.bias() == 0) {
            Elements.fill(0f, out, COLUMNS);
        } else {
            Elements.copy(a.bias() + 4L * column, out, COLUMNS);
        }
    }

    /** All positions up to each row's own, for rows at {@code position} and after it. */
    private void filter(Batch batch, int entry, long position, int row, int times, int column) {
        long taps = a.taps() + column / COLUMNS * (a.order() * ROW);
        int page = a.history().rows();
        long out = a.out().at(row, column);
        long stride = a.out().stride();
        for (long from = 0; from < position + times; from += page) {
            long past = tile(batch, entry, from, column);
            int shared = (int) Math.clamp(position + 1 - from, 0, page);
            // The tap of position p is the (order - 1 - position + p)-th.
            long tap = taps + (a.order() - 1 - position + from) * ROW;
            if (times == TIMES) {
                four(past, tap, shared, out, stride);
            }
            for (int t = 0; t < times; t++) {
                int done = times == TIMES ? shared : 0;
                int end = (int) Math.clamp(position + t + 1 - from, 0, page);
                one(past + done * ROW, tap + (done - t) * ROW, end - done, out + t * stride);
            }
        }
    }

    private static void one(long past, long tap, int count, long out) {
        for (int p = 0; p < COLUMNS / 2; p += L) {
            long at = 4L * p;
            FloatVector a = fromMemorySegment(FLOATS, ALL, out + at, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, out + at + TWIN, ORDER);
            for (int i = 0; i < count; i++) {
                long c = at + i * ROW;
                a =
                        fromMemorySegment(FLOATS, ALL, tap + c, ORDER)
                                .fma(fromMemorySegment(FLOATS, ALL, past + c, ORDER), a);
                b =
                        fromMemorySegment(FLOATS, ALL, tap + c + TWIN, ORDER)
                                .fma(fromMemorySegment(FLOATS, ALL, past + c + TWIN, ORDER), b);
            }
            a.intoMemorySegment(ALL, out + at, ORDER);
            b.intoMemorySegment(ALL, out + at + TWIN, ORDER);
        }
    }

    /** Four rows, each of which takes its taps one row of taps before the last one's. */
    private static void four(long past, long tap, int count, long out, long stride) {
        for (long at = 0; at < ROW; at += 4L * L) {
            FloatVector a = fromMemorySegment(FLOATS, ALL, out + at, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, out + stride + at, ORDER);
            FloatVector c = fromMemorySegment(FLOATS, ALL, out + 2 * stride + at, ORDER);
            FloatVector d = fromMemorySegment(FLOATS, ALL, out + 3 * stride + at, ORDER);
            for (int i = 0; i < count; i++) {
                FloatVector x = fromMemorySegment(FLOATS, ALL, past + at + i * ROW, ORDER);
                long w = tap + at + i * ROW;
                a = fromMemorySegment(FLOATS, ALL, w, ORDER).fma(x, a);
                b = fromMemorySegment(FLOATS, ALL, w - ROW, ORDER).fma(x, b);
                c = fromMemorySegment(FLOATS, ALL, w - 2 * ROW, ORDER).fma(x, c);
                d = fromMemorySegment(FLOATS, ALL, w - 3 * ROW, ORDER).fma(x, d);
            }
            a.intoMemorySegment(ALL, out + at, ORDER);
            b.intoMemorySegment(ALL, out + stride + at, ORDER);
            c.intoMemorySegment(ALL, out + 2 * stride + at, ORDER);
            d.intoMemorySegment(ALL, out + 3 * stride + at, ORDER);
        }
    }
}
