package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program's operators ordered into regions, between which all threads meet. A region holds parts
 * that do not need each other. A part is headed by a matrix product or an operator with state,
 * followed by the elementwise operators that can run on each tile of its output as soon as it is
 * made; or it has no head and its operators run row by row.
 *
 * <p>Elementwise operators and norms wait until something needs them. Then, if all that they need
 * is made by one part column by column, they join its tiles; else they form rows of their own.
 */
final class Schedule {
    /** Operators that run together. */
    static final class Part {
        final @Nullable Op head;

        /** What runs on each tile of the head's output, or on each row. */
        final List<Op> tail = new ArrayList<>();

        final Rows rows;

        private Part(@Nullable Op head, Rows rows) {
            this.head = head;
            this.rows = rows;
        }

        /** Columns of the tiles; 0 where there is no head. */
        int width() {
            return head == null ? 0 : head.out().width();
        }
    }

    /** Where a value is made. */
    private record Position(int region, Part part) {}

    private final Program program;
    private final List<List<Part>> regions = new ArrayList<>();
    private final Op.@Nullable Columns[] views;
    private final Op[] makers;
    private final @Nullable Position[] made;

    private Schedule(Program program) {
        this.program = program;
        views = new Op.Columns[program.values()];
        makers = new Op[program.values()];
        made = new Position[program.values()];
    }

    /** Orders a program. */
    static Schedule of(Program program) {
        Schedule schedule = new Schedule(program);
        for (Op op : program.ops()) {
            schedule.add(op);
        }
        schedule.require(program.output().value());
        return schedule;
    }

    /** The regions in the order in which they run. */
    List<List<Part>> regions() {
        return regions;
    }

    /** The value whose buffer holds {@code value}: itself, or what it is a view of. */
    Value root(Value value) {
        Op.Columns view = views[value.id()];
        return view == null ? value : root(view.x());
    }

    /** The first column of a view within its root. */
    int column(Value value) {
        Op.Columns view = views[value.id()];
        return view == null ? 0 : view.from() + column(view.x());
    }

    private void add(Op op) {
        makers[op.out().id()] = op;
        switch (Support.kind(op)) {
            case VIEW -> views[op.out().id()] = (Op.Columns) op;
            case ROWS -> {} // Waits until something needs it.
            case HEAD -> addHead(op);
        }
    }

    private void addHead(Op op) {
        int needed = -1;
        for (Value input : op.inputs()) {
            needed = Math.max(needed, require(input).region());
        }
        Part part = new Part(op, op.out().rows());
        boolean joins = needed < regions.size() - 1 && joins(op, regions.getLast());
        if (!joins) {
            regions.add(new ArrayList<>());
        }
        regions.getLast().add(part);
        made[op.out().id()] = new Position(regions.size() - 1, part);
    }

    private static boolean joins(Op op, List<Part> region) {
        boolean alone = isAlone(op);
        for (Part part : region) {
            alone |= part.head == null || isAlone(part.head);
        }
        return !alone;
    }

    /** Whether an operator takes regions of its own. */
    private static boolean isAlone(Op op) {
        return op instanceof Op.Select || op instanceof Op.CellScan || op instanceof Op.Experts;
    }

    /** Makes sure that a value is made; where. */
    private Position require(Value value) {
        Value root = root(value);
        Position position = made[root.id()];
        return position == null ? place(makers[root.id()]) : position;
    }

    private Position place(Op op) {
        Position joined = join(op);
        if (joined != null) {
            return joined;
        }
        List<Op> ops = new ArrayList<>();
        gather(op, ops);
        Position rows = rows(op.out().rows());
        for (Op each : ops) {
            append(each, rows);
        }
        return rows;
    }

    /** The last part if it runs row by row, else a new one. */
    private Position rows(Rows rows) {
        Part last = regions.isEmpty() ? null : regions.getLast().getFirst();
        if (last == null || last.head != null || last.rows != rows) {
            last = new Part(null, rows);
            regions.add(new ArrayList<>(List.of(last)));
        }
        return new Position(regions.size() - 1, last);
    }

    private void append(Op op, Position position) {
        position.part().tail.add(op);
        made[op.out().id()] = position;
    }

    /** Collects what must run for {@code op}, in order, but for what can join another part. */
    private void gather(Op op, List<Op> ops) {
        for (Value input : op.inputs()) {
            Op maker = makers[root(input).id()];
            if (made[maker.out().id()] == null && !ops.contains(maker) && join(maker) == null) {
                gather(maker, ops);
            }
        }
        ops.add(op);
    }

    /** Adds an operator with all it still needs to the tiles of a part; null if it cannot. */
    private @Nullable Position join(Op op) {
        TreeMap<Integer, Op> closure = new TreeMap<>();
        Position latest = close(op, closure);
        if (latest == null || !hasTiles(latest.part().head)) {
            return null;
        }
        for (Op each : closure.values()) {
            if (!fits(each, latest, closure)) {
                return null;
            }
        }
        for (Op each : closure.values()) {
            append(each, latest);
        }
        return latest;
    }

    /** Whether a head's output comes in tiles of whole vectors, which a tail may follow. */
    private static boolean hasTiles(@Nullable Op head) {
        return switch (head) {
            case null -> false;
            case Op.MatMul _, Op.Fir _, Op.DiagonalScan _ -> true;
            case Op.Recurrence _, Op.ModalScan _, Op.WkvScan _, Op.Delay _ -> true;
            case Op.MatrixScan scan -> isWhole(scan.out().width() / scan.heads());
            case Op.DeltaScan scan -> isWhole(scan.out().width() / scan.heads());
            case Op.Attention scan -> isWhole(scan.out().width() / scan.heads());
            default -> false;
        };
    }

    private static boolean isWhole(int columns) {
        return columns % Vectors.WIDEST == 0;
    }

    /** Collects an operator and all that is not made yet; the latest position of what is. */
    private @Nullable Position close(Op op, TreeMap<Integer, Op> closure) {
        closure.put(op.out().id(), op);
        Position latest = null;
        for (Value input : op.inputs()) {
            Value root = root(input);
            Position position = made[root.id()];
            if (position == null && !closure.containsKey(root.id())) {
                position = close(makers[root.id()], closure);
            }
            if (position != null && (latest == null || position.region() > latest.region())) {
                latest = position;
            }
        }
        return latest;
    }

    /** Whether an operator can run on the tiles of a part's output. */
    private boolean fits(Op op, Position position, TreeMap<Integer, Op> closure) {
        Part part = position.part();
        boolean elementwise = op instanceof Op.Unary || op instanceof Op.Binary;
        if (!elementwise || op.out().width() != part.width() || op.out().rows() != part.rows) {
            return false;
        }
        for (Value input : op.inputs()) {
            Value root = root(input);
            Position source = made[root.id()];
            boolean here =
                    closure.containsKey(root.id()) || source != null && source.part() == part;
            boolean earlier = source != null && source.region() < position.region();
            if (!(here ? input.equals(root) && input.width() == part.width() : earlier)) {
                return false;
            }
        }
        return true;
    }

    Program program() {
        return program;
    }
}
