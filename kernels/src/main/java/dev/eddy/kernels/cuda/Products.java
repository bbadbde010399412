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

    /** product.cuh: columns of a tile along the depth, and segments of a depth at most. */
    private static final int TILE_K = 16;

    private static final int SEGMENTS = 4;

    /** fragments.cuh: k-tiles of a chunk of weights. */
    private static final int CHUNK = 8;

    /**
     * Blocks that run at the same time in clusters, one a multiprocessor, on an H100 or H200: not
     * all of the 132, as a cluster keeps to a part of the chip. Figures of others lead to the same
     * bits.
     */
    private static final int CLUSTERED = 120;

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
     * A block of matmul_bf16.cu or matmul_wgmma.cu, as its kernels are instantiated there.
     *
     * @param outputs of a block
     * @param rows of a block
     * @param turns whether warps take a depth's segments in turns
     * @param threads of a block
     * @param depth k-tiles of a stage
     * @param stages in shared memory
     */
    private record Block(
            String file, String name, int outputs, int rows, boolean turns, int threads, int depth, int stages) {
        static final Block EIGHT = mma("_8", 16, 8, true, 160, 8, 12);
        static final Block SIXTEEN = mma("_16", 16, 16, true, 160, 8, 8);
        static final Block THIRTY_TWO = mma("_32", 16, 32, true, 160, 8, 8);
        static final Block NARROW = mma("_64_narrow", 32, 64, false, 320, 8, 4);
        static final Block SIXTY_FOUR = mma("_64", 64, 64, false, 384, 8, 3);
        static final Block FEW_OF_MORE = mma("_128_narrow", 64, 128, false, 384, 8, 4);
        static final Block MORE = mma("_128", 128, 128, false, 544, 8, 3);
        static final Block WARPGROUPS = wgmma("wgmma_64", 128, 64, 4);
        static final Block WARPGROUPS_OF_MORE = wgmma("wgmma_128", 128, 128, 3);

        private static Block mma(
                String suffix, int outputs, int rows, boolean turns, int threads, int depth, int stages) {
            return new Block("matmul_bf16", suffix, outputs, rows, turns, threads, depth, stages);
        }

        private static Block wgmma(String name, int outputs, int rows, int stages) {
            return new Block("matmul_wgmma", name, outputs, rows, false, 384, CHUNK, stages);
        }

        String kernel(WeightPlan.Form form) {
            return name.startsWith("_") ? Products.kernel(form) + name : name;
        }

        /** The ring of stages, and a sum of each segment where several warps share the depth. */
        int sharedBytes(int weightBytes) {
            int ring = stages * depth * TILE_K * (outputs * weightBytes + rows * 2);
            return ring + (turns ? SEGMENTS * (outputs + 4) * rows * 4 : 0);
        }
    }

    /** On the tensor cores, with weights of bfloat16 or eight bits. */
    Work tensorCores(Rows rows, List<Schedule.Product> products) {
        boolean warpgroups =
                kernels.haveWarpgroups() && layout.weights().products() == WeightPlan.Form.FRAGMENTS;
        Work eight = tensorCores(rows, products, Block.EIGHT, 1);
        Work sixteen = tensorCores(rows, products, Block.SIXTEEN, 1);
        Work thirtyTwo = tensorCores(rows, products, Block.THIRTY_TWO, 1);
        Work sixtyFour = sharing(rows, products, warpgroups ? Block.WARPGROUPS : Block.SIXTY_FOUR, 64);
        Block more = warpgroups ? Block.WARPGROUPS_OF_MORE : Block.MORE;
        Work some = sharing(rows, products, more, 128);
        Work many = sharing(rows, products, more, 1024);
        return new Work.Variant(b ->
                switch (Bucket.group(b.rows(rows))) {
                    case 8 -> eight;
                    case 16 -> sixteen;
                    case 32 -> thirtyTwo;
                    case 64 -> sixtyFour;
                    default -> b.rows(rows) <= 384 ? some : many;
                });
    }

    /** As many blocks to a depth as run at the same time. */
    private Work sharing(Rows rows, List<Schedule.Product> products, Block block, int most) {
        int blocks = Grid.cover(most, block.rows());
        int all = 0;
        int segments = SEGMENTS;
        for (Schedule.Product product : products) {
            all += blocks * Grid.cover(product.out().width(), block.outputs());
            segments = Math.min(segments, segments(Scratch.tiles(product.op().x())));
        }
        int sharing = 1;
        while (2 * sharing <= Math.min(4, segments) && kernels.haveClusters() && 2 * sharing * all <= CLUSTERED) {
            sharing *= 2;
        }
        return tensorCores(rows, products, block, sharing);
    }

    /** Segments of a depth of so many k-tiles. */
    private static int segments(int tiles) {
        return Math.ceilDiv(tiles, Math.ceilDiv(Math.ceilDiv(tiles, SEGMENTS), CHUNK) * CHUNK);
    }

    private Work tensorCores(
            Rows rows, List<Schedule.Product> products, Block block, int sharing) {
        Params p =
                layout.batch()
                        .integer(products.size())
                        .integer(Layout.selected(rows))
                        .integer(block.stages())
                        .integer(0);
        WeightPlan.Form form = layout.weights().products();
        int blocks = 0;
        for (Schedule.Product product : products) {
            Op.MatMul op = product.op();
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
                kernels.of(block.file(), block.kernel(form)),
                block.sharedBytes(form.hasScales() ? 1 : 2),
                sharing,
                p.padded(full(64, 80, 8)),
                b ->
                        new Grid(
                                Grid.cover(b.rows(rows), block.rows()),
                                columns,
                                sharing,
                                block.threads()));
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
