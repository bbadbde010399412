package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;

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
            for (int row = fromRow; row < toRow; row++) {
                long position = batch.rowPosition(row);
                for (int f = 0; f < pairs; f++) {
                    double angle = position * (double) OffHeap.get(frequencies + 4L * f);
                    OffHeap.set(out.at(row, f), (float) StrictMath.cos(angle) * magnitude);
                    OffHeap.set(out.at(row, pairs + f), (float) StrictMath.sin(angle) * magnitude);
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
                    halves(source, cos, sin, target);
                }
                long turned = 8L * pairs;
                OffHeap.copy(source + turned, target + turned, 4L * head - turned);
            }
        }
    }

    private void halves(long x, long cos, long sin, long out) {
        long half = 4L * pairs;
        for (int i = 0; i < pairs; i += L) {
            long at = 4L * i;
            FloatVector a = load(x + at);
            FloatVector b = load(x + half + at);
            FloatVector c = load(cos + at);
            FloatVector s = load(sin + at);
            store(a.fma(c, b.mul(s).neg()), out + at, pairs - i);
            store(a.fma(s, b.mul(c)), out + half + at, pairs - i);
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
