package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.RowCells.Cell;
import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a launch of operators that treat rows by themselves into the lists that rows.cu works off.
 * Where operators go column by column, a row is split over several blocks. Threads of a block meet
 * only where one reads what another has written: elementwise operators over whole values leave
 * every column with its thread.
 */
final class RowStage {
    /** Bytes of a {@code RowLoad}. */
    private static final int LOAD_BYTES = 32;

    /** Rows that one operator brings at most: the taps and window of a filter, or operands. */
    private static final int MOST_FILTER_ROWS = 20;

    private static final int MOST_OPERANDS = 5;

    /** Columns of a tile of fragments. */
    private static final int TILE = 16;

    /** Bytes of lists that come into shared memory. */
    private static final int MOST_LISTS = 32 << 10;

    /** Where binary functions begin among all. */
    private static final int BINARY_FUNCTIONS = 16;

    /** Threads of a block that has all of a row, at most. */
    private static final int MOST_THREADS = 320;

    /** Threads of a block that has some columns of a row. */
    private static final int COLUMN_THREADS = 128;

    /** The same where functions go over all columns. */
    private static final int WHOLE_THREADS = 256;

    /** Columns of a block that has some of a row. */
    static final int SPAN = RowOp.NEIGHBOURS * COLUMN_THREADS;

    /** The same where an operator gives each several threads. */
    private static final int FEW_COLUMNS = 128;

    /** Columns of a block; 0 where it has all of a row. */
    private final int span;

    private final Layout layout;
    private final RowCells cells;
    private final Fusions fusions;

    /** Written once all cells have their places. */
    private final List<RowOp> ops = new ArrayList<>();

    private final RowOp.Home home;
    private final RowMeetings meetings;
    private final Set<Integer> codes = new HashSet<>();
    private int widest = 1;

    /** The widest of the values of which every block makes all columns. */
    private int widestWhole;

    private RowStage(Layout layout, List<Schedule.Step> steps, int span, boolean brings) {
        this.layout = layout;
        this.span = span;
        cells = new RowCells(layout, span, wholeValues(layout, steps, span), brings);
        fusions = Fusions.of(layout, steps);
        home = new RowOp.Home(layout, cells, span == 0);
        meetings = new RowMeetings(layout);
        for (Schedule.Step step : steps) {
            if (fusions.isDoneElsewhere(step)) {
                continue;
            }
            cells.next();
            switch (step) {
                case Schedule.Step.Apply(Op op) -> apply(op);
                case Schedule.Step.ToFragments(Value x) -> toFragments(x);
            }
        }
        cells.place();
    }

    /** The work of a launch, its lists put where {@code lists} says. */
    static Work work(Layout layout, Schedule.Launch.RowOps ops, Kernels kernels, Placer lists) {
        return FusedStage.work(layout, ops, kernels)
                .orElseGet(() -> listed(layout, ops, kernels, lists));
    }

    private static Work listed(
            Layout layout, Schedule.Launch.RowOps ops, Kernels kernels, Placer lists) {
        RowStage few = of(layout, ops.steps());
        Work work = few.work(kernels, ops.rows(), lists.place(few.lists()));
        if (!few.repeats()) {
            return work;
        }
        RowStage many = new RowStage(layout, ops.steps(), 0, false);
        Work ofMany = many.work(kernels, ops.rows(), lists.place(many.lists()));
        int blocks = Grid.cover(few.widest, few.span);
        return new Work.Variant(
                bucket -> bucket.rows(ops.rows()) * blocks <= Grid.MOST_AT_ONCE ? work : ofMany);
    }

    /** The lists of a launch: split over blocks where its operators allow it. */
    private static RowStage of(Layout layout, List<Schedule.Step> steps) {
        if (steps.stream().noneMatch(RowStage::scatters)) {
            int span = steps.stream().anyMatch(RowStage::sharesColumns) ? FEW_COLUMNS : SPAN;
            RowStage split = new RowStage(layout, steps, span, true);
            if (split.widest > span && split.cells.allowSplit()) {
                return split;
            }
        }
        return new RowStage(layout, steps, 0, true);
    }

