package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.Panels.COLUMNS;

import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.IntegerRow;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Tensor;

/** A form in which kernels read a weight: how many bytes it takes and how it is filled. */
sealed interface PackedWeight {
    /** The weight it comes from. */
    Weight weight();

    /** Its size. */
    long bytes();

    /** Fills zeroed memory from the weight's tensor. */
    void pack(Tensor tensor, long address);

    /**
     * A matrix [N, K], or matrices [count, N, K] one after the other, in panels of {@link
     * Panels#COLUMNS} rows of it.
     */
    sealed interface Matrix extends PackedWeight {
        /** Bytes of one panel. */
        long panelBytes();

        /** Bytes of one matrix. */
        default long matrixBytes() {
            return Panels.count(weight().shape().size(-2)) * panelBytes();
        }

        @Override
        default long bytes() {
            int rows = weight().shape().size(-2) * weight().shape().size(-1);
            return Math.multiplyExact(weight().elements() / rows, matrixBytes());
        }
    }

    /** Floats [K][32]. */
    record FloatMatrix(Weight weight) implements Matrix {
        @Override
        public long panelBytes() {
            return weight.shape().dim(-1) * FloatPanels.ROW_BYTES;
        }

        @Override
        public void pack(Tensor tensor, long address) {
            PanelSource.read(
                    tensor,
                    weight,
                    (panel, depth, column, value) -> {
                        long row = address + panel * panelBytes() + depth * 4L * COLUMNS;
                        OffHeap.set(row + 4L * column, value);
                    });
        }
    }

    /** bfloat16 factors as {@link HalfPanels} reads them. */
    record HalfMatrix(Weight weight) implements Matrix {
        @Override
        public long panelBytes() {
            return OffHeap.round(weight.shape().size(-1), 2) * (long) HalfPanels.ROW_BYTES;
        }

        @Override
        public void pack(Tensor tensor, long address) {
            PanelSource.read(
                    tensor,
                    weight,
                    (panel, depth, column, value) -> {
                        long row = address + panel * panelBytes() + (depth ^ 1) * 2L * COLUMNS;
                        long at = row + 4L * (column % 16) + 2L * (column / 16);
                        OffHeap.set(at, Halves.toFactor(value));
                    });
        }
    }

    /** bfloat16 factors [K / 2][32][2]: two depths of a column side by side, as C reads them. */
    record PairMatrix(Weight weight) implements Matrix {
        @Override
        public long panelBytes() {
            return OffHeap.round(weight.shape().size(-1), 2) * 2L * COLUMNS;
        }

        @Override
        public void pack(Tensor tensor, long address) {
            PanelSource.read(
                    tensor,
                    weight,
                    (panel, depth, column, value) -> {
                        long row = address + panel * panelBytes() + depth / 2 * 4L * COLUMNS;
                        OffHeap.set(row + 4L * column + 2L * (depth % 2), Halves.toFactor(value));
                    });
        }
    }

    /** Integers as {@link IntegerLayout} has them. */
    record IntegerMatrix(Weight weight, MatrixType type) implements Matrix {
        private IntegerLayout layout() {
            return new IntegerLayout(type, weight.shape().size(-1));
        }

        @Override
        public long panelBytes() {
            return layout().panelBytes();
        }

        @Override
        public void pack(Tensor tensor, long address) {
            IntegerLayout layout = layout();
            int n = weight.shape().size(-2);
            IntegerRow row = new IntegerRow(type, layout.k());
            for (long i = 0; i < weight.elements() / layout.k(); i++) {
                long matrix = address + i / n * matrixBytes();
                int column = (int) (i % n);
                row.read(tensor, i);
                layout.write(row, matrix + column / COLUMNS * panelBytes(), column % COLUMNS);
            }
        }
    }

    /** A vector spread over {@code width} columns, padded to whole vectors. */
    record Row(Weight weight, int width, Spread spread) implements PackedWeight {
        @Override
        public long bytes() {
            return 4L * OffHeap.round(width, COLUMNS);
        }

        @Override
        public void pack(Tensor tensor, long address) {
            int count = Math.toIntExact(weight.elements());
            for (int column = 0; column < width; column++) {
                int index =
                        switch (spread) {
                            case BLOCKS -> column / (width / count);
                            case TILES -> column % count;
                        };
                OffHeap.set(address + 4L * column, tensor.get(index));
            }
        }
    }

    /** Taps [C, K] as [K, C padded]. */
    record Taps(Weight weight) implements PackedWeight {
        /** Bytes of one tap of all channels. */
        static long rowBytes(int channels) {
            return 4L * OffHeap.round(channels, COLUMNS);
        }

        @Override
        public long bytes() {
            return weight.shape().dim(1) * rowBytes(weight.shape().size(0));
        }

        @Override
        public void pack(Tensor tensor, long address) {
            int order = weight.shape().size(1);
            int channels = weight.shape().size(0);
            for (int c = 0; c < channels; c++) {
                for (int j = 0; j < order; j++) {
                    float tap = tensor.get((long) c * order + j);
                    OffHeap.set(address + j * rowBytes(channels) + 4L * c, tap);
                }
            }
        }
    }

    /** A diagonal [D, N] as [D / 16, N, 16], D padded to 32. */
    record Modes(Weight weight) implements PackedWeight {
        @Override
        public long bytes() {
            int channels = OffHeap.round(weight.shape().size(0), 2 * BlockedState.CHANNELS);
            return 4L * channels * weight.shape().dim(1);
        }

        @Override
        public void pack(Tensor tensor, long address) {
            int modes = weight.shape().size(1);
            for (int d = 0; d < weight.shape().size(0); d++) {
                for (int n = 0; n < modes; n++) {
                    long at = BlockedState.index(d, n, modes);
                    OffHeap.set(address + 4 * at, tensor.get((long) d * modes + n));
                }
            }
        }
    }

    /** Rows of numbers a channel, [D, ..], as {@link StateTiles}: [D / 32][rows][32]. */
    record Tiles(Weight weight) implements PackedWeight {
        /** Numbers of a channel. */
        int rows() {
            return Math.toIntExact(weight.elements() / weight.shape().dim(0));
        }

        @Override
        public long bytes() {
            return StateTiles.count(weight.shape().size(0)) * (rows() * StateTiles.ROW);
        }

        @Override
        public void pack(Tensor tensor, long address) {
            int rows = rows();
            for (int d = 0; d < weight.shape().size(0); d++) {
                long tile = address + d / StateTiles.COLUMNS * (rows * StateTiles.ROW);
                for (int n = 0; n < rows; n++) {
                    long at = tile + n * StateTiles.ROW + 4L * (d % StateTiles.COLUMNS);
                    OffHeap.set(at, tensor.get((long) d * rows + n));
                }
            }
        }
    }
}
