package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Integers;
import dev.eddy.kernels.tensor.IntegerRow;
import dev.eddy.kernels.tensor.MatrixType;

/**
 * Where a panel of integers has what: {@code layout.h} draws it. Four bytes of an int are four
 * depths of a column; eight bits are q + 128; four bits are q, or q + 8 where there are no leasts,
 * depth i in the low and depth i + 16 in the high half of a byte.
 */
record IntegerLayout(MatrixType type, int k) {
    private static final int COLUMNS = Panels.COLUMNS;

    /** Bytes of float16 numbers of all columns, one each. */
    private static final int HALVES = 2 * COLUMNS;

    /** Whether two depths share a byte. */
    boolean hasNibbles() {
        return type.bits() == 4;
    }

    /** What is added to q before it is stored. */
    int zero() {
        if (hasNibbles()) {
            return type.hasLeasts() ? 0 : 8;
        }
        return 128;
    }

    /** K, padded. */
    int depth() {
        return OffHeap.round(k, type.unit());
    }

    /** Groups along K. */
    int groups() {
        return Math.ceilDiv(depth(), type.group());
    }

    private boolean hasSteps() {
        return type.unit() == IntegerRow.SUPER;
    }

    private int groupsEach() {
        return IntegerRow.SUPER / type.group();
    }

    private long head() {
        return hasSteps() ? HALVES * (type.hasLeasts() ? 2L : 1) + stepBytes() : HALVES;
    }

    private long stepBytes() {
        return (type.hasLeasts() ? 2L : 1) * COLUMNS * groupsEach();
    }

    private long groupBytes() {
        return (long) type.group() * COLUMNS / (hasNibbles() ? 2 : 1);
    }

    /** Bytes of a panel. */
    long panelBytes() {
        if (type.hasRowScale()) {
            return (long) COLUMNS * depth() + 4 * COLUMNS;
        }
        return hasSteps()
                ? (long) groups() / groupsEach() * (head() + groupsEach() * groupBytes())
                : groups() * (head() + groupBytes());
    }

    /** Where the float scales of a panel with {@link MatrixType#hasRowScale} begin. */
    long rowScales() {
        return (long) COLUMNS * depth();
    }

    private long superBlock(int group) {
        return group / groupsEach() * (head() + groupsEach() * groupBytes());
    }

    /** Where the integers of a group begin. */
    long integers(int group) {
        if (type.hasRowScale()) {
            return (long) group * Integers.BLOCK * COLUMNS;
        }
        return hasSteps()
                ? superBlock(group) + head() + group % groupsEach() * groupBytes()
                : group * (head() + groupBytes()) + head();
    }

    /** Where the float16 scales that count for a group begin. */
    long halves(int group) {
        return hasSteps() ? superBlock(group) : group * (head() + groupBytes());
    }

    /** Where the float16 leasts that count for a group begin. */
    long leastHalves(int group) {
        return superBlock(group) + HALVES;
    }

    /** Where a group's scale steps begin: bytes, signed where there are no leasts. */
    long steps(int group) {
        long first = superBlock(group) + HALVES * (type.hasLeasts() ? 2L : 1);
        return first + (long) group % groupsEach() * COLUMNS;
    }

    /** Where a group's least steps begin. */
    long leastSteps(int group) {
        return steps(group) + (long) groupsEach() * COLUMNS;
    }

    /** Writes column {@code c} of the panel at {@code panel}. */
    void write(IntegerRow row, long panel, int c) {
        for (int i = 0; i < row.q.length; i++) {
            write(panel, c, i, row.q[i] + zero());
        }
        if (type.hasRowScale()) {
            OffHeap.set(panel + rowScales() + 4L * c, row.scales[0]);
            return;
        }
        for (int g = 0; g < groups(); g++) {
            int at = hasSteps() ? g / groupsEach() : g;
            OffHeap.set(panel + halves(g) + 2L * c, row.halves[at]);
            if (hasSteps()) {
                OffHeap.set(panel + steps(g) + c, row.steps[g]);
            }
            if (type.hasLeasts()) {
                OffHeap.set(panel + leastHalves(g) + 2L * c, row.leastHalves[at]);
                OffHeap.set(panel + leastSteps(g) + c, row.leastSteps[g]);
            }
        }
    }

    private void write(long panel, int c, int depth, int stored) {
        int group = depth / type.group();
        int i = depth % type.group();
        int half = type.group() / 2;
        int step = hasNibbles() ? i % half / 4 : i / 4;
        long at = panel + integers(group) + (step * COLUMNS + c) * 4L + i % 4;
        if (hasNibbles()) {
            int other = OffHeap.byteAt(at);
            OffHeap.set(at, (byte) (other | (i < half ? stored : stored << 4)));
        } else {
            OffHeap.set(at, (byte) stored);
        }
    }
}
