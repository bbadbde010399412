package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.INTS;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The operators that bring a batch's elements in. */
final class InputOps {
    private InputOps() {}

    /** Rows of an embedding table [V, width] by id, read where the checkpoint has them. */
    record Embed(Tensor table, Place out, int width) implements RowOp {
        private static final int L = FLOATS.length();
        private static final VectorSpecies<Short> SHORTS =
                VectorSpecies.of(
                        short.class,
                        VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            for (int row = fromRow; row < toRow; row++) {
                long first = (long) batch.step().id(row) * width;
                long target = out.at(row, 0);
                if (table.dtype() == DType.F32) {
                    MemorySegment.copy(table.data(), 4 * first, ALL, target, 4L * width);
                } else if (table.dtype() == DType.BF16) {
                    widen(first, target);
                } else {
                    convert(first, 0, target);
                }
            }
        }

        private void widen(long first, long target) {
            int whole = SHORTS.length() == L ? width / L * L : 0;
            for (int i = 0; i < whole; i += L) {
                IntVector bits =
                        (IntVector)
                                ShortVector.fromMemorySegment(
                                                SHORTS, table.data(), 2 * (first + i), ORDER)
                                        .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
                bits.lanewise(VectorOperators.LSHL, 16)
                        .intoMemorySegment(ALL, target + 4L * i, ORDER);
            }
            convert(first, whole, target);
        }

        private void convert(long first, int from, long target) {
            for (int i = from; i < width; i++) {
                OffHeap.set(target + 4L * i, table.get(first + i));
            }
        }
    }

    /** The batch's float frames. */
    record Frames(Place out, int width) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            float[] frames = batch.step().frames();
            for (int row = fromRow; row < toRow; row++) {
                MemorySegment.copy(
                        frames, row * width, ALL, ValueLayout.JAVA_FLOAT, out.at(row, 0), width);
            }
        }
    }
}
