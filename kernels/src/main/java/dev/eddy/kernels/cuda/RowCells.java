package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a block of rows.cu holds in shared memory: what its operators make, and what they read of
 * other launches, of weights and of states. What does not fit is read where it lies.
 */
final class RowCells {
    /** Columns that one load brings at most: a warp makes it, and all warps have some. */
    private static final int PIECE = 512;

    /** Bytes of shared memory for all; a block may have some more. */
    static final int MOST_BYTES = 184 << 10;

    private enum Kind {
        WEIGHT,
        STATE,
        VALUE,
        MADE
    }

    private record Key(Kind kind, long at, int width, int rows) {}

    /** Some rows of floats, one after the other, of all columns or of the block's. */
    final class Cell {
        private final Key key;
        private final int stride;
        private final @Nullable Value value;

        /** Whether all columns are wanted. */
        boolean whole;

        /** Whether only the thread that has a column writes and reads it, but for norms. */
        private boolean own = true;

        /** The first and the last operator that uses it. */
        private final int first = now;

        private int last = now;

        /** Whether another cell has its place after it. */
        private boolean taken;

        private int at = -1;

        private Cell(Key key, int stride, @Nullable Value value, boolean whole) {
            this.key = key;
            this.stride = stride;
            this.value = value;
            this.whole = whole;
        }

        /** The value that is made here. */
        Value value() {
            return Objects.requireNonNull(value, "nothing is made here");
        }

        /** Where it lies in device memory. */
        private Place lies() {
            return value == null ? new Place(key.at(), stride, key.width()) : layout.of(value);
        }

        /** Floats from one row to the next. */
        int step() {
            return at < 0 ? key.width() : size();
        }

        private int size() {
            return whole || span == 0 ? Math.ceilDiv(key.width(), 4) * 4 : span;
        }

        private int floats() {
            return size() * key.rows();
        }

        /** Whether no later operator uses what is made here. */
        boolean isUnread() {
            return last == first;
        }

        /**
         * Whether another cell may have the place from its first operator on. An operator that
         * makes a column of the other from this one's has read it by then; in a norm, which reads
         * more, the threads meet before they write.
         */
        private boolean ends(Cell next) {
            return at >= 0 && !taken && own && last <= next.first && floats() == next.floats();
        }

        /** Loads for each row: the block's columns, or all of them piece by piece. */
        private int pieces() {
            return whole || span == 0 ? RowCells.pieces(key.width()) : 1;
        }

        /** Whether columns from one on lie in quads, which are multiples of sixteen bytes apart. */
        private boolean isQuads(int offset) {
            return (lies().address() / 4 + offset) % 4 == 0
                    && lies().stride() % 4 == 0
                    && key.width() % 4 == 0;
        }

        /** A place of row_lists.cuh. */
        int place() {
            return at < 0 ? -1 : 4 * at + (whole || span == 0 ? 0 : 1);
        }

        /** Whether what is made goes to device memory, too. */
        boolean isKept() {
            return at < 0 && !isUnread() || layout.scratch().outlives(value());
        }
    }

    /** Columns of a cell from {@code offset} on. */
    record Source(Cell cell, int offset) {
        /** Whether they lie in shared memory. */
        boolean isPlaced() {
            return cell.at >= 0;
        }

        /** Whether they can be read four at a time. */
        boolean isQuads() {
            return cell.isQuads(offset);
        }
    }

    private final Layout layout;
    private final int span;
    private final Set<Integer> wholeValues;
    private final boolean brings;
    private final Map<Key, Cell> loaded = new LinkedHashMap<>();
    private final Map<Integer, Cell> made = new HashMap<>();
    private final List<Cell> madeInOrder = new ArrayList<>();
    private int now;
    private int floats;
    private boolean splits = true;

    /**
     * @param span columns of a block; 0 for all
     * @param wholeValues ids of values that are made here and wanted with all columns
     * @param brings whether single rows of weights are brought, too
     */
    RowCells(Layout layout, int span, Set<Integer> wholeValues, boolean brings) {
        this.layout = layout;
        this.span = span;
        this.wholeValues = wholeValues;
        this.brings = brings;
    }

    /** Tells that what is read and made from now on is the next operator's. */
    void next() {
        now++;
    }

    /** Tells that other threads write a value's columns than those that have them. */
    void scatter(Value value) {
        made(value).own = false;
    }

    /** Tells that other threads read columns than those that have them, and do not meet then. */
    static void spread(Source source) {
        source.cell().own = false;
    }

    /** Where a value is made; the same for every call. */
    Cell made(Value value) {
        return made.computeIfAbsent(
                value.id(),
                id -> {
                    Key key = new Key(Kind.MADE, id, value.width(), 1);
                    Cell cell = new Cell(key, 0, value, wholeValues.contains(id));
                    madeInOrder.add(cell);
                    return cell;
                });
    }

    /** Where a value is read that is made here or by an earlier launch. */
    Source read(Value value, boolean whole) {
        Value root = layout.schedule().views().root(value);
        Place place = layout.of(value);
        Cell cell = made.get(root.id());
        if (cell != null) {
            cell.last = now;
            return new Source(
                    cell, Math.toIntExact((place.address() - layout.of(root).address()) / 4));
        }
        boolean weight = layout.schedule().views().of(root) instanceof Op.Broadcast;
        return load(
                weight ? Kind.WEIGHT : Kind.VALUE,
                place.address(),
                place.stride(),
                value.width(),
                whole,
                1);
    }

