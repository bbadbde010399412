package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.numerics.Integers;
import dev.eddy.kernels.tensor.MatrixType;

/** How rows are packed for matrix products: what {@link Panels} of some type read. */
sealed interface RowForm {
    /** Floats that a row takes. */
    int floats();

    /** Bytes off the heap that a row takes. */
    long bytes();

    /**
     * Packs rows {@code from} to {@code to - 1} of {@code all}, with {@code from} a multiple of
     * {@link RowStage#TILE} and {@code to} another or {@code all}.
     */
    void pack(Place x, int from, int to, int all, PackedRows target, Worker worker);

    /** Packs one row of a block: element k of row r at {@code at + k * block + r}. */
    private static void spread(long source, int width, float[] target, int at, int block) {
        for (int k = 0; k < width; k++) {
            target[at + k * block] = OffHeap.get(source + 4L * k);
        }
    }

    /** Floats, in blocks of {@link RowBlocks#next} rows, each [K][rows], one after the other. */
    record Floats(int width) implements RowForm {
        @Override
        public int floats() {
            return width;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void pack(Place x, int from, int to, int all, PackedRows target, Worker worker) {
            for (int row = from; row < to; ) {
                int block = RowBlocks.next(all - row, all);
                for (int r = 0; r < block; r++) {
                    spread(x.at(row + r, 0), width, target.floats(), row * width + r, block);
                }
                row += block;
            }
        }
    }

    /** bfloat16 factors as floats, in blocks as {@link Floats}, K even, pairs exchanged. */
    record Factors(int width) implements RowForm {
        @Override
        public int floats() {
            return OffHeap.round(width, 2);
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void pack(Place x, int from, int to, int all, PackedRows target, Worker worker) {
            for (int row = from; row < to; ) {
                int block = RowBlocks.next(all - row, all);
                for (int r = 0; r < block; r++) {
                    one(x.at(row + r, 0), target.floats(), row * floats() + r, block);
                }
                row += block;
            }
        }

        private void one(long source, float[] target, int at, int block) {
            for (int k = 0; k < width; k++) {
                float factor = Halves.roundFactor(OffHeap.get(source + 4L * k));
                target[at + (k ^ 1) * block] = factor;
            }
            if (width % 2 != 0) {
                target[at + (width - 1) * block] = 0;
            }
        }
    }

    /**
     * Rounded to integers, which are held as floats in blocks as {@link Floats}. Off the heap each
     * row has the scales of its blocks, then the sums of its groups, as floats.
     */
    record Rounded(MatrixType type, int width) implements RowForm {
        /** K, padded. */
        int depth() {
            return OffHeap.round(width, type.unit());
        }

        /** Scales of a row. */
        int blocks() {
            return Math.ceilDiv(depth(), Integers.BLOCK);
        }

        @Override
        public int floats() {
            return depth();
        }

        @Override
        public long bytes() {
            return 4L * (blocks() + Math.ceilDiv(depth(), type.group()));
        }

        @Override
        public void pack(Place x, int from, int to, int all, PackedRows target, Worker worker) {
            for (int row = from; row < to; ) {
                int block = RowBlocks.next(all - row, all);
                for (int r = 0; r < block; r++) {
                    long numbers = target.address() + (row + r) * bytes();
                    one(x.at(row + r, 0), target.floats(), row * depth() + r, block, numbers);
                }
                row += block;
            }
        }

        private void one(long source, float[] target, int at, int block, long numbers) {
            for (int b = 0; b < blocks(); b++) {
                int from = b * Integers.BLOCK;
                int to = Math.min(from + Integers.BLOCK, depth());
                int given = Math.min(to, width);
                int largest = Rounding.largest(source + 4L * from, Math.max(given - from, 0));
                float inverse = Integers.inverse(largest);
                OffHeap.set(numbers + 4L * b, Integers.scale(largest));
                for (int k = from; k < to; k++) {
                    float x = k < given ? OffHeap.get(source + 4L * k) : 0;
                    target[at + k * block] = Integers.round(x, inverse);
                }
                for (int g = from; type.hasLeasts() && g < to; g += type.group()) {
                    float sum = 0;
                    for (int k = g; k < g + type.group(); k++) {
                        sum += target[at + k * block];
                    }
                    OffHeap.set(numbers + 4L * (blocks() + g / type.group()), sum);
                }
            }
        }
    }

    /** As a variant of the C library packs them, in blocks of eight rows. */
    record Native(NativeKernels kernels, MatrixType type, int width) implements RowForm {
        @Override
        public int floats() {
            return 0;
        }

        @Override
        public long bytes() {
            int depth = OffHeap.round(width, type.unit());
            if (!type.isInteger()) {
                return 2L * depth;
            }
            return depth
                    + 4L * Math.ceilDiv(depth, Integers.BLOCK)
                    + 4L * Math.ceilDiv(depth, type.group());
        }

        @Override
        public void pack(Place x, int from, int to, int all, PackedRows target, Worker worker) {
            for (int row = from; row < to; row += RowStage.TILE) {
                int rows = Math.min(RowStage.TILE, to - row);
                long at = target.address() + row * bytes();
                kernels.pack(type, x.at(row, 0), x.stride(), rows, width, at);
            }
        }
    }
}
