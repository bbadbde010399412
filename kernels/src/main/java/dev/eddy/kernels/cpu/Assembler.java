package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a schedule into stages that know every address. */
final class Assembler {
    /** Nanoseconds to pack a row, about. */
    private static final long PACK_COST = 500;

    private final Schedule schedule;
    private final ScratchPlan scratch;
    private final SlotLayout slots;
    private final CompileOptions options;
    private final Resources resources;
    private final List<Stage[]> regions = new ArrayList<>();

    /** The packed rows of the region in the making. */
    private final Map<Value, float[]> packed = new HashMap<>();

    Assembler(
            Schedule schedule,
            ScratchPlan scratch,
            SlotLayout slots,
            CompileOptions options,
            Resources resources) {
        this.schedule = schedule;
        this.scratch = scratch;
        this.slots = slots;
        this.options = options;
        this.resources = resources;
    }

    /** The stages of every region. */
    List<Stage[]> assemble() {
        List<List<Schedule.Part>> all = schedule.regions();
        for (int i = 0; i < all.size(); i++) {
            Schedule.Part first = all.get(i).getFirst();
            if (first.head == null) {
                List<Schedule.Part> next = i + 1 < all.size() ? all.get(i + 1) : List.of();
                regions.add(new Stage[] {rows(first, packing(next, first.rows))});
            } else {
                heads(all.get(i));
            }
        }
        return regions;
    }

    private void heads(List<Schedule.Part> region) {
        for (Rows rows : Rows.values()) {
            List<RowOp> packing = packing(region, rows);
            if (!packing.isEmpty()) {
                RowOp[] ops = packing.toArray(RowOp[]::new);
                regions.add(new Stage[] {new RowStage(rows, PACK_COST * ops.length, ops)});
            }
        }
        regions.add(region.stream().map(this::stage).toArray(Stage[]::new));
        packed.clear();
    }

    /** What packs the rows of a region's matrix products, as far as that is not arranged yet. */
    private List<RowOp> packing(List<Schedule.Part> region, Rows rows) {
        List<RowOp> packing = new ArrayList<>();
        for (Schedule.Part part : region) {
            if (part.head instanceof Op.MatMul matmul
                    && matmul.x().rows() == rows
                    && !packed.containsKey(matmul.x())) {
                packing.add(pack(matmul.x()));
            }
        }
        return packing;
    }

    private PackOp pack(Value x) {
        long rows = x.rows() == Rows.ALL ? options.maxRows() : options.maxSelected();
        float[] target =
                resources.packed(packed.size(), Math.multiplyExact(rows, (long) x.width()));
        packed.put(x, target);
        return new PackOp(place(x), x.rows(), x.width(), target);
    }

    private RowStage rows(Schedule.Part part, List<RowOp> more) {
        List<RowOp> ops = new ArrayList<>(rowOps(part.tail));
        ops.addAll(more);
        long cost = 0;
        for (Op op : part.tail) {
            cost += op.out().width();
        }
        return new RowStage(part.rows, cost / 2, ops.toArray(RowOp[]::new));
    }

    private List<RowOp> rowOps(List<Op> ops) {
        List<RowOp> rowOps = new ArrayList<>();
        for (Op op : ops) {
            rowOps.add(rowOp(op));
        }
        return rowOps;
    }

    private Stage stage(Schedule.Part part) {
        List<RowOp> tail = new ArrayList<>();
        if (part.head instanceof Op.MatMul matmul && matmul.bias() != null) {
            Place out = place(matmul.out());
            Place bias = new Place(row(matmul.bias(), matmul.out().width(), Spread.TILES), 0);
            tail.add(
                    new ElementOps.Binary(
                            BinaryFunction.ADD, out, bias, out, matmul.out().width()));
        }
        tail.addAll(rowOps(part.tail));
        RowOp[] ops = tail.toArray(RowOp[]::new);
        return switch (part.head) {
            case Op.MatMul matmul -> matmul(matmul, ops);
            case Op.Fir fir -> fir(fir, ops);
            case Op.DiagonalScan scan -> diagonal(scan, ops);
            case Op.MatrixScan scan -> matrix(scan, ops);
            case Op.Select select ->
                    new SelectStage(
                            place(select.x()),
                            place(select.out()),
                            select.out().width(),
                            slots.offset(select.carry()));
            case null, default -> throw new IllegalStateException("no head: " + part.head);
        };
    }