    /** Whether a step's columns do not stay with their threads. */
    private static boolean scatters(Schedule.Step step) {
        return step instanceof Schedule.Step.Apply(Op op) && Schedule.scatters(op);
    }

    /** Whether several threads work at a column. */
    private static boolean sharesColumns(Schedule.Step step) {
        return step instanceof Schedule.Step.Apply(Op op) && op instanceof Op.DiagonalScan;
    }

    /** Whether blocks of a row make the same of all its columns. */
    private boolean repeats() {
        return span > 0 && widestWhole > span;
    }

    /** The most bytes that the lists of these steps take: for few rows and for many. */
    static long mostBytes(List<Schedule.Step> steps) {
        return 2 * steps.stream().mapToLong(RowStage::mostBytes).sum();
    }

    private static long mostBytes(Schedule.Step step) {
        return switch (step) {
            case Schedule.Step.Apply(Op.Concat concat) ->
                    concat.parts().stream().mapToLong(part -> bytes(1, part.width())).sum();
            case Schedule.Step.Apply(Op.Fir fir) -> bytes(MOST_FILTER_ROWS, fir.out().width());
            case Schedule.Step.Apply(Op op) -> {
                int inputs = op.inputs().stream().mapToInt(Value::width).max().orElse(0);
                yield bytes(MOST_OPERANDS, Math.max(inputs, op.out().width()));
            }
            case Schedule.Step.ToFragments(Value x) -> bytes(1, x.width());
        };
    }

    /** Bytes of an operator that reads some rows. */
    private static long bytes(int rows, int width) {
        return RowOp.BYTES + (long) LOAD_BYTES * rows * RowCells.pieces(width);
    }

    /** The values made here of which every block needs all columns. */
    private static Set<Integer> wholeValues(Layout layout, List<Schedule.Step> steps, int span) {
        return layout.schedule().wholeValues(steps, (op, input) -> across(op, input, span));
    }

    /** Whether an operator reads columns of an input that may belong to another block. */
    private static boolean across(Op op, Value input, int span) {
        return switch (op) {
            case Op.Norm norm -> span == 0 || span % (norm.out().width() / norm.groups()) != 0;
            case Op.Binary binary -> input.width() != binary.out().width();
            case Op.DiagonalScan scan -> input.equals(scan.b()) || input.equals(scan.c());
            default -> Schedule.scatters(op);
        };
    }

