package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the operators their addresses within which rows of different entries share matrix products:
 * cells and experts. Their intermediate results lie in memory that all layers share.
 */
final class SharedAssembler {
    private final RowAssembler rowOps;
    private final SlotLayout slots;
    private final CompileOptions options;
    private final CpuKernels kernels;
    private final Resources resources;

    SharedAssembler(
            RowAssembler rowOps,
            SlotLayout slots,
            CompileOptions options,
            CpuKernels kernels,
            Resources resources) {
        this.rowOps = rowOps;
        this.slots = slots;
        this.options = options;
        this.kernels = kernels;
        this.resources = resources;
    }

    private MatrixType type(Weight weight) {
        return options.weights().matrix(weight);
    }

    /** Rows of floats, padded to whole panels. */
    private Place rows(String name, long count, int width) {
        long stride = PackedWeight.Taps.rowBytes(width);
        return new Place(resources.work(name, Math.multiplyExact(stride, count)), stride);
    }

    /** The matrices of a weight [count, N, K]. */
    private List<Panels> matrices(Weight weight) {
        PackedWeight.Matrix form = kernels.form(weight, type(weight));
        long address = resources.weight(form);
        List<Panels> matrices = new ArrayList<>();
        for (int i = 0; i < weight.shape().size(0); i++) {
            matrices.add(kernels.panels(form, type(weight), address + i * form.matrixBytes()));
        }
        return matrices;
    }

    /** What computes a cell. */
    List<Passage.Plan> cell(Op.CellScan op) {
        int hidden = op.out().width();
        int gates = op.kind().gates();
        Weight all = op.recurrent();
        // By gates, so that the panels of each begin with its first channel.
        Weight byGate =
                new Weight(
                        all.id(),
                        all.name(),
                        Shape.of(gates, hidden, hidden),
                        all.stored(),
                        all.source());
        RowForm form = kernels.rows(type(all), hidden);
        List<Place> places = new ArrayList<>();
        for (int gate = 0; gate < gates; gate++) {
            places.add(rows("cell gate " + gate, options.maxEntries(), hidden));
        }
        CellStages.Arguments arguments =
                new CellStages.Arguments(
                        op.kind(),
                        rowOps.place(op.x()),
                        rowOps.row(op.bias()),
                        rowOps.place(op.out()),
                        hidden,
                        slots.tiles(op.state()),
                        matrices(byGate),
                        places,
                        rows("cell states", options.maxEntries(), hidden),
                        form,
                        resources.packed(0, form, options.maxEntries()));
        return List.of(
                once(new CellStages.Mask(arguments)),
                new Passage.Plan(
                        regions(new CellStages.Pack(arguments), new CellStages.Gates(arguments)),
                        true));
    }

    /** What computes a mixture of experts. */
    List<Passage.Plan> experts(Op.Experts op) {
        Rows kind = op.x().rows();
        int maxRows = kind == Rows.ALL ? options.maxRows() : options.maxSelected();
        int count = op.routes().width() / 2;
        int choices = Math.multiplyExact(maxRows, count);
        int up = op.up().shape().size(1);
        int inner = op.down().shape().size(2);
        int width = op.out().width();
        Place routes = rowOps.place(op.routes());
        Place upper = rows("experts up", choices, up);
        Place hidden = rows("experts hidden", choices, inner);
        Place lower = rows("experts down", choices, width);
        ExpertStages.Group group =
                new ExpertStages.Group(routes, kind, count, op.up().shape().size(0), maxRows);
        return List.of(
                once(group),
                once(product(group, true, rowOps.place(op.x()), op.up(), upper)),
                once(
                        new ExpertStages.Activate(
                                group, op.activation(), op.gated(), upper, hidden, inner)),
                once(product(group, false, hidden, op.down(), lower)),
                once(new ExpertStages.Sum(group, routes, lower, rowOps.place(op.out()), width)));
    }

    private ExpertStages.Product product(
            ExpertStages.Group group, boolean byRow, Place x, Weight weight, Place out) {
        int columns = weight.shape().size(1);
        int width = weight.shape().size(2);
        RowForm form = kernels.rows(type(weight), width);
        List<Place> gathered = new ArrayList<>();
        List<Place> made = new ArrayList<>();
        List<PackedRows> packed = new ArrayList<>();
        for (int i = 0; i < options.threads(); i++) {
            gathered.add(rows("experts rows of worker " + i, ExpertStages.TILE, width));
            made.add(rows("experts products of worker " + i, ExpertStages.TILE, columns));
            packed.add(resources.packed(i, form, ExpertStages.TILE));
        }
        return new ExpertStages.Product(
                new ExpertStages.Arguments(
                        group,
                        byRow,
                        x,
                        width,
                        matrices(weight),
                        out,
                        columns,
                        gathered,
                        form,
                        packed,
                        made));
    }

    private static Passage.Plan once(Stage stage) {
        return new Passage.Plan(regions(stage), false);
    }

    /** Stages each of which is a region. */
    private static List<Stage[]> regions(Stage... stages) {
        List<Stage[]> regions = new ArrayList<>();
        for (Stage stage : stages) {
            regions.add(new Stage[] {stage});
        }
        return regions;
    }
}
