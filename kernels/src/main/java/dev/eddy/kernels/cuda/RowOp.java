package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.RowCells.Cell;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An operator of the lists that rows.cu works off: field by field what row_lists.cuh calls so. */
final class RowOp {
    /** In device memory. */
    static final int BYTES = 192;

    /** Columns that a thread takes at a time. */
    static final int NEIGHBOURS = 4;

    static final int MAP = 0;
    static final int NORM = 1;
    static final int SOFTMAX = 2;
    static final int CONCAT = 3;
    static final int OUTER = 4;
    private static final int FRAGMENTS = 5;
    static final int DELAY = 6;
    static final int FIR = 7;
    static final int DIAGONAL = 8;

    /** {@code Operand} of row_lists.cuh. */
    static final int NO_OPERAND = 0;

    static final int COLUMNS = 1;
    static final int SCALAR = 2;
    static final int SPREAD = 3;

    private final Home home;
    final int code;
    private final int function;
    private final boolean waits;
    private final @Nullable Cell made;
    RowCells.@Nullable Source x;
    RowCells.@Nullable Source y;
    RowCells.@Nullable Source scale;
    RowCells.@Nullable Source bias;
    RowCells.@Nullable Source z;
    int yKind = NO_OPERAND;
    int zKind = NO_OPERAND;
    int second = -1;
    float zScalar;
    private final int width;
    private final long fragments;
    int xWidth;
    int yWidth;
    int groups = 1;
    int block;
    int at;
    float scalar;
    long state;
    long a;

    /**
     * What operators of a list share.
     *
     * @param wholeRow whether a block has all of a row
     */
    record Home(Layout layout, RowCells cells, boolean wholeRow) {}

    /**
     * An operator that makes a value.
     *
     * @param fragments where the value's fragments go; 0 for nowhere
     */
    RowOp(Home home, int code, int function, boolean waits, Value out, long fragments) {
        this.home = home;
        this.code = code;
        this.function = function;
        this.waits = waits;
        this.fragments = fragments;
        made = home.cells().made(out);
        width = out.width();
    }

    /** What rounds a value to fragments. */
    RowOp(Home home, Value x, boolean waits) {
        this.home = home;
        code = FRAGMENTS;
        function = 0;
        this.waits = waits;
        made = null;
        width = x.width();
        fragments = home.layout().fragments(x);
    }

    private boolean whole() {
        return made != null && made.whole;
    }

    RowCells.Source read(Value value, boolean across) {
        RowCells.Source source = home.cells().read(value, across || whole());
        if (across && code != NORM) {
            RowCells.spread(source);
        }
        return source;
    }

    RowCells.Source weight(Weight weight) {
        return weight(home.layout().plain(weight), Math.toIntExact(weight.elements()), false, 1);
    }

    RowCells.Source weight(long address, int width, boolean across, int rows) {
        RowCells.Source source = home.cells().weight(address, width, across || whole(), rows);
        if (across) {
            RowCells.spread(source);
        }
        return source;
    }

    RowCells.Source held(State held, int rows) {
        int width = Math.toIntExact(held.shape().elements() / rows);
        return home.cells().state(home.layout().state(held), width, whole(), rows);
    }

    /** Whether it is another's functions of the same columns but for the second operand. */
    boolean isLike(RowOp other) {
        return code == MAP
                && other.code == MAP
                && function == other.function
                && second == other.second
                && !waits
                && yKind == COLUMNS
                && other.yKind == COLUMNS
                && zKind == other.zKind
                && zScalar == other.zScalar
                && Objects.equals(x, other.x)
                && Objects.equals(z, other.z)
                && whole() == other.whole()
                && isUnread()
                && other.isUnread();
    }

    /** Whether only other launches read what it makes. */
    private boolean isUnread() {
        return made != null && made.isUnread();
    }

    /** Whether all columns come four at a time, and in shared memory where that is asked for. */
    boolean isQuads() {
        if (made == null || made.value().width() % (NEIGHBOURS * groups) != 0) {
            return false;
        }
        return (code != NORM || x != null && x.isPlaced())
                && state % 16 == 0
                && home.layout().of(made.value()).address() % 16 == 0
                && Stream.of(x, y, scale, bias, z)
                        .filter(Objects::nonNull)
                        .allMatch(RowCells.Source::isQuads);
    }

    Params params() {
        if (code == FIR && y != null && scale != null) {
            yWidth = y.cell().step();
            xWidth = scale.cell().step();
        }
        Params p =
                new Params()
                        .integer(code)
                        .integer(waits)
                        .integer(home.wholeRow() || whole())
                        .integer(function)
                        .integer(second)
                        .integer(yKind)
                        .integer(zKind)
                        .integer(at);
        RowCells.writePlace(p, x);
        RowCells.writePlace(p, y);
        RowCells.writePlace(p, z);
        p.integer(made == null ? -1 : made.place());
        RowCells.writePlace(p, scale);
        RowCells.writePlace(p, bias);
        Place kept = made != null && made.isKept() ? home.layout().of(made.value()) : Place.NONE;
        p.integer(width)
                .integer(groups)
                .number(scalar)
                .number(zScalar)
                .integer(xWidth)
                .integer(yWidth)
                .address(kept.address())
                .address(fragments)
                .integer(kept.stride())
                .integer(block)
                .address(state);
        RowCells.writeFar(p, x);
        RowCells.writeFar(p, y);
        if (code == DIAGONAL) {
            p.address(a).address(0);
        } else {
            RowCells.writeFar(p, z);
        }
        RowCells.writeFar(p, scale);
        RowCells.writeFar(p, bias);
        return p;
    }
}
