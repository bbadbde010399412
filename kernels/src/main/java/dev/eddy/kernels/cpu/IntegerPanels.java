package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.INTS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.eddy.kernels.numerics.Integers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Panels of integers, multiplied with the kernels for floats: a block of depths is widened into the
 * worker's memory, and since the products of a group add up to less than 2^24, their FMA chain is
 * the exact sum.
 */
final class IntegerPanels extends Panels {
    /** Nanoseconds a multiplication. */
    private static final double COMPUTE = 0.03;

    private static final int TILE_STRIDE = 4 * COLUMNS;

    private final long address;
    private final IntegerLayout layout;
    private final RowForm.Rounded form;

    IntegerPanels(long address, IntegerLayout layout, RowForm.Rounded form) {
        this.address = address;
        this.layout = layout;
        this.form = form;
    }

    /** Bytes of a worker's memory: a widened block with scales and leasts, two tiles of sums. */
    static long workBytes() {
        return tiles() + 2L * EightRows.ROWS * TILE_STRIDE;
    }

    private static long scales() {
        return (long) Integers.BLOCK * TILE_STRIDE;
    }

    private static long leasts() {
        return scales() + (long) Integers.BLOCK / 16 * TILE_STRIDE;
    }

    private static long tiles() {
        return leasts() + (long) Integers.BLOCK / 16 * TILE_STRIDE;
    }

    @Override
    double cost(int rows) {
        return Math.max(COMPUTE * rows * COLUMNS * layout.k(), READ * layout.panelBytes());
    }

    @Override
    void multiply(PackedRows x, int rows, Place out, Worker worker, int from, int to) {
        for (int panel = from; panel < to; panel++) {
            long w = address + panel * layout.panelBytes();
            for (int block = 0; block < form.blocks(); block++) {
                int depth = Math.min(Integers.BLOCK, layout.depth() - block * Integers.BLOCK);
                widen(w, block, depth, worker.panel);
                for (int row = 0; row < rows; ) {
                    int count = RowBlocks.next(rows - row, rows);
                    tile(x, row, count, block, depth, out.at(row, panel * COLUMNS), out, worker);
                    row += count;
                }
            }
            if (layout.type().hasRowScale()) {
                scale(w + layout.rowScales(), rows, out, panel * COLUMNS);
            }
        }
    }

    /** A block's integers as floats [depth][32], and its groups' scales and leasts. */
    private void widen(long w, int block, int depth, long to) {
        int group = layout.type().group();
        for (int from = 0; from < depth; from += group) {
            int g = (block * Integers.BLOCK + from) / group;
            int steps = Math.min(group, depth - from) / 4;
            long at = to + (long) from * TILE_STRIDE;
            if (layout.hasNibbles()) {
                integers(w + layout.integers(g), steps / 2, 0, 15, at);
                integers(w + layout.integers(g), steps / 2, 4, 15, at + group / 2 * TILE_STRIDE);
            } else {
                integers(w + layout.integers(g), steps, 0, 255, at);
            }
            if (!layout.type().hasRowScale()) {
                scales(w, g, to, from / group);
            }
        }
    }

    private void integers(long w, int steps, int shift, int mask, long to) {
        for (int step = 0; step < steps; step++) {
            for (int p = 0; p < TILE_STRIDE; p += V) {
                long at = w + (long) step * TILE_STRIDE + p;
                IntVector four = IntVector.fromMemorySegment(INTS, ALL, at, ORDER);
                for (int d = 0; d < 4; d++) {
                    IntVector q = four.lanewise(LSHR, 8 * d + shift).and(mask).sub(layout.zero());
                    FloatVector wide = (FloatVector) q.convertShape(I2F, FLOATS, 0);
                    long target = to + (4L * step + d) * TILE_STRIDE + p;
                    wide.intoMemorySegment(ALL, target, ORDER);
                }
            }
        }
    }

