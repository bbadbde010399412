package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import java.util.List;

/**
 * The products of a launch.
 *
 * @param widths outputs of each
 * @param tiles k-tiles of the one with the fewest
 * @param form of their weights
 */
record ProductShape(List<Integer> widths, int tiles, WeightPlan.Form form) {
    /** Of a launch. */
    static ProductShape of(List<Schedule.Product> products, WeightPlan.Form form) {
        return new ProductShape(
                products.stream().map(product -> product.out().width()).toList(),
                products.stream()
                        .mapToInt(product -> Scratch.tiles(product.op().x()))
                        .min()
                        .orElseThrow(),
                form);
    }

    /** Blocks of so many outputs. */
    int blocks(int outputs) {
        return widths.stream().mapToInt(width -> Grid.cover(width, outputs)).sum();
    }

    int outputs() {
        return widths.stream().mapToInt(Integer::intValue).sum();
    }

    /** What the names of kernels begin with. */
    String weights() {
        return switch (form) {
            case BYTES -> "matmul_int8";
            case EIGHTS -> "matmul_fp8";
            default -> "matmul_bf16";
        };
    }

    /** k-tiles of a segment. */
    private int segment() {
        return Math.ceilDiv(Math.ceilDiv(tiles, ProductBlock.SEGMENTS), ProductBlock.CHUNK)
                * ProductBlock.CHUNK;
    }

    /** Blocks that can share a depth: each needs a segment. */
    int mostSharing() {
        return Integer.highestOneBit(Math.ceilDiv(tiles, segment()));
    }

    /** The most k-tiles that one of {@code sharing} blocks has. */
    int deepest(int sharing) {
        int segments = Math.ceilDiv(Math.ceilDiv(tiles, segment()), sharing);
        return Math.min(tiles, segments * segment());
    }
}
