package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.MatrixType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a schedule into stages that know every address. */
final class Assembler {
    /** Nanoseconds to pack a row, about. */
    private static final long PACK_COST = 500;

    /** Nanoseconds to make a row of angles, about. */
    private static final long ANGLES_COST = 3000;

    private final Schedule schedule;
    private final RowAssembler rowOps;
    private final ScanAssembler scans;
    private final SharedAssembler shared;
    private final SlotLayout slots;
    private final CompileOptions options;
    private final CpuKernels kernels;
    private final Resources resources;
    private final List<Passage.Plan> passages = new ArrayList<>();

    /** Rows of a value, packed for one form of weights. */
    private record Key(Value value, RowForm form) {}

    /** The packed rows of the region in the making. */
    private final Map<Key, PackedRows> packed = new HashMap<>();

    Assembler(
            Schedule schedule,
            ScratchPlan scratch,
            SlotLayout slots,
            CompileOptions options,
            CpuKernels kernels,
            Resources resources) {
        this.schedule = schedule;
        rowOps = new RowAssembler(scratch, resources, options.maxRows());
        scans = new ScanAssembler(rowOps, slots, options.state(), kernels, resources);
        shared = new SharedAssembler(rowOps, slots, options, kernels, resources);
        this.slots = slots;
        this.options = options;
        this.kernels = kernels;
        this.resources = resources;
    }

    /** What runs, in order. */
    List<Passage.Plan> assemble() {
        List<List<Schedule.Part>> all = schedule.regions();
        for (int i = 0; i < all.size(); i++) {
            Schedule.Part first = all.get(i).getFirst();
            if (first.head == null) {
                List<Schedule.Part> next = i + 1 < all.size() ? all.get(i + 1) : List.of();
                add(rows(first, packing(next, first.rows)));
            } else {
                heads(all.get(i));
            }
        }
        if (!rowOps.angles().isEmpty()) {
            RowOp[] angles = rowOps.angles().toArray(RowOp[]::new);
            long cost = ANGLES_COST * angles.length;
            passages.addFirst(once(List.of(new RowStage(Rows.ALL, cost, angles))));
        }
        return passages;
    }

    private void add(Stage... stages) {
        passages.add(once(List.of(stages)));
    }

    private static Passage.Plan once(List<Stage> stages) {
        return new Passage.Plan(List.<Stage[]>of(stages.toArray(Stage[]::new)), false);
    }

    private void heads(List<Schedule.Part> region) {
        switch (region.getFirst().head) {
            case Op.CellScan cell -> passages.addAll(shared.cell(cell));
            case Op.Experts experts -> passages.addAll(shared.experts(experts));
            case null, default -> parts(region);
        }
        packed.clear();
    }

    private void parts(List<Schedule.Part> region) {
        List<Stage> before = new ArrayList<>();
        for (Rows rows : Rows.values()) {
            List<RowOp> packing = packing(region, rows);
            if (!packing.isEmpty()) {
                RowOp[] ops = packing.toArray(RowOp[]::new);
                before.add(new RowStage(rows, PACK_COST * ops.length, ops));
            }
        }
        for (Schedule.Part part : region) {
            if (part.head instanceof Op.Attention attention) {
                before.add(new KeepStage(scans.attention(attention)));
            }
        }
        if (!before.isEmpty()) {
            passages.add(once(before));
        }
        passages.add(once(region.stream().map(this::stage).toList()));
    }

    /** What packs the rows of a region's matrix products, as far as that is not arranged yet. */
    private List<RowOp> packing(List<Schedule.Part> region, Rows rows) {
        List<RowOp> packing = new ArrayList<>();
        for (Schedule.Part part : region) {
            if (part.head instanceof Op.MatMul matmul
                    && matmul.x().rows() == rows
                    && !packed.containsKey(key(matmul))) {
                packing.add(pack(key(matmul)));
            }
        }
        return packing;
    }

    private Key key(Op.MatMul op) {
        return new Key(op.x(), kernels.rows(options.weights().matrix(op.weight()), op.x().width()));
    }

    private PackOp pack(Key key) {
        Value x = key.value();
        long rows = x.rows() == Rows.ALL ? options.maxRows() : options.maxSelected();
        PackedRows target = resources.packed(packed.size(), key.form(), rows);
        packed.put(key, target);
        return new PackOp(place(x), x.rows(), key.form(), target);
    }

    private RowStage rows(Schedule.Part part, List<RowOp> more) {
        List<RowOp> ops = new ArrayList<>(rowOps.ops(part.tail));
        ops.addAll(more);
        long cost = 0;
        for (Op op : part.tail) {
            cost += op.out().width();
        }
        return new RowStage(part.rows, cost / 2, ops.toArray(RowOp[]::new));
    }

    private Stage stage(Schedule.Part part) {
        List<RowOp> tail = new ArrayList<>();
        if (part.head instanceof Op.MatMul matmul && matmul.bias() != null) {
            Place out = place(matmul.out());
            Place bias = new Place(rowOps.row(matmul.bias()), 0);
            tail.add(
                    new ElementOps.Binary(
                            BinaryFunction.ADD, out, bias, out, matmul.out().width()));
        }
        tail.addAll(rowOps.ops(part.tail));
        RowOp[] ops = tail.toArray(RowOp[]::new);
        return switch (part.head) {
            case Op.MatMul matmul -> matmul(matmul, ops);
            case Op.Select select ->
                    new SelectStage(
                            place(select.x()),
                            place(select.out()),
                            select.out().width(),
                            slots.offset(select.carry()));
            case null -> throw new IllegalStateException("no head");
            default -> scans.stage(part.head, ops);
        };
    }

    private MatMulStage matmul(Op.MatMul op, RowOp[] tail) {
        MatrixType type = options.weights().matrix(op.weight());
        PackedWeight.Matrix form = kernels.form(op.weight(), type);
        Panels panels = kernels.panels(form, type, resources.weight(form));
        PackedRows x = packed.get(key(op));
        if (x == null) {
            throw new IllegalStateException("rows not packed: " + op);
        }
        return new MatMulStage(panels, x, place(op.out()), op.out().rows(), op.out().width(), tail);
    }

    /** Where a value lies. */
    Place place(Value value) {
        return rowOps.place(value);
    }
}
