package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Launches of matrix products: several over the same rows at once. */
final class Products {
    /** matmul_f32.cu: output columns and rows of a block. */
    private static final int F32_COLUMNS = 128;

    private static final int F32_ROWS = 8;

    /** matmul_bf16.cu: the instruction's tile of outputs, rows and depth. */
    private static final int TILE_M = 16;

    private static final int TILE_N = 8;
    private static final int TILE_K = 16;

    /** k-tiles of a segment of a sum. */
    private static final int SEGMENT = 16;

    /** Outputs from which on 64 rows are faster in blocks that share more of the weights. */
    private static final int WIDE = 8192;

    /** The same of more rows. */
    private static final int WIDE_OF_MORE = 4096;

    /** Of an H100 or H200; figures of others lead to the same bits. */
    private static final int MULTIPROCESSORS = 132;

    private static final int MULTIPROCESSOR_BYTES = 226 << 10;

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

    /**
     * A block of matmul_bf16.cu, as its kernels are instantiated there: warps along outputs, rows
     * and depth, tiles of a warp along outputs and rows, k-tiles of a stage; and how many stages it
     * gets. A warp more copies.
     */
    private record Block(
            String suffix, int wm, int wn, int wk, int m, int n, int depth, int stages) {
        static final Block EIGHT = new Block("_8", 1, 1, 4, 1, 1, 16, 4);
        static final Block EIGHT_OF_FEW = new Block("_8", 1, 1, 4, 1, 1, 16, 8);
        static final Block SIXTEEN = new Block("_16", 1, 1, 4, 1, 2, 16, 4);
        static final Block THIRTY_TWO = new Block("_32", 1, 2, 1, 1, 2, 16, 4);
        static final Block NARROW = new Block("_64_narrow", 2, 4, 1, 1, 2, 8, 4);
        static final Block SIXTY_FOUR = new Block("_64", 2, 4, 1, 2, 2, 8, 3);
        static final Block FEW_OF_MORE = new Block("_128_narrow", 2, 4, 1, 2, 4, 8, 4);
        static final Block MORE = new Block("_128", 4, 4, 1, 2, 4, 8, 3);

        int outputs() {
            return wm * m * TILE_M;
        }

        int rows() {
            return wn * n * TILE_N;
        }

        int threads() {
            return 32 * (wm * wn * wk + 1);
        }

        /** The ring of stages, and a sum of each segment where several warps share the depth. */
        int sharedBytes(int tiles, int weightBytes) {
            int ring = stages * depth * TILE_K * (outputs() * weightBytes + rows() * 2);
            return ring + (wk == 1 ? 0 : Math.ceilDiv(tiles, SEGMENT) * outputs() * rows() * 4);
        }
    }

    /** On the tensor cores, with weights of bfloat16 or eight bits. */
    Work tensorCores(Rows rows, List<Schedule.Product> products) {
        Work eight =
                tensorCores(rows, products, areFew(products) ? Block.EIGHT_OF_FEW : Block.EIGHT);
        Work sixteen = tensorCores(rows, products, Block.SIXTEEN);
        Work thirtyTwo = tensorCores(rows, products, Block.THIRTY_TWO);
        int outputs = products.stream().mapToInt(product -> product.out().width()).sum();
        Work sixtyFour =
                tensorCores(rows, products, outputs < WIDE ? Block.NARROW : Block.SIXTY_FOUR);
        Work more =
                tensorCores(
                        rows, products, outputs < WIDE_OF_MORE ? Block.FEW_OF_MORE : Block.MORE);
        return new Work.Variant(b ->
                switch (Bucket.group(b.rows(rows))) {
                    case 8 -> eight;
                    case 16 -> sixteen;
                    case 32 -> thirtyTwo;
                    case 64 -> sixtyFour;
                    default -> more;
                });
    }

    /** Whether two blocks of eight stages a multiprocessor take them all. */
    private static boolean areFew(List<Schedule.Product> products) {
        int blocks = 0;
        int tiles = 0;
        for (Schedule.Product product : products) {
            blocks += Grid.cover(product.out().width(), Block.EIGHT_OF_FEW.outputs());
            tiles = Math.max(tiles, Scratch.tiles(product.op().x()));
        }
        return blocks <= 2 * MULTIPROCESSORS
                && Block.EIGHT_OF_FEW.sharedBytes(tiles, 2) <= MULTIPROCESSOR_BYTES / 2;
    }

    private Work tensorCores(Rows rows, List<Schedule.Product> products, Block block) {
        Params p =
                layout.batch()
                        .integer(products.size())
                        .integer(Layout.selected(rows))
                        .integer(block.stages())
                        .integer(0);
        WeightPlan.Form form = layout.weights().products();
        int blocks = 0;
        int tiles = 0;
        for (Schedule.Product product : products) {
            Op.MatMul op = product.op();
            tiles = Math.max(tiles, Scratch.tiles(op.x()));
            p.address(layout.weights().product(op.weight()))
                    .address(layout.fragments(op.x()))
                    .address(layout.plain(op.bias()))
                    .rows(result(product.out()))
                    .integer(Scratch.tiles(op.x()))
                    .integer(blocks);
            next(p, product.out(), product.next());
            p.integer(product.after() == null ? -1 : product.after().function().ordinal())
                    .integer(0)
                    .address(form.hasScales() ? layout.weights().scales(op.weight()) : 0);
            blocks += Grid.cover(op.out().width(), block.outputs());
        }
        int columns = blocks;
        return new Work.Kernel(
                kernels.of("matmul_bf16", kernel(form) + block.suffix()),
                block.sharedBytes(tiles, form.hasScales() ? 1 : 2),
                p.padded(full(64, 80, 8)),
                b -> new Grid(Grid.cover(b.rows(rows), block.rows()), columns, block.threads()));
    }

    private static String kernel(WeightPlan.Form form) {
        return switch (form) {
            case BYTES -> "matmul_int8";
            case EIGHTS -> "matmul_fp8";
            default -> "matmul_bf16";
        };
    }

    /** Where a result goes that others read than products. */
    private Place result(Value out) {
        Place place = layout.of(out);
        return layout.scratch().outlives(out) ? place : new Place(0, 0, place.width());
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
