package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.KeyValues.TILE;
import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.UnaryFunction;
import jdk.incubator.vector.FloatVector;

/**
 * One query's attention, block of keys by block. Scores are made with keys in lanes, each a chain
 * over its numbers; values are summed with their columns in lanes, each a chain over the positions.
 * A block of a ring may lie in two pieces, of which the second begins at the ring's start.
 */
final class AttentionKernels {
    /** Bytes of the scores of a piece: of a block's keys, and of those that share their tiles. */
    private static final long PIECE = 4L * (Op.Attention.BLOCK + 2 * TILE);

    /** Bytes of the scores of two pieces. */
    private static final long SCORE_BYTES = 2 * PIECE;

    /** Bytes from one number of a tile's keys to the next. */
    private static final long NUMBER = 4L * TILE;

    private final float[] lanes = new float[Vectors.WIDEST];

    private long scores;
    private long sums;
    private long tiles;
    private long query;
    private int keyWidth;
    private int valueWidth;
    private long valueBytes;
    private int rows;
    private float scale;
    private float cap;
    private float largest;
    private float total;

    /** Bytes that a query works in, with values of that width: four vectors at a time. */
    static long scratchBytes(int valueWidth) {
        return SCORE_BYTES + 4L * KeyValues.padded(valueWidth) + 16L * L;
    }

    /**
     * Begins with another query.
     *
     * @param query address of its numbers
     */
    void begin(Worker worker, long query, AttentionStage.Arguments a) {
        scores = worker.scan;
        sums = worker.scan + SCORE_BYTES;
        tiles = worker.tiles;
        this.query = query;
        keyWidth = a.past().keyWidth();
        valueWidth = a.past().valueWidth();
        valueBytes = a.past().valueBytes();
        rows = a.past().keys().rows();
        scale = a.scale();
        cap = a.cap();
        largest = Float.NEGATIVE_INFINITY;
        total = 0;
        Elements.fill(0f, sums, KeyValues.padded(valueWidth));
    }

    /**
     * Adds {@code count} keys of one block.
     *
     * @param keys address of a ring's or a page's keys, of one group
     * @param values address of their values
     * @param first which of them the first is
     */
    void block(long keys, long values, int first, int count) {
        int before = Math.min(count, rows - first);
        int after = count - before;
        long one = scores(keys, first, before, scores);
        long two = after == 0 ? scores : scores(keys, 0, after, scores + PIECE);
        float top = Reductions.max(one, before, lanes);
        top = after == 0 ? top : Functions.max(Reductions.max(two, after, lanes), top);
        exponentials(scores, first % TILE + before, top);
        if (after > 0) {
            exponentials(two, after, top);
        }
        float next = Functions.max(largest, top);
        float past = Functions.exp(largest - next);
        float now = Functions.exp(top - next);
        long value = values + first * valueBytes;
        float sum = 0;
        for (int j = 0; j < valueWidth; j += 4 * L) {
            // Every piece of the columns adds the same weights in the same order.
            sum = columns(j, one, value, before, two, values, after, past, now);
        }
        total = Math.fma(total, past, sum * now);
        largest = next;
    }

    /** Writes the weighted mean. */
    void end(long out) {
        Elements.divide(sums, total, sums, valueWidth);
        OffHeap.copy(sums, out, 4L * valueWidth);
    }

    /**
     * Scores of {@code count} keys, whole tiles of them, from {@code to} on; where the first is.
     */
    private long scores(long keys, int first, int count, long to) {
        int tile = first / TILE;
        int end = (first + count - 1) / TILE + 1;
        long bytes = NUMBER * keyWidth;
        long at = to;
        for (; tile + 4 <= end; tile += 4) {
            for (int p = 0; p < TILE; p += L) {
                fourTiles(query, keys + tile * bytes + 4L * p, bytes, keyWidth, at + 4L * p);
            }
            at += 4 * NUMBER;
        }
        for (; tile < end; tile++) {
            for (int p = 0; p < TILE; p += L) {
                oneTile(query, keys + tile * bytes + 4L * p, keyWidth, at + 4L * p);
            }
            at += NUMBER;
        }
        finishScores(to, (int) (at - to) / 4);
        return to + 4L * (first % TILE);
    }