    /** Rows of a weight. */
    Source weight(long address, int width, boolean whole, int rows) {
        return load(Kind.WEIGHT, address, 0, width, whole, rows);
    }

    /** Rows of a state; {@code offset} bytes from the start of a slot. */
    Source state(long offset, int width, boolean whole, int rows) {
        return load(Kind.STATE, offset, 0, width, whole, rows);
    }

    private Source load(Kind kind, long at, int stride, int width, boolean whole, int rows) {
        Key key = new Key(kind, at, width, rows);
        Cell cell = loaded.computeIfAbsent(key, k -> new Cell(k, stride, null, whole));
        cell.whole |= whole;
        cell.last = now;
        return new Source(cell, 0);
    }

    /**
     * Gives every cell its place, as far as there is room: states and rows of weights, states,
     * values. What is made takes the place of what nobody reads any longer.
     */
    void place() {
        loaded.values().stream().filter(RowCells::isNear).forEach(this::place);
        List<Cell> others =
                loaded.values().stream()
                        .filter(cell -> !isNear(cell))
                        .filter(cell -> brings || cell.key.kind() != Kind.WEIGHT)
                        .toList();
        int all =
                floats
                        + Stream.concat(others.stream(), madeInOrder.stream())
                                .mapToInt(Cell::floats)
                                .sum();
        if (4 * all <= MOST_BYTES) {
            others.forEach(this::place);
            madeInOrder.forEach(this::placeAnew);
        } else {
            madeInOrder.forEach(this::place);
            others.forEach(this::place);
        }
        splits &= madeInOrder.stream().allMatch(cell -> cell.at >= 0 || cell.isUnread());
    }

    /** Places what is made where a cell lay that is used no longer, if there is one. */
    private void placeAnew(Cell cell) {
        if (cell.isUnread()) {
            return; // other launches read it where it is kept
        }
        if (cell.own) {
            for (Cell before : loaded.values()) {
                if (before.ends(cell)) {
                    take(cell, before);
                    return;
                }
            }
            for (Cell before : madeInOrder) {
                if (before.ends(cell)) {
                    take(cell, before);
                    return;
                }
            }
        }
        place(cell);
    }

    private static void take(Cell cell, Cell before) {
        cell.at = before.at;
        before.taken = true;
    }

    /** Whether it is worth more there than others. */
    private static boolean isNear(Cell cell) {
        return cell.key.kind() == Kind.STATE || cell.key.rows() > 1;
    }

    private void place(Cell cell) {
        int size = cell.floats();
        if (4 * (floats + size) <= MOST_BYTES) {
            cell.at = floats;
            floats += size;
        }
    }

    /** Tells that the blocks of a row cannot work apart. */
    void refuseSplit() {
        splits = false;
    }

    /** Whether a row may be split over blocks. */
    boolean allowSplit() {
        return splits;
    }

    /** Bytes of shared memory. */
    int bytes() {
        return 4 * floats;
    }

    /** Loads of what no launch of a step makes, the first of {@link #loads}. */
    int early() {
        return placed().filter(cell -> cell.key.kind() != Kind.VALUE)
                .mapToInt(cell -> cell.key.rows() * cell.pieces())
                .sum();
    }

    /** The loads, {@code RowLoad} by {@code RowLoad}: weights, states, values. */
    List<Params> loads() {
        List<Params> loads = new ArrayList<>();
        placed().sorted(Comparator.comparing(cell -> cell.key.kind()))
                .forEach(cell -> {
                    for (int row = 0; row < cell.key.rows(); row++) {
                        for (int piece = 0; piece < cell.pieces(); piece++) {
                            loads.add(load(cell, row, piece));
                        }
                    }
                });
        return loads;
    }

    private static Params load(Cell cell, int row, int piece) {
        int width = cell.key.width();
        int from = piece * PIECE;
        return new Params()
                .address(cell.key.at() + 4L * (width * row + from))
                .integer(cell.stride)
                .integer(cell.pieces() == 1 ? width : Math.min(PIECE, width - from))
                .integer(cell.place() + 4 * (cell.step() * row + from))
                .integer(cell.key.kind().ordinal())
                .address(0);
    }

    /** Loads that bring all columns of a row. */
    static int pieces(int width) {
        return Math.ceilDiv(width, PIECE);
    }

    /** Whether all that is brought lies in quads of columns at multiples of sixteen bytes. */
    boolean bringsQuads() {
        return placed().allMatch(cell -> cell.isQuads(0));
    }

    private Stream<Cell> placed() {
        return loaded.values().stream().filter(cell -> cell.at >= 0);
    }

    /** Writes a place of row_lists.cuh. */
    static void writePlace(Params params, @Nullable Source source) {
        params.integer(
                source == null || !source.isPlaced()
                        ? -1
                        : source.cell().place() + 4 * source.offset());
    }

    /** Writes a {@code Far} of row_lists.cuh: where columns lie in device memory. */
    static void writeFar(Params params, @Nullable Source source) {
        Place lies = source == null ? Place.NONE : source.cell().lies();
        long offset = source == null ? 0 : 4L * source.offset();
        params.address(lies.address() + offset).integer(lies.stride()).integer(0);
    }
}
