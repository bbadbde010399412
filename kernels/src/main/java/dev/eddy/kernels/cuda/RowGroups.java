package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Rows;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many rows lie side by side as fragments (fragments.cuh), which is as many as one block of a
 * product takes: a power of two up to 128, or 160 where a bucket's rows come in such groups and its
 * products are faster so together.
 */
final class RowGroups {
    /** fragments.cuh: 160 rows, and their kind. */
    static final int TALL = 160;

    private static final int KIND_OF_TALL = 8;

    /** Rows that one or two groups have; with more, groups of 128 waste no more. */
    private static final int MOST = 2 * TALL;

    private final Map<Rows, List<ProductShape>> shapes;
    private final Kernels kernels;
    private final boolean possible;
    private final Map<Chosen, Integer> chosen = new HashMap<>();

    /** What is chosen for: all of a program's launches of products ask the same. */
    private record Chosen(Rows kind, int rows) {}

    private RowGroups(Map<Rows, List<ProductShape>> shapes, Kernels kernels, boolean possible) {
        this.shapes = shapes;
        this.kernels = kernels;
        this.possible = possible;
    }

    /** Those of a program's launches of products. */
    static RowGroups of(Schedule schedule, WeightPlan.Form form, Kernels kernels) {
        Map<Rows, List<ProductShape>> shapes = new EnumMap<>(Rows.class);
        for (Rows rows : Rows.values()) {
            shapes.put(
                    rows,
                    schedule.launches().stream()
                            .filter(launch -> launch instanceof Schedule.Launch.Products)
                            .map(launch -> (Schedule.Launch.Products) launch)
                            .filter(launch -> launch.rows() == rows)
                            .map(launch -> ProductShape.of(launch.products(), form))
                            .toList());
        }
        return new RowGroups(
                shapes,
                kernels,
                schedule.tensorCores() && !form.hasScales() && kernels.haveWarpgroups());
    }

    /** Rows of a group of a bucket. */
    int of(Rows kind, Bucket bucket) {
        return chosen.computeIfAbsent(new Chosen(kind, bucket.rows(kind)), this::choose);
    }

    private int choose(Chosen of) {
        Rows kind = of.kind();
        int rows = of.rows();
        boolean fits = rows > 128 && rows <= TALL || rows > 256 && rows <= MOST;
        if (possible && fits && cost(kind, rows, TALL) < cost(kind, rows, 128)) {
            return TALL;
        }
        return Math.min(128, covering(rows));
    }

    /** The least power of two that is not less. */
    static int covering(int rows) {
        return Math.max(1, Integer.highestOneBit(2 * rows - 1));
    }

    private double cost(Rows kind, int rows, int group) {
        return Objects.requireNonNull(shapes.get(kind)).stream()
                .mapToDouble(shape -> ProductChoice.microseconds(shape, rows, group, kernels))
                .sum();
    }

    /** What a step's counts say of its groups (batch.cuh): of all rows, then of selected ones. */
    int kinds(Bucket bucket) {
        return kind(of(Rows.ALL, bucket)) | kind(of(Rows.SELECTED, bucket)) << Short.SIZE;
    }

    private static int kind(int group) {
        return group == TALL ? KIND_OF_TALL : Integer.numberOfTrailingZeros(group);
    }
}
