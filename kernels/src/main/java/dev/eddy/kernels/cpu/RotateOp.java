package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.eddy.kernels.numerics.Rotation;
import jdk.incubator.vector.FloatVector;

/**
 * Rotates the first 2 F columns of every head by the row's angles; the others pass.
 *
 * @param width columns of all heads
 * @param angles cosines [F], then sines [F] of every row, as {@link Angles} makes them
 */
record RotateOp(
        Place x, Place out, int width, int heads, Place angles, int pairs, boolean interleaved)
        implements RowOp {
    /**
     * Cosines and sines of positions times frequencies, [R, 2 F], which all rotations by the same
     * frequencies share.
     *
     * @param frequencies address of [F]
     */
    record Angles(long frequencies, int pairs, float magnitude, Place out) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            Rotation rotation = worker.rotation;
            for (int row = fromRow; row < toRow; row++) {
                long position = batch.rowPosition(row);
                for (int f = 0; f < pairs; f++) {
                    double angle = position * (double) OffHeap.get(frequencies + 4L * f);
                    rotation.turn(angle);
                    OffHeap.set(out.at(row, f), (float) rotation.cosine() * magnitude);
                    OffHeap.set(out.at(row, pairs + f), (float) rotation.sine() * magnitude);
                }
            }
        }
    }

    @Override
    public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        int head = width / heads;
        for (int row = fromRow; row < toRow; row++) {
            long cos = angles.at(row, 0);
            long sin = angles.at(row, pairs);
            for (int column = 0; column < width; column += head) {
                long source = x.at(row, column);
                long target = out.at(row, column);
                if (interleaved) {
                    neighbours(source, cos, sin, target);
                } else {
                    halves(source, cos, sin, target, worker.passes);
                }
                long turned = 8L * pairs;
                OffHeap.copy(source + turned, target + turned, 4L * head - turned);
            }
        }
    }

    private void halves(long x, long cos, long sin, long out, long tiles) {
        long half = 4L * pairs;
        for (int i = 0; i < pairs; i += VectorFunctions.TILE) {
            int count = Math.min(VectorFunctions.TILE, pairs - i);
            long at = 4L * i;
            long second = tiles + VectorFunctions.TILE_BYTES;
            turn(x + at, x + half + at, cos + at, sin + at, tiles, second, count);
            OffHeap.copy(tiles, out + at, 4L * count);
            OffHeap.copy(second, out + half + at, 4L * count);
        }
    }

    /** Turns the points (x, y). */
    private static void turn(long x, long y, long cos, long sin, long toX, long toY, int count) {
        for (int i = 0; i < count; i += L) {
            long at = 4L * i;
            FloatVector a = fromMemorySegment(FLOATS, ALL, x + at, ORDER);
            FloatVector b = fromMemorySegment(FLOATS, ALL, y + at, ORDER);
            FloatVector c = fromMemorySegment(FLOATS, ALL, cos + at, ORDER);
            FloatVector s = fromMemorySegment(FLOATS, ALL, sin + at, ORDER);
            a.fma(c, b.mul(s).neg()).intoMemorySegment(ALL, toX + at, ORDER);
            a.fma(s, b.mul(c)).intoMemorySegment(ALL, toY + at, ORDER);
        }
    }

    private void neighbours(long x, long cos, long sin, long out) {
        for (int i = 0; i < pairs; i++) {
            float a = OffHeap.get(x + 8L * i);
            float b = OffHeap.get(x + 8L * i + 4);
            float c = OffHeap.get(cos + 4L * i);
            float s = OffHeap.get(sin + 4L * i);
            OffHeap.set(out + 8L * i, Math.fma(a, c, -(b * s)));
            OffHeap.set(out + 8L * i + 4, Math.fma(a, s, b * c));
        }
    }
}
