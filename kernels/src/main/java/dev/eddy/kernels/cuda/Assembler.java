package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import java.util.List;
import java.util.stream.Stream;

/** Turns the launches of a schedule into kernels with their grids and parameters. */
final class Assembler {
    private static final int ROW_THREADS = 256;
    private static final int CELL_THREADS = 512;

    private final Layout layout;
    private final LaunchParts common;
    private final Products products;
    private final ScanLaunches scans;
    private final FilterLaunches filters;
    private final AttentionLaunches attention;
    private final ExpertLaunches experts;

    Assembler(Layout layout, Kernels kernels) {
        this.layout = layout;
        common = new LaunchParts(layout, kernels);
        products = new Products(layout, kernels);
        scans = new ScanLaunches(common);
        filters = new FilterLaunches(common);
        attention = new AttentionLaunches(common, filters);
        experts = new ExpertLaunches(common);
    }

    /** The work of launch {@code index}, which is no list of operators on rows. */
    Stream<Work> assemble(Schedule.Launch launch, int index) {
        return switch (launch) {
            case Schedule.Launch.RowOps _ ->
                    throw new IllegalStateException("operators on rows have their own assembly");
            case Schedule.Launch.Products(Rows rows, List<Schedule.Product> ops) ->
                    Stream.of(
                            layout.schedule().tensorCores()
                                    ? products.tensorCores(rows, ops, index)
                                    : products.single(rows, ops));
            case Schedule.Launch.Rotations(List<Op.Rotate> ops) -> Stream.of(attention.rotate(ops));
            case Schedule.Launch.Single(Op op, boolean rounds) -> single(op, rounds, index);
        };
    }

    private Stream<Work> single(Op op, boolean rounds, int index) {
        return switch (op) {
            case Op.Embed embed -> Stream.of(embed(embed));
            case Op.Fir fir -> filters.fir(fir);
            case Op.DiagonalScan scan -> Stream.of(scans.diagonal(scan));
            case Op.MatrixScan scan -> Stream.of(scans.matrix(scan));
            case Op.DeltaScan scan -> Stream.of(scans.delta(scan));
            case Op.Recurrence scan -> Stream.of(scans.recurrence(scan));
            case Op.ModalScan scan -> Stream.of(scans.modal(scan));
            case Op.PhaseScan scan -> Stream.of(scans.phase(scan));
            case Op.LogMaxScan scan -> Stream.of(scans.logMax(scan));
            case Op.WkvScan scan -> Stream.of(scans.wkv(scan));
            case Op.Delay delay -> Stream.of(filters.delay(delay));
            case Op.CellScan cell -> Stream.of(cell(cell, index));
            case Op.Attention attend -> attention.attention(attend, rounds);
            case Op.Route route -> Stream.of(experts.route(route));
            case Op.Experts some -> experts.experts(some, own(index));
            case Op.Select select -> Stream.of(select(select));
            case Op.Frames _, Op.Columns _, Op.Broadcast _ ->
                    throw new IllegalStateException("a view is no work: " + op);
            case Op.MatMul _,
                    Op.Rotate _,
                    Op.Unary _,
                    Op.Binary _,
                    Op.Norm _,
                    Op.Softmax _,
                    Op.Concat _,
                    Op.Outer _ ->
                    throw new IllegalStateException("not by itself: " + op);
        };
    }

    private Work embed(Op.Embed op) {
        Params p =
                layout.batch()
                        .address(layout.plain(op.table()))
                        .integer(0)
                        .integer(0)
                        .rows(layout.of(op.out()));
        int threads = Grid.warps(op.out().width(), ROW_THREADS);
        return new Work.Kernel(
                common.kernel("embed", "embed"), 0, p.segment(), b -> new Grid(b.rows(), threads));
    }

    private Work cell(Op.CellScan op, int index) {
        Params p =
                common.of(op.x(), op.out())
                        .address(layout.weights().address(op.recurrent(), WeightPlan.Form.ACROSS))
                        .address(layout.plain(op.bias()))
                        .address(own(index))
                        .integer(op.kind().ordinal())
                        .integer(layout.schedule().tensorCores())
                        .address(layout.state(op.state()));
        int threads = Grid.warps(op.x().width(), CELL_THREADS);
        return new Work.Kernel(
                common.kernel("cell", common.typed("cell", op.state())),
                0,
                p.segment(),
                b -> new Grid(b.entries(), threads));
    }

    private long own(int index) {
        return layout.scratchAddress() + layout.scratch().own(index);
    }

    private Work select(Op.Select op) {
        Params p = common.of(op.x(), op.out()).address(layout.state(op.carry()));
        int threads = Grid.warps(op.x().width(), ROW_THREADS);
        return new Work.Kernel(
                common.kernel("select", "select_rows"),
                0,
                p.segment(),
                b -> new Grid(b.entries(), threads));
    }
}
