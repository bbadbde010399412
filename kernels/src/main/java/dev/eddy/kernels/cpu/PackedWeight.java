package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;

/** A form in which kernels read a weight: how many bytes it takes and how it is filled. */
sealed interface PackedWeight {
    /** The weight it comes from. */
    Weight weight();

    /** Its size. */
    long bytes();

    /** Fills zeroed memory from the weight's tensor. */
    void pack(Tensor tensor, long address);

    /** A matrix [N, K] as panels of floats. */
    record FloatMatrix(Weight weight) implements PackedWeight {
        @Override
        public long bytes() {
            return matrixBytes(weight, FloatPanels.ROW_BYTES);
        }

        @Override
        public void pack(Tensor tensor, long address) {
            long k = weight.shape().dim(1);
            PanelSource.read(
                    tensor,
                    weight,
                    (panel, depth, column, value) -> {
                        long row = address + (panel * k + depth) * FloatPanels.ROW_BYTES;
                        OffHeap.set(row + 4L * column, value);
                    });
        }
    }

    /** A matrix [N, K] as panels of bfloat16 pairs. */
    record HalfMatrix(Weight weight) implements PackedWeight {
        @Override
        public long bytes() {
            return matrixBytes(weight, HalfPanels.ROW_BYTES);
        }

        @Override
        public void pack(Tensor tensor, long address) {
            long k = weight.shape().dim(1);
            PanelSource.read(
                    tensor,
                    weight,
                    (panel, depth, column, value) -> {
                        long row = address + (panel * k + depth) * HalfPanels.ROW_BYTES;
                        long pair = row + 4L * (column % 16) + 2L * (column / 16);
                        OffHeap.set(pair, Halves.toBf16(value));
                    });
        }
    }

    private static long matrixBytes(Weight weight, int rowBytes) {
        long panels = Panels.count(weight.shape().size(0));
        return Math.multiplyExact(panels * weight.shape().dim(1), (long) rowBytes);
    }

    /** A vector spread over {@code width} columns, padded to whole vectors. */
    record Row(Weight weight, int width, Spread spread) implements PackedWeight {
        @Override
        public long bytes() {
            return 4L * OffHeap.round(width, Panels.COLUMNS);
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
            return 4L * OffHeap.round(channels, Panels.COLUMNS);
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