    /** The lists as they lie in device memory. */
    private List<MemorySegment> lists() {
        List<MemorySegment> lists = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).code == RowOp.MAP) {
                ops.get(i).at = alike(i);
            }
            lists.add(ops.get(i).params().padded(RowOp.BYTES));
        }
        cells.loads().forEach(load -> lists.add(load.padded(LOAD_BYTES)));
        return lists;
    }

    /**
     * How many operators from the next one on do the same as one, but with other second operands.
     */
    private int alike(int index) {
        int next = index + 1;
        while (next < ops.size() && ops.get(next).isLike(ops.get(index))) {
            next++;
        }
        return next - index - 1;
    }

    /** The launch, the lists lying at {@code address}. */
    private Work work(Kernels kernels, Rows rows, long address) {
        int loads = cells.loads().size();
        boolean brought = brings();
        int columns = span > 0 ? span : Math.ceilDiv(widest, TILE) * TILE;
        int threads = threads();
        Params params =
                layout.batch()
                        .address(address)
                        .integer(ops.size())
                        .integer(cells.early())
                        .integer(loads)
                        .integer(Layout.selected(rows))
                        .integer(columns)
                        .integer(brought);
        return new Work.Kernel(
                kernels.of("rows", kernel()),
                cells.bytes() + (brought ? listed() : 0),
                params.segment(),
                bucket -> new Grid(bucket.rows(rows), Grid.cover(widest, columns), threads));
    }

    private int listed() {
        return ops.size() * RowOp.BYTES + cells.loads().size() * LOAD_BYTES;
    }

    /** Whether the lists come into shared memory. */
    private boolean brings() {
        return listed() <= MOST_LISTS;
    }

    private int threads() {
        if (span > 0) {
            return repeats() && !codes.contains(RowOp.DIAGONAL) ? WHOLE_THREADS : COLUMN_THREADS;
        }
        int quads = Math.ceilDiv(widest, RowOp.NEIGHBOURS);
        return Grid.warps(Math.ceilDiv(quads, Math.ceilDiv(quads, MOST_THREADS)), MOST_THREADS);
    }

    /** The smallest kernel that does all that is listed. */
    private String kernel() {
        if (brings() && cells.bringsQuads() && ops.stream().allMatch(RowOp::isQuads)) {
            if (Set.of(RowOp.MAP, RowOp.NORM, RowOp.DELAY).containsAll(codes)) {
                return "rows";
            }
            if (Set.of(RowOp.MAP, RowOp.FIR).containsAll(codes)) {
                return "rows_fir";
            }
            if (Set.of(RowOp.MAP, RowOp.DIAGONAL).containsAll(codes)) {
                return "rows_diagonal";
            }
        }
        return "rows_any";
    }

    private void apply(Op op) {
        widest = Math.max(widest, op.out().width());
        Cell out = cells.made(op.out());
        if (out.whole) {
            widestWhole = Math.max(widestWhole, op.out().width());
        }
        switch (op) {
            case Op.Unary _, Op.Binary _ -> map(op);
            case Op.Norm norm -> norm(norm);
            case Op.Softmax softmax -> {
                RowOp f = listed(RowOp.SOFTMAX, 0, meetings.before(softmax.x()), softmax);
                f.x = f.read(softmax.x(), true);
                f.groups = softmax.groups();
                add(f);
            }
            case Op.Concat concat -> concat(concat);
            case Op.Outer outer -> {
                RowOp f = listed(RowOp.OUTER, 0, meetings.before(outer.x(), outer.y()), outer);
                f.x = f.read(outer.x(), true);
                f.y = f.read(outer.y(), true);
                f.xWidth = outer.x().width();
                f.yWidth = outer.y().width();
                f.groups = outer.groups();
                add(f);
            }
            case Op.Delay delay -> {
                RowOp f = listed(RowOp.DELAY, 0, meetings.beforeOwn(delay.x()), delay);
                f.x = f.read(delay.x(), false);
                f.y = f.held(delay.last(), 1);
                f.state = layout.state(delay.last());
                add(f);
            }
            case Op.Fir fir -> fir(fir);
            case Op.DiagonalScan scan -> diagonal(scan);
            default -> throw new IllegalStateException("no operator on rows: " + op);
        }
        if (op instanceof Op.Norm) {
            meetings.all(); // after a norm, in the kernel
        } else {
            boolean others = Schedule.scatters(op) || op instanceof Op.DiagonalScan;
            meetings.wrote(op.out(), others);
            if (others) {
                cells.scatter(op.out());
            }
        }
        if (Schedule.keepsState(op) && out.whole && span > 0) {
            cells.refuseSplit(); // a block would read what another has already replaced
        }
    }

    /** A function of columns, or two of which the first gives only the second its operand. */
    private void map(Op op) {
        Op inner = fusions.before(op);
        Op first = inner == null ? op : inner;
        boolean waits = waits(first, null);
        if (inner != null) {
            waits |= waits(op, inner.out());
        }
        RowOp f = listed(RowOp.MAP, function(first), waits, op);
        switch (first) {
            case Op.Unary unary -> f.x = f.read(unary.x(), false);
            case Op.Binary binary -> operands(f, binary);
            default -> throw new IllegalStateException("no function of columns: " + first);
        }
        if (inner != null) {
            f.second = function(op);
            if (op instanceof Op.Binary binary) {
                Operand other = binary.x().equals(inner.out()) ? binary.y() : binary.x();
                f.zKind = other instanceof Operand.Scalar ? RowOp.SCALAR : RowOp.COLUMNS;
                switch (other) {
                    case Value value -> f.z = f.read(value, false);
                    case Weight weight ->
                            f.z = f.weight(layout.plain(weight), op.out().width(), false, 1);
                    case Operand.Scalar scalar -> f.zScalar = scalar.value();
                }
            }
        }
        add(f);
    }

    private void operands(RowOp f, Op.Binary op) {
        int width = op.out().width();
        f.x = f.read(op.x(), false);
        switch (op.y()) {
            case Value value -> {
                f.y = f.read(value, value.width() != width);
                f.yWidth = value.width();
            }
            case Weight weight -> {
                f.yWidth = Math.toIntExact(weight.elements());
                f.y = f.weight(layout.plain(weight), f.yWidth, f.yWidth != width, 1);
            }
            case Operand.Scalar scalar -> {
                f.scalar = scalar.value();
                f.yKind = RowOp.SCALAR;
                return;
            }
        }
        f.yKind = f.yWidth == width ? RowOp.COLUMNS : RowOp.SPREAD;
        f.block = op.spread() == Spread.BLOCKS ? width / f.yWidth : 0;
    }

    /** Whether threads that make an operator's columns must wait first; {@code but} is no input. */
    private boolean waits(Op op, @Nullable Value but) {
        boolean waits = false;
        for (Value input : op.inputs()) {
            if (!input.equals(but)) {
                waits |=
                        input.width() == op.out().width()
                                ? meetings.beforeOwn(input)
                                : meetings.before(input);
            }
        }
        return waits;
    }

    private static int function(Op op) {
        return switch (op) {
            case Op.Unary unary -> unary.function().ordinal();
            case Op.Binary binary -> BINARY_FUNCTIONS + binary.function().ordinal();
            default -> throw new IllegalStateException("no function of columns: " + op);
        };
    }

    private void norm(Op.Norm op) {
        RowOp f = listed(RowOp.NORM, op.kind().ordinal(), meetings.before(op.x()), op);
        f.x = f.read(op.x(), across(op, op.x(), span));
        f.scale = op.scale() == null ? null : f.weight(op.scale());
        f.bias = op.bias() == null ? null : f.weight(op.bias());
        f.groups = op.groups();
        f.xWidth = op.out().width() / op.groups();
        f.yWidth = Integer.bitCount(f.xWidth) == 1 ? Integer.numberOfTrailingZeros(f.xWidth) : -1;
        f.scalar = op.epsilon();
        add(f);
    }

    private void concat(Op.Concat op) {
        int at = 0;
        for (Value part : op.parts()) {
            RowOp f = listed(RowOp.CONCAT, 0, meetings.before(part), op);
            f.x = f.read(part, true);
            f.xWidth = part.width();
            f.groups = op.groups();
            f.at = at;
            add(f);
            at += part.width() / op.groups();
        }
    }

    private void fir(Op.Fir op) {
        int order = op.taps().shape().size(1);
        int width = op.out().width();
        RowOp f = listed(RowOp.FIR, 0, meetings.beforeOwn(op.x()), op);
        long taps = layout.weights().address(op.taps(), WeightPlan.Form.TAPS);
        f.x = f.read(op.x(), false);
        f.y = f.held(op.ring(), order - 1);
        f.scale = f.weight(taps, width, false, order);
        f.bias = op.bias() == null ? null : f.weight(op.bias());
        f.at = order;
        f.state = layout.state(op.ring());
        add(f);
    }

    private void diagonal(Op.DiagonalScan op) {
        boolean waits = meetings.before(op.x(), op.dt(), op.b(), op.c());
        RowOp f = listed(RowOp.DIAGONAL, 0, waits, op);
        f.x = f.read(op.x(), false);
        f.y = f.read(op.dt(), false);
        RowCells.spread(f.x);
        RowCells.spread(f.y);
        f.scale = f.read(op.b(), true);
        f.bias = f.read(op.c(), true);
        f.at = layout.stateLayout().fields().get(op.h().id()).dtype() == DType.BF16 ? 1 : 0;
        f.state = layout.state(op.h());
        f.a = layout.plain(op.a());
        add(f);
    }

    private void toFragments(Value x) {
        widest = Math.max(widest, x.width());
        RowOp f = new RowOp(home, x, meetings.beforeOwn(x));
        f.x = f.read(x, false);
        add(f);
    }

    private RowOp listed(int code, int function, boolean waits, Op op) {
        long fragments = fusions.givesFragments(op.out()) ? layout.fragments(op.out()) : 0;
        return new RowOp(home, code, function, waits, op.out(), fragments);
    }

    private void add(RowOp op) {
        ops.add(op);
        codes.add(op.code);
    }
}
