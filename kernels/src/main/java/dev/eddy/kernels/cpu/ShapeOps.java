package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.eddy.kernels.numerics.Functions;
import java.util.List;

/** The operators that rearrange or rescale whole rows. Nothing is stored beyond a row's end. */
final class ShapeOps {
    private ShapeOps() {}

    /** Softmax of each of {@code groups} parts of a row. */
    record Softmax(Place x, Place out, int width, int groups) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            int group = width / groups;
            for (int row = fromRow; row < toRow; row++) {
                for (int column = 0; column < width; column += group) {
                    softmax(x.at(row, column), out.at(row, column), group, worker);
                }
            }
        }

        private static void softmax(long x, long out, int count, Worker worker) {
            float largest = Reductions.max(x, count, worker.lanes);
            int whole = count / L * L;
            Elements.subtract(x, largest, out, whole);
            VectorFunctions.exp(out, out, whole);
            for (int i = whole; i < count; i++) {
                OffHeap.set(out + 4L * i, Functions.exp(OffHeap.get(x + 4L * i) - largest));
            }
            float sum = Reductions.sum(out, count, worker);
            for (int i = 0; i < whole; i += L) {
                fromMemorySegment(FLOATS, ALL, out + 4L * i, ORDER)
                        .div(sum)
                        .intoMemorySegment(ALL, out + 4L * i, ORDER);
            }
            for (int i = whole; i < count; i++) {
                OffHeap.set(out + 4L * i, OffHeap.get(out + 4L * i) / sum);
            }
        }
    }

    /** A value whose columns come to lie among others'. */
    record Part(Place x, int width) {}

    /** For each of {@code groups} groups, every part's columns in turn. */
    record Concat(List<Part> parts, int groups, Place out) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            for (int row = fromRow; row < toRow; row++) {
                int at = 0;
                for (int group = 0; group < groups; group++) {
                    for (int i = 0; i < parts.size(); i++) {
                        Part part = parts.get(i);
                        int width = part.width() / groups;
                        long source = part.x().at(row, group * width);
                        OffHeap.copy(source, out.at(row, at), 4L * width);
                        at += width;
                    }
                }
            }
        }
    }

    /** Outer products of {@code n} and {@code m} columns in each of {@code groups} groups. */
    record Outer(Place x, Place y, Place out, int groups, int n, int m) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            for (int row = fromRow; row < toRow; row++) {
                for (int i = 0; i < groups * n; i++) {
                    float factor = OffHeap.get(x.at(row, i));
                    scale(y.at(row, i / n * m), factor, out.at(row, i * m), m);
                }
            }
        }

        private static void scale(long y, float factor, long out, int count) {
            int whole = count / L * L;
            for (int j = 0; j < whole; j += L) {
                fromMemorySegment(FLOATS, ALL, y + 4L * j, ORDER)
                        .mul(factor)
                        .intoMemorySegment(ALL, out + 4L * j, ORDER);
            }
            for (int j = whole; j < count; j++) {
                OffHeap.set(out + 4L * j, OffHeap.get(y + 4L * j) * factor);
            }
        }
    }

    /** The same row everywhere. */
    record Broadcast(long weight, Place out, int width) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            for (int row = fromRow; row < toRow; row++) {
                OffHeap.copy(weight, out.at(row, 0), 4L * width);
            }
        }
    }
}
