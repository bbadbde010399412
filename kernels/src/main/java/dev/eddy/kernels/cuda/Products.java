package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Launches of matrix products: several over the same rows at once. */
final class Products {
    /** matmul_f32.cu: output columns and rows of a block. */
    private static final int F32_COLUMNS = 128;

    private static final int F32_ROWS = 8;

    private final Layout layout;
    private final Kernels kernels;

    Products(Layout layout, Kernels kernels) {
        this.layout = layout;
        this.kernels = kernels;
    }

    /** With float32 weights: the reference's bits. */
    Work single(Rows rows, List<Schedule.Product> products) {
        Params p = layout.batch().integer(products.size()).integer(Layout.selected(rows));
        int blocks = 0;
        for (Schedule.Product product : products) {
            Op.MatMul op = product.op();
            p.address(layout.weights().product(op.weight()))
                    .address(layout.plain(op.bias()))
                    .rows(layout.of(op.x()))
                    .rows(layout.of(op.out()))
                    .integer(blocks)
                    .integer(0);
            blocks += Grid.cover(op.out().width(), F32_COLUMNS);
        }
        int columns = blocks;
        return new Work.Kernel(
                kernels.of("matmul_f32", "matmul_f32"),
                0,
                p.padded(full(56, 56, 8)),
                b -> new Grid(columns, Grid.cover(b.rows(rows), F32_ROWS), F32_COLUMNS));
    }

    /** Bytes of a struct that ends in {@code count} elements of {@code each} bytes. */
    private static int full(int batch, int each, int count) {
        return batch + 8 + each * count;
    }

    /** On the tensor cores, with weights of bfloat16 or eight bits: launch {@code index}. */
    Work tensorCores(Rows rows, List<Schedule.Product> inOrder, int index) {
        // Those that wait for nobody first; then those that end with a function: their blocks take
        // longer, and others would wait for them.
        List<Schedule.Product> products =
                inOrder.stream()
                        .sorted(
                                Comparator.comparing((Schedule.Product p) -> p.since() == index)
                                        .thenComparing(product -> product.after() == null))
                        .toList();
        ProductShape shape = ProductShape.of(products, layout.weights().products());
        Map<ProductBlock, Work> works = new HashMap<>();
        return new Work.Variant(b ->
                works.computeIfAbsent(
                        ProductChoice.of(shape, b.rows(rows), layout.groups().of(rows, b), kernels),
                        block -> tensorCores(rows, products, index, block)));
    }

    private Work tensorCores(
            Rows rows, List<Schedule.Product> products, int index, ProductBlock block) {
        Params p =
                layout.batch()
                        .integer(products.size())
                        .integer(Layout.selected(rows))
                        .integer(block.stages())
                        .integer(block.ending())
                        .integer(block.held())
                        .integer(layout.schedule().signals(index) ? index + 1 : 0);
        WeightPlan.Form form = layout.weights().products();
        int blocks = 0;
        for (Schedule.Product product : products) {
            Op.MatMul op = product.op();
            long tilesBefore = (long) product.from() / ProductBlock.TILE_M * Scratch.tiles(op.x());
            long outputsBefore = 4L * product.from();
            p.address(layout.weights().product(op.weight()) + tilesBefore * form.tileBytes())
                    .address(layout.fragments(op.x()))
                    .address(op.bias() == null ? 0 : layout.plain(op.bias()) + outputsBefore)
                    .rows(layout.result(product.out()))
                    .integer(Scratch.tiles(op.x()))
                    .integer(blocks);
            next(p, product.out(), product.next());
            p.integer(product.after() == null ? -1 : product.after().function().ordinal())
                    .integer(product.since() < index ? product.since() + 1 : 0)
                    .address(
                            form.hasScales()
                                    ? layout.weights().scales(op.weight()) + outputsBefore
                                    : 0);
            blocks += Grid.cover(op.out().width(), block.outputs());
        }
        int columns = blocks;
        return new Work.Kernel(
                kernels.of(block.file(), block.name()),
                block.sharedBytes(form),
                block.sharing(),
                p.padded(full(72, 80, 8)),
                b ->
                        new Grid(
                                Grid.cover(b.rows(rows), block.rows()),
                                columns,
                                block.sharing(),
                                block.threads()));
    }

    private void next(Params p, Value out, @Nullable Value next) {
        if (next == null) {
            p.address(0).integer(0).integer(0);
            return;
        }
        int from = (int) ((layout.of(next).address() - layout.of(out).address()) / 4);
        p.address(layout.fragments(next)).integer(from).integer(next.width());
    }
}
