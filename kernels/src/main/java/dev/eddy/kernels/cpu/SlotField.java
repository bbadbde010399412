package dev.eddy.kernels.cpu;

import dev.eddy.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How a slot keeps one state: the order of its elements in memory, and the way from and to the
 * canonical order.
 */
sealed interface SlotField {
    /** Its size. */
    long bytes();

    /**
     * Writes it in canonical order.
     *
     * @param address where the slot keeps it
     * @param age how many elements the slot has absorbed since it was cleared or loaded
     * @param offset where it begins in {@code target}
     */
    void save(long address, long age, MemorySegment target, long offset);

    /** Reads it from canonical order, as of a slot of age 0. */
    void load(long address, MemorySegment source, long offset);

    /** The order of {@code count} elements of some type. */
    sealed interface Elements extends SlotField {
        DType dtype();

        long count();

        /** Where the canonical element {@code i} is kept, in elements. */
        long index(long i);

        @Override
        default void save(long address, long age, MemorySegment target, long offset) {
            save(address, 0, count(), target, offset);
        }

        @Override
        default void load(long address, MemorySegment source, long offset) {
            load(address, 0, count(), source, offset);
        }

        /** Writes {@code count} elements from the canonical element {@code from} on. */
        default void save(long address, long from, long count, MemorySegment target, long offset) {
            for (long i = 0; i < count; i++) {
                copy(OffHeap.ALL, address, index(from + i), target, offset, i);
            }
        }

        /** Reads {@code count} elements from the canonical element {@code from} on. */
        default void load(long address, long from, long count, MemorySegment source, long offset) {
            for (long i = 0; i < count; i++) {
                copy(source, offset, i, OffHeap.ALL, address, index(from + i));
            }
        }

        private void copy(
                MemorySegment from, long base, long i, MemorySegment to, long toBase, long j) {
            if (dtype() == DType.BF16) {
                short bits = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, base + 2 * i);
                to.set(ValueLayout.JAVA_SHORT_UNALIGNED, toBase + 2 * j, bits);
            } else {
                float value = from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, base + 4 * i);
                to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, toBase + 4 * j, value);
            }
        }
    }

    /** Canonical order. */
    record Plain(DType dtype, long count) implements Elements {
        @Override
        public long bytes() {
            return dtype.bytes(count);
        }

        @Override
        public long index(long i) {
            return i;
        }
    }

    /** [D, N] of a diagonal recurrence in {@link BlockedState}'s order. */
    record Blocked(DType dtype, int channels, int modes) implements Elements {
        @Override
        public long bytes() {
            int unit = BlockedState.CHANNELS * (dtype == DType.BF16 ? 2 : 1);
            return dtype.bytes((long) OffHeap.round(channels, unit) * modes);
        }

        @Override
        public long count() {
            return (long) channels * modes;
        }

        @Override
        public long index(long i) {
            int d = (int) (i / modes);
            int n = (int) (i % modes);
            return dtype == DType.BF16
                    ? BlockedState.halfIndex(d, n, modes)
                    : BlockedState.index(d, n, modes);
        }
    }

    /**
     * {@code matrices} matrices, [rows, columns] each, in tiles of {@link StateTiles}; bfloat16 in
     * pairs of columns j and j + 16.
     *
     * @param byColumn whether the canonical order is that of [columns, rows]
     */
    record Tiles(DType dtype, int matrices, int rows, int columns, boolean byColumn)
            implements Elements {
        private static final int WIDE = StateTiles.COLUMNS;

        /** Bytes of a tile as floats. */
        long floatBytes() {
            return rows * StateTiles.ROW;
        }

        private long matrix() {
            return (long) StateTiles.count(columns) * rows * WIDE;
        }

        @Override
        public long bytes() {
            return dtype.bytes(Math.multiplyExact(matrices, matrix()));
        }

        @Override
        public long count() {
            return (long) matrices * rows * columns;
        }

        @Override
        public long index(long i) {
            long matrix = i / ((long) rows * columns);
            int at = (int) (i % ((long) rows * columns));
            int row = byColumn ? at % rows : at / columns;
            int column = byColumn ? at / rows : at % columns;
            long start = matrix * matrix() + ((long) column / WIDE * rows + row) * WIDE;
            int j = column % WIDE;
            return start + (dtype == DType.BF16 ? j % 16 * 2 + j / 16 : j);
        }
    }

    /** Keys of {@code rows} positions, [rows, G E], as {@link KeyValues} has them. */
    record Keys(int rows, int groups, int width) implements Elements {
        @Override
        public DType dtype() {
            return DType.F32;
        }

        @Override
        public long bytes() {
            return groups * KeyValues.keyBytes(rows, width);
        }

        @Override
        public long count() {
            return (long) rows * groups * width;
        }

        @Override
        public long index(long i) {
            long row = i / ((long) groups * width);
            int column = (int) (i % ((long) groups * width));
            long group = column / width * (KeyValues.keyBytes(rows, width) / Float.BYTES);
            long tile = row / KeyValues.TILE * width + column % width;
            return group + tile * KeyValues.TILE + row % KeyValues.TILE;
        }
    }

    /** Values of {@code rows} positions, [rows, G F], as {@link KeyValues} has them. */
    record Values(int rows, int groups, int width) implements Elements {
        @Override
        public DType dtype() {
            return DType.F32;
        }

        @Override
        public long bytes() {
            return DType.F32.bytes((long) rows * groups * KeyValues.padded(width));
        }

        @Override
        public long count() {
            return (long) rows * groups * width;
        }

        @Override
        public long index(long i) {
            long row = i / ((long) groups * width);
            int column = (int) (i % ((long) groups * width));
            return (column / width * (long) rows + row) * KeyValues.padded(width) + column % width;
        }
    }

    /** A window of {@code rows} past rows as a ring, whose oldest is at age mod rows. */
    record Ring(int rows, int width) implements SlotField {
        /** Bytes from one row to the next. */
        long rowBytes() {
            return PackedWeight.Taps.rowBytes(width);
        }

        @Override
        public long bytes() {
            return rows * rowBytes();
        }

        @Override
        public void save(long address, long age, MemorySegment target, long offset) {
            for (int row = 0; row < rows; row++) {
                long from = address + (age + row) % rows * rowBytes();
                long to = offset + 4L * row * width;
                MemorySegment.copy(OffHeap.ALL, from, target, to, 4L * width);
            }
        }

        @Override
        public void load(long address, MemorySegment source, long offset) {
            for (int row = 0; row < rows; row++) {
                long from = offset + 4L * row * width;
                MemorySegment.copy(
                        source, from, OffHeap.ALL, address + row * rowBytes(), 4L * width);
            }
        }
    }
}
