package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import java.util.List;

/** Launches of matrix products: several over the same rows at once. */
final class Products {
    /** matmul_f32.cu: output columns and rows of a block. */
    private static final int F32_COLUMNS = 128;

    private static final int F32_ROWS = 8;

    /** matmul_bf16.cu: warps of a block, outputs of a tile. */
    private static final int WARPS = 4;

    private static final int TILE_M = 16;

    private final Layout layout;
    private final Kernels kernels;

    Products(Layout layout, Kernels kernels) {
        this.layout = layout;
        this.kernels = kernels;
    }

    /** With float32 weights: the reference's bits. */
    Work single(Rows rows, List<Op.MatMul> ops) {
        Params p = layout.batch().integer(ops.size()).integer(Layout.selected(rows));
        int blocks = 0;
        for (Op.MatMul op : ops) {
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

    /** With bfloat16 weights, on the tensor cores. */
    Work half(Rows rows, List<Op.MatMul> ops) {
        Work eight = half(rows, ops, "matmul_bf16_8", 1, 1);
        Work sixteen = half(rows, ops, "matmul_bf16_16", 1, 2);
        Work thirtyTwo = half(rows, ops, "matmul_bf16_32", 1, 4);
        Work sixtyFour = half(rows, ops, "matmul_bf16_64", 1, 8);
        Work more = half(rows, ops, "matmul_bf16_64x2", 2, 8);
        return new Work.Variant(b -> {
            int count = b.rows(rows);
            return count <= 8
                    ? eight
                    : count <= 16
                            ? sixteen
                            : count <= 32 ? thirtyTwo : count <= 64 ? sixtyFour : more;
        });
    }

    private Work half(Rows rows, List<Op.MatMul> ops, String name, int m, int n) {
        Params p = layout.batch().integer(ops.size()).integer(Layout.selected(rows));
        int blocks = 0;
        for (Op.MatMul op : ops) {
            p.address(layout.weights().product(op.weight()))
                    .address(layout.fragments(op.x()))
                    .address(layout.plain(op.bias()))
                    .rows(layout.of(op.out()))
                    .integer(Scratch.tiles(op.x()))
                    .integer(blocks);
            blocks += Grid.cover(op.out().width(), WARPS * m * TILE_M);
        }
        int columns = blocks;
        return new Work.Kernel(
                kernels.of("matmul_bf16", name),
                0,
                p.padded(full(56, 48, 8)),
                b -> new Grid(columns, Grid.cover(b.rows(rows), 8 * n), 32 * WARPS));
    }
}
