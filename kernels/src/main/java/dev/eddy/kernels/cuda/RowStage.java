package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a launch of operators that treat rows by themselves into the list that rows.cu works off.
 * Threads of a block meet only where one reads what another has written: elementwise operators over
 * whole values leave every column with its thread.
 */
final class RowStage {
    /** Bytes of a {@code RowOp}. */
    static final int BYTES = 96;

    private static final int UNARY = 0;
    private static final int BINARY = 1;
    private static final int BINARY_SCALAR = 2;
    private static final int NORM = 3;
    private static final int SOFTMAX = 4;
    private static final int CONCAT = 5;
    private static final int OUTER = 6;
    private static final int FRAGMENTS = 8;

    /** Rows from which on a block need not be as wide as its row. */
    private static final int MANY_ROWS = 128;

    private final Layout layout;
    private final List<MemorySegment> ops = new ArrayList<>();

    /** Values written since the threads met last, each column by its own thread. */
    private final Set<Integer> aligned = new HashSet<>();

    /** Values written since then by other threads than their columns'. */
    private final Set<Integer> scattered = new HashSet<>();

    /** Operators of a list that come into shared memory. */
    private static final int MOST_STAGED = 256;

    private int widest = 1;
    private int widestNorm;

    RowStage(Layout layout, List<Schedule.Step> steps) {
        this.layout = layout;
        for (Schedule.Step step : steps) {
            switch (step) {
                case Schedule.Step.Apply(Op op) -> apply(op);
                case Schedule.Step.ToFragments(Value x) -> toFragments(x);
            }
        }
    }

    /** How many entries the list of these steps has. */
    static int count(List<Schedule.Step> steps) {
        int count = 0;
        for (Schedule.Step step : steps) {
            count +=
                    step instanceof Schedule.Step.Apply(Op.Concat concat)
                            ? concat.parts().size()
                            : 1;
        }
        return count;
    }

    /** The list. */
    List<MemorySegment> ops() {
        return ops;
    }

    /** The launch, the list lying at {@code address}. */
    Work work(GpuFunction function, Rows rows, long address) {
        int staged = Math.min(ops.size(), MOST_STAGED);
        Params params =
                layout.batch()
                        .address(address)
                        .integer(ops.size())
                        .integer(Layout.selected(rows))
                        .integer(staged)
                        .integer(0);
        return new Work.Kernel(
                function,
                BYTES * staged + 4 * widestNorm,
                params.segment(),
                bucket -> {
                    int count = bucket.rows(rows);
                    int most = count > MANY_ROWS ? 256 : 1024;
                    return new Grid(count, Grid.warps(widest, most));
                });
    }

    private void apply(Op op) {
        widest = Math.max(widest, op.out().width());
        switch (op) {
            case Op.Unary unary ->
                    add(
                            head(
                                    UNARY,
                                    unary.function().ordinal(),
                                    own(unary.x()),
                                    1,
                                    unary,
                                    unary.x()));
            case Op.Binary binary -> binary(binary);
            case Op.Norm norm -> {
                widestNorm = Math.max(widestNorm, norm.out().width());
                Params p =
                        head(
                                NORM,
                                norm.kind().ordinal(),
                                met(norm.x()),
                                norm.groups(),
                                norm,
                                norm.x());
                add(
                        p.address(0)
                                .integer(0)
                                .integer(0)
                                .integer(0)
                                .number(norm.epsilon())
                                .integer(0)
                                .integer(0)
                                .address(layout.plain(norm.scale()))
                                .address(layout.plain(norm.bias())));
                aligned.clear(); // the kernel's threads meet after a norm
                scattered.clear();
                return;
            }
            case Op.Softmax softmax ->
                    add(head(SOFTMAX, 0, met(softmax.x()), softmax.groups(), softmax, softmax.x()));
            case Op.Concat concat -> {
                concat(concat);
                return;
            }
            case Op.Outer outer -> outer(outer);
            default -> throw new IllegalStateException("no operator on rows: " + op);
        }
        boolean columns = op instanceof Op.Unary || op instanceof Op.Binary;
        (columns ? aligned : scattered).add(op.out().id());
    }

    private void binary(Op.Binary op) {
        int function = op.function().ordinal();
        if (op.y() instanceof Operand.Scalar scalar) {
            Params p = head(BINARY_SCALAR, function, own(op.x()), 1, op, op.x());
            add(p.address(0).integer(0).integer(0).integer(0).number(scalar.value()));
            return;
        }
        int width = op.out().width();
        Place y =
                switch (op.y()) {
                    case Value value -> layout.of(value);
                    case Weight weight ->
                            new Place(layout.plain(weight), 0, Math.toIntExact(weight.elements()));
                    case Operand.Scalar _ -> throw new AssertionError("treated above");
                };
        boolean waits = own(op.x());
        if (op.y() instanceof Value value && !waits) {
            waits = y.width() == width ? own(value) : met(value);
        }
        int block = op.spread() == Spread.BLOCKS ? width / y.width() : 0;
        Params p = head(BINARY, function, waits, 1, op, op.x());
        add(p.address(y.address()).integer(y.stride()).integer(y.width()).integer(block));
    }

    private void outer(Op.Outer op) {
        boolean waits = met(op.x(), op.y());
        Place y = layout.of(op.y());
        Params p = head(OUTER, 0, waits, op.groups(), op, op.x());
        add(p.address(y.address()).integer(y.stride()).integer(y.width()));
    }

    private void concat(Op.Concat op) {
        int at = 0;
        for (Value part : op.parts()) {
            Params p = head(CONCAT, 0, met(part), op.groups(), op, part);
            add(p.address(0).integer(0).integer(0).integer(0).number(0).integer(at));
            at += part.width() / op.groups();
        }
        scattered.add(op.out().id());
    }

    private void toFragments(Value x) {
        widest = Math.max(widest, x.width());
        add(
                new Params()
                        .integer(FRAGMENTS)
                        .integer(0)
                        .integer(own(x))
                        .integer(1)
                        .rows(new Place(layout.fragments(x), 0, 0))
                        .rows(layout.of(x)));
    }

    private Params head(int code, int function, boolean waits, int groups, Op op, Value x) {
        return new Params()
                .integer(code)
                .integer(function)
                .integer(waits)
                .integer(groups)
                .rows(layout.of(op.out()))
                .rows(layout.of(x));
    }

    private void add(Params params) {
        ops.add(params.padded(BYTES));
    }

    /** Whether a thread that reads its own column of a value must wait first. */
    private boolean own(Value value) {
        Value root = layout.schedule().root(value);
        boolean same = layout.of(value).address() == layout.of(root).address();
        boolean waits = scattered.contains(root.id()) || !same && aligned.contains(root.id());
        return noted(waits);
    }

    /** Whether threads that read any columns of these values must wait first. */
    private boolean met(Value... values) {
        boolean waits = false;
        for (Value value : values) {
            int root = layout.schedule().root(value).id();
            waits |= scattered.contains(root) || aligned.contains(root);
        }
        return noted(waits);
    }

    private boolean noted(boolean waits) {
        if (waits) {
            aligned.clear();
            scattered.clear();
        }
        return waits;
    }
}