    private void scales(long w, int g, long to, int slot) {
        boolean steps = layout.type().unit() == 256;
        for (int c = 0; c < COLUMNS; c++) {
            long at = to + (long) slot * TILE_STRIDE + 4L * c;
            float scale = OffHeap.halfAt(w + layout.halves(g) + 2L * c);
            scale = steps ? scale * (byte) OffHeap.byteAt(w + layout.steps(g) + c) : scale;
            OffHeap.set(at + scales(), scale);
            if (layout.type().hasLeasts()) {
                float least = OffHeap.halfAt(w + layout.leastHalves(g) + 2L * c);
                OffHeap.set(at + leasts(), least * OffHeap.byteAt(w + layout.leastSteps(g) + c));
            }
        }
    }

    /** A block of rows with a widened block of depths: what joins the output. */
    private void tile(
            PackedRows x,
            int row,
            int rows,
            int block,
            int depth,
            long to,
            Place out,
            Worker worker) {
        long sums = worker.panel + tiles();
        long total = sums + (long) EightRows.ROWS * TILE_STRIDE;
        int at = row * layout.depth() + block * Integers.BLOCK * rows;
        if (layout.type().hasRowScale()) {
            sum(x.floats(), at, rows, worker.panel, depth, sums);
            total = sums;
        } else {
            OffHeap.zero(total, (long) rows * TILE_STRIDE);
            int group = layout.type().group();
            for (int from = 0; from < depth; from += group) {
                long w = worker.panel + (long) from * TILE_STRIDE;
                sum(x.floats(), at + from * rows, rows, w, group, sums);
                int g = (block * Integers.BLOCK + from) / group;
                long scales = worker.panel + (long) from / group * TILE_STRIDE;
                join(x, row, rows, sums, scales, g, total);
            }
        }
        for (int r = 0; r < rows; r++) {
            long numbers = x.address() + (row + r) * form.bytes();
            FloatVector scale = broadcast(FLOATS, ALL.get(FLOAT, numbers + 4L * block));
            for (int p = 0; p < TILE_STRIDE; p += V) {
                long y = to + r * out.stride() + p;
                FloatVector before =
                        block == 0
                                ? FloatVector.zero(FLOATS)
                                : fromMemorySegment(FLOATS, ALL, y, ORDER);
                fromMemorySegment(FLOATS, ALL, total + (long) r * TILE_STRIDE + p, ORDER)
                        .fma(scale, before)
                        .intoMemorySegment(ALL, y, ORDER);
            }
        }
    }

    private void sum(float[] x, int at, int rows, long w, int depth, long to) {
        OffHeap.zero(to, (long) rows * TILE_STRIDE);
        for (int p = 0; p < HALF_ROW; p += V) {
            if (rows == EightRows.ROWS) {
                EightRows.run(x, at, w + p, to + p, TILE_STRIDE, depth);
            } else {
                FloatPanels.multiply(rows, 1, x, at, w + p, 0, to + p, TILE_STRIDE, depth);
            }
        }
    }

    /** total = fma(sums, scale, total), then the least's share. */
    private void join(PackedRows x, int row, int rows, long sums, long scales, int g, long total) {
        for (int r = 0; r < rows; r++) {
            long numbers = x.address() + (row + r) * form.bytes();
            for (int p = 0; p < TILE_STRIDE; p += V) {
                long y = total + (long) r * TILE_STRIDE + p;
                FloatVector scale = fromMemorySegment(FLOATS, ALL, scales + scales() + p, ORDER);
                FloatVector joined =
                        fromMemorySegment(FLOATS, ALL, sums + (long) r * TILE_STRIDE + p, ORDER)
                                .fma(scale, fromMemorySegment(FLOATS, ALL, y, ORDER));
                if (layout.type().hasLeasts()) {
                    FloatVector least =
                            fromMemorySegment(FLOATS, ALL, scales + leasts() + p, ORDER);
                    float all = OffHeap.get(numbers + 4L * (form.blocks() + g));
                    joined = least.fma(broadcast(FLOATS, -all), joined);
                }
                joined.intoMemorySegment(ALL, y, ORDER);
            }
        }
    }

    private static void scale(long scales, int rows, Place out, int column) {
        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < TILE_STRIDE; p += V) {
                long y = out.at(r, column) + p;
                fromMemorySegment(FLOATS, ALL, y, ORDER)
                        .mul(fromMemorySegment(FLOATS, ALL, scales + p, ORDER))
                        .intoMemorySegment(ALL, y, ORDER);
            }
        }
    }
}