    private MatMulStage matmul(Op.MatMul op, RowOp[] tail) {
        int depth = op.x().width();
        Panels panels =
                options.weights() == DType.BF16
                        ? new HalfPanels(
                                resources.weight(new PackedWeight.HalfMatrix(op.weight())), depth)
                        : new FloatPanels(
                                resources.weight(new PackedWeight.FloatMatrix(op.weight())), depth);
        float[] x = packed.get(op.x());
        if (x == null) {
            throw new IllegalStateException("rows not packed: " + op);
        }
        return new MatMulStage(panels, x, place(op.out()), op.out().rows(), op.out().width(), tail);
    }

    private FirStage fir(Op.Fir op, RowOp[] tail) {
        int width = op.out().width();
        return new FirStage(
                new FirStage.Arguments(
                        place(op.x()),
                        place(op.out()),
                        width,
                        op.taps().shape().size(1),
                        resources.weight(new PackedWeight.Taps(op.taps())),
                        row(op.bias(), width, Spread.TILES),
                        slots.offset(op.ring()),
                        PackedWeight.Taps.rowBytes(width)),
                tail);
    }

    private DiagonalStage diagonal(Op.DiagonalScan op, RowOp[] tail) {
        return new DiagonalStage(
                new DiagonalStage.Arguments(
                        place(op.x()),
                        place(op.dt()),
                        place(op.b()),
                        place(op.c()),
                        place(op.out()),
                        op.out().width(),
                        op.b().width(),
                        resources.weight(new PackedWeight.Modes(op.a())),
                        slots.offset(op.h()),
                        options.state() == DType.BF16),
                tail);
    }

    private MatrixStage matrix(Op.MatrixScan op, RowOp[] tail) {
        return new MatrixStage(
                new MatrixStage.Arguments(
                        place(op.q()),
                        place(op.k()),
                        place(op.v()),
                        place(op.decay()),
                        place(op.out()),
                        op.heads(),
                        op.groups(),
                        op.k().width() / op.groups(),
                        op.v().width() / op.heads(),
                        op.decay().width() / op.heads(),
                        slots.offset(op.s()),
                        options.state() == DType.BF16),
                tail);
    }

    private RowOp rowOp(Op op) {
        Place out = place(op.out());
        int width = op.out().width();
        return switch (op) {
            case Op.Embed embed -> new InputOps.Embed(resources.table(embed.table()), out, width);
            case Op.Frames _ -> new InputOps.Frames(out, width);
            case Op.Unary unary ->
                    new ElementOps.Unary(unary.function(), place(unary.x()), out, width);
            case Op.Binary binary -> binary(binary, out, width);
            case Op.Norm norm ->
                    new NormOp(
                            norm.kind(),
                            place(norm.x()),
                            out,
                            width,
                            norm.groups(),
                            norm.epsilon(),
                            row(norm.scale(), width, Spread.TILES),
                            row(norm.bias(), width, Spread.TILES));
            default -> throw new IllegalStateException("no operator on rows: " + op);
        };
    }

    private RowOp binary(Op.Binary op, Place out, int width) {
        Place x = place(op.x());
        return switch (op.y()) {
            case Operand.Scalar scalar ->
                    new ElementOps.Binary(
                            op.function(),
                            x,
                            new Place(resources.constant(scalar.value(), width), 0),
                            out,
                            width);
            case Weight weight ->
                    new ElementOps.Binary(
                            op.function(),
                            x,
                            new Place(row(weight, width, op.spread()), 0),
                            out,
                            width);
            case Value y when y.width() == width ->
                    new ElementOps.Binary(op.function(), x, place(y), out, width);
            case Value y ->
                    new ElementOps.Spreading(
                            op.function(), x, place(y), op.spread(), y.width(), out, width);
        };
    }

    /** Address of a vector spread over {@code width} columns; 0 for none. */
    private long row(@Nullable Weight weight, int width, Spread spread) {
        return weight == null ? 0 : resources.weight(new PackedWeight.Row(weight, width, spread));
    }

    /** Where a value lies. */
    Place place(Value value) {
        return new Place(resources.scratch() + scratch.offset(value), scratch.stride(value));
    }
}