    private static void fourTiles(long query, long keys, long bytes, int width, long to) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int e = 0; e < width; e++) {
            FloatVector q = broadcast(FLOATS, ALL.get(FLOAT, query + 4L * e));
            long at = keys + e * NUMBER;
            a = q.fma(fromMemorySegment(FLOATS, ALL, at, ORDER), a);
            b = q.fma(fromMemorySegment(FLOATS, ALL, at + bytes, ORDER), b);
            c = q.fma(fromMemorySegment(FLOATS, ALL, at + 2 * bytes, ORDER), c);
            d = q.fma(fromMemorySegment(FLOATS, ALL, at + 3 * bytes, ORDER), d);
        }
        a.intoMemorySegment(ALL, to, ORDER);
        b.intoMemorySegment(ALL, to + NUMBER, ORDER);
        c.intoMemorySegment(ALL, to + 2 * NUMBER, ORDER);
        d.intoMemorySegment(ALL, to + 3 * NUMBER, ORDER);
    }

    private static void oneTile(long query, long keys, int width, long to) {
        FloatVector a = FloatVector.zero(FLOATS);
        for (int e = 0; e < width; e++) {
            a =
                    broadcast(FLOATS, ALL.get(FLOAT, query + 4L * e))
                            .fma(fromMemorySegment(FLOATS, ALL, keys + e * NUMBER, ORDER), a);
        }
        a.intoMemorySegment(ALL, to, ORDER);
    }

    private void finishScores(long x, int count) {
        for (int i = 0; i < count; i += L) {
            fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                    .mul(scale)
                    .intoMemorySegment(ALL, x + 4L * i, ORDER);
        }
        if (cap > 0) {
            Elements.divide(x, cap, x, count);
            VectorFunctions.apply(UnaryFunction.TANH, x, x, count, tiles);
            for (int i = 0; i < count; i += L) {
                fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
                        .mul(cap)
                        .intoMemorySegment(ALL, x + 4L * i, ORDER);
            }
        }
    }

    /** x = exp(x - top), whole vectors. */
    private static void exponentials(long x, int count, float top) {
        Elements.subtract(x, top, x, count);
        VectorFunctions.exp(x, x, count);
    }

    /**
     * Adds the weighted values of two pieces in four vectors of columns; the sum of the weights.
     *
     * @param past factor of the blocks before
     * @param now factor of this block
     */
    private float columns(
            int column,
            long weights,
            long values,
            int count,
            long moreWeights,
            long moreValues,
            int more,
            float past,
            float now) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        float sum = 0;
        long v = 4L * L;
        for (int i = 0; i < count + more; i++) {
            int j = i - count;
            long weight = i < count ? weights + 4L * i : moreWeights + 4L * j;
            long value = i < count ? values + i * valueBytes : moreValues + j * valueBytes;
            long at = value + 4L * column;
            FloatVector w = broadcast(FLOATS, ALL.get(FLOAT, weight));
            sum += ALL.get(FLOAT, weight);
            a = w.fma(fromMemorySegment(FLOATS, ALL, at, ORDER), a);
            b = w.fma(fromMemorySegment(FLOATS, ALL, at + v, ORDER), b);
            c = w.fma(fromMemorySegment(FLOATS, ALL, at + 2 * v, ORDER), c);
            d = w.fma(fromMemorySegment(FLOATS, ALL, at + 3 * v, ORDER), d);
        }
        FloatVector factor = broadcast(Vectors.FLOATS, past);
        long to = sums + 4L * column;
        fromMemorySegment(FLOATS, ALL, to, ORDER)
                .fma(factor, a.mul(now))
                .intoMemorySegment(ALL, to, ORDER);
        fromMemorySegment(FLOATS, ALL, to + v, ORDER)
                .fma(factor, b.mul(now))
                .intoMemorySegment(ALL, to + v, ORDER);
        fromMemorySegment(FLOATS, ALL, to + 2 * v, ORDER)
                .fma(factor, c.mul(now))
                .intoMemorySegment(ALL, to + 2 * v, ORDER);
        fromMemorySegment(FLOATS, ALL, to + 3 * v, ORDER)
                .fma(factor, d.mul(now))
                .intoMemorySegment(ALL, to + 3 * v, ORDER);
        return sum;
    }
}
