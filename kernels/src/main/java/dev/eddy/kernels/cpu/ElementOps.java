package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;

/** The elementwise operators, on tiles of rows and columns. */
final class ElementOps {
    private ElementOps() {}

    /** out = f(x), {@code width} columns. */
    record Unary(UnaryFunction function, Place x, Place out, int width) implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            int count = Math.min(to, width) - from;
            for (int row = fromRow; row < toRow; row++) {
                VectorFunctions.apply(
                        function, x.at(row, from), out.at(row, from), count, worker.tiles);
            }
        }
    }

    /** out = f(x, y), {@code width} columns each. */
    record Binary(BinaryFunction function, Place x, Place y, Place out, int width)
            implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            int count = Math.min(to, width) - from;
            for (int row = fromRow; row < toRow; row++) {
                Elements.binary(
                        function, x.at(row, from), y.at(row, from), out.at(row, from), count);
            }
        }
    }

    /** out = f(x, y) with y of {@code narrow} columns spread over x's {@code width}. */
    record Spreading(
            BinaryFunction function,
            Place x,
            Place y,
            Spread spread,
            int narrow,
            Place out,
            int width)
            implements RowOp {
        @Override
        public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
            int end = Math.min(to, width);
            for (int row = fromRow; row < toRow; row++) {
                spread(y.at(row, 0), worker.row, from, end);
                Elements.binary(
                        function, x.at(row, from), worker.row, out.at(row, from), end - from);
            }
        }

        /** Writes what columns {@code from} to {@code end - 1} take of y. */
        private void spread(long source, long target, int from, int end) {
            switch (spread) {
                case BLOCKS -> blocks(source, target, from, end);
                case TILES -> tiles(source, target, from, end);
            }
        }

        private void blocks(long source, long target, int from, int end) {
            int block = width / narrow;
            int column = from;
            while (column < end) {
                int index = column / block;
                int next = Math.min((index + 1) * block, end);
                // Fills whole vectors: the next block writes over what is too much.
                long at = target + 4L * (column - from);
                Elements.fill(OffHeap.get(source + 4L * index), at, next - column);
                column = next;
            }
        }

        private void tiles(long source, long target, int from, int end) {
            int column = from;
            while (column < end) {
                int index = column % narrow;
                int count = Math.min(narrow - index, end - column);
                Elements.copy(source + 4L * index, target + 4L * (column - from), count);
                column += count;
            }
        }
    }
}
