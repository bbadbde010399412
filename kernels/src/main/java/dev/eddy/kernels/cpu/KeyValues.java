package dev.eddy.kernels.cpu;

/**
 * How attention keeps keys and values, group by group: keys [G][P / 16][E][16], so that the scores
 * of sixteen keys are made at once, values [G][P][F padded].
 *
 * @param keys where the keys are
 * @param values where the values are
 * @param keyWidth E
 * @param valueWidth F
 */
record KeyValues(Past keys, Past values, int keyWidth, int valueWidth) {
    /** Keys side by side. */
    static final int TILE = 16;

    /** Floats that a value takes. */
    static int padded(int valueWidth) {
        return OffHeap.round(valueWidth, TILE);
    }

    /** Bytes of one group's keys. */
    static long keyBytes(int rows, int keyWidth) {
        return 4L * OffHeap.round(rows, TILE) * keyWidth;
    }

    /** Bytes of sixteen keys of a group. */
    long tileBytes() {
        return 4L * TILE * keyWidth;
    }

    /** Bytes of one value. */
    long valueBytes() {
        return 4L * padded(valueWidth);
    }

    /** Address of a group's keys, among which is the one of that position. */
    long keysAt(Batch batch, int entry, long position, int group) {
        return keys.at(batch, entry, position) + group * keyBytes(keys.rows(), keyWidth);
    }

    /** Address of a group's values, among which is the one of that position. */
    long valuesAt(Batch batch, int entry, long position, int group) {
        return values.at(batch, entry, position) + group * (values.rows() * valueBytes());
    }

    /**
     * Keeps a key and a value.
     *
     * @param k address of the group's key
     * @param v address of its value
     */
    void put(Batch batch, int entry, long position, int group, long k, long v) {
        int index = keys.index(position);
        long to =
                keysAt(batch, entry, position, group)
                        + index / TILE * tileBytes()
                        + 4L * (index % TILE);
        for (int e = 0; e < keyWidth; e++) {
            OffHeap.set(to + 4L * TILE * e, OffHeap.get(k + 4L * e));
        }
        long value = valuesAt(batch, entry, position, group) + index * valueBytes();
        OffHeap.copy(v, value, 4L * valueWidth);
    }
}
