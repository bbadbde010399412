package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.all;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;

import dev.eddy.kernels.numerics.Functions;
import java.util.List;
import jdk.incubator.vector.FloatVector;

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
                    softmax(x.at(row, column), out.at(row, column), group, worker.lanes);
                }
            }
        }

        private static void softmax(long x, long out, int count, float[] lanes) {
            float largest = Reductions.max(x, count, lanes);
            int whole = count / L * L;
            for (int i = 0; i < whole; i += L) {
                store(VectorFunctions.exp(load(x + 4L * i).sub(largest)), out + 4L * i);
            }
            for (int i = whole; i < count; i++) {
                OffHeap.set(out + 4L * i, Functions.exp(OffHeap.get(x + 4L * i) - largest));
            }
            float sum = Reductions.sum(out, count, lanes);
            for (int i = 0; i < whole; i += L) {
                store(load(out + 4L * i).div(sum), out + 4L * i);
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
                    FloatVector xi = all(x.at(row, i));
                    long factors = y.at(row, i / n * m);
                    long target = out.at(row, i * m);
                    for (int j = 0; j < m; j += L) {
                        store(xi.mul(load(factors + 4L * j)), target + 4L * j, m - j);
                    }
                }
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
