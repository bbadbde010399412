package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import java.util.List;

/**
 * The products of a launch, at least one.
 *
 * @param form of their weights
 */
record ProductShape(List<Matrix> matrices, WeightPlan.Form form) {
    /** A product's outputs and k-tiles. */
    record Matrix(int outputs, int tiles) {}

    /** Of a launch. */
    static ProductShape of(List<Schedule.Product> products, WeightPlan.Form form) {
        return new ProductShape(
                products.stream()
                        .map(product ->
                                new Matrix(product.out().width(), Scratch.tiles(product.op().x())))
                        .toList(),
                form);
    }

    /** Blocks of so many outputs. */
    int blocks(int outputs) {
        return matrices.stream().mapToInt(m -> Grid.cover(m.outputs(), outputs)).sum();
    }

    int outputs() {
        return matrices.stream().mapToInt(Matrix::outputs).sum();
    }

    /** k-tiles of the deepest. */
    int tiles() {
        return matrices.stream().mapToInt(Matrix::tiles).max().orElseThrow();
    }

    private int fewestTiles() {
        return matrices.stream().mapToInt(Matrix::tiles).min().orElseThrow();
    }

    /** Whether some have at most so many k-tiles, and others more. */
    boolean mixes(int tiles) {
        return fewestTiles() <= tiles && tiles < tiles();
    }

    /** Those of more than so many k-tiles. */
    ProductShape deeperThan(int tiles) {
        return new ProductShape(matrices.stream().filter(m -> m.tiles() > tiles).toList(), form);
    }

    /** What the names of kernels begin with. */
    String weights() {
        return switch (form) {
            case BYTES -> "matmul_int8";
            case EIGHTS -> "matmul_fp8";
            default -> "matmul_bf16";
        };
    }

    /** k-tiles of a segment of so many in all. */
    private static int segment(int tiles) {
        return Math.ceilDiv(Math.ceilDiv(tiles, ProductBlock.SEGMENTS), ProductBlock.CHUNK)
                * ProductBlock.CHUNK;
    }

    /** Blocks that can share each depth: each needs a segment. */
    int mostSharing() {
        int tiles = fewestTiles();
        return Integer.highestOneBit(Math.ceilDiv(tiles, segment(tiles)));
    }

    /** The most k-tiles that one of {@code sharing} blocks has. */
    int deepest(int sharing) {
        int tiles = tiles();
        int segments = Math.ceilDiv(Math.ceilDiv(tiles, segment(tiles)), sharing);
        return Math.min(tiles, segments * segment(tiles));
    }
}
