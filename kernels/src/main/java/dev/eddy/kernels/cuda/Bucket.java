package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Rows;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A range of batch sizes that one recorded graph serves: the sizes for which it launches blocks.
 * There are few enough to record all of them when a program is compiled: steps of one row an entry
 * have buckets of close fit; where more rows are absorbed, entries and selected rows, which then
 * cost little, are rounded to few sizes.
 *
 * @param entries most entries
 * @param rows most rows
 * @param selected most selected rows; 0 where the output is left out
 * @param single whether no entry has more than one element
 */
record Bucket(int entries, int rows, int selected, boolean single) {
    private static final int FEW = 8;

    private static final int MANY = 64;

    /** The bucket of a step's sizes; one of {@link #all}. */
    static Bucket of(Step step, CompileOptions options) {
        return of(step.entries(), step.rows(), step.selected(), isSingle(step), options);
    }

    static Bucket of(int entries, int rows, int selected, boolean single, CompileOptions options) {
        int most = Math.max(entries, Math.max(rows, selected));
        if (single && selected > 0 && Math.max(rows, selected) <= entries) {
            int size = round(most, options.maxEntries());
            return new Bucket(
                    size,
                    Math.min(size, options.maxRows()),
                    Math.min(size, options.maxSelected()),
                    true);
        }
        return coarse(entries, round(Math.max(rows, FEW), options.maxRows()), selected, options);
    }

    private static Bucket coarse(int entries, int rows, int selected, CompileOptions options) {
        return new Bucket(
                Math.min(entries <= FEW ? FEW : options.maxEntries(), options.maxEntries()),
                rows,
                Math.min(selected == 0 ? 0 : cover(selected, options), options.maxSelected()),
                false);
    }

    /** Few sizes, one for each block that products of selected rows can have. */
    private static int cover(int selected, CompileOptions options) {
        return selected > MANY
                ? options.maxSelected()
                : Math.max(FEW, RowGroups.covering(selected));
    }

    private static boolean isSingle(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.length(e) > 1) {
                return false;
            }
        }
        return true;
    }

    /** Every bucket that a step can have. */
    static Set<Bucket> all(CompileOptions options) {
        Set<Bucket> all = new LinkedHashSet<>();
        for (int size = 1; ; size = next(size)) {
            int entries = Math.min(size, options.maxEntries());
            int rows = Math.min(entries, options.maxRows());
            all.add(of(entries, rows, Math.min(entries, options.maxSelected()), true, options));
            if (size >= options.maxEntries()) {
                break;
            }
        }
        for (int size = FEW; ; size = next(size)) {
            int rows = Math.min(size, options.maxRows());
            for (int entries : new int[] {FEW, options.maxEntries()}) {
                all.add(coarse(entries, rows, 0, options));
                for (int selected = FEW; selected <= 2 * MANY; selected *= 2) {
                    all.add(coarse(entries, rows, selected, options));
                }
            }
            if (size >= options.maxRows()) {
                break;
            }
        }
        return all;
    }

    /**
     * Powers of two and, from 8 on, the numbers half way between them, and those that one or two
     * groups of 160 rows have.
     */
    private static int round(int count, int most) {
        int size = 1;
        while (size < count) {
            size = next(size);
        }
        return Math.min(size, most);
    }

    private static int next(int size) {
        if (size == 2 * MANY || size == 4 * MANY) {
            return size / 4 * 5;
        }
        if (size == RowGroups.TALL || size == 2 * RowGroups.TALL) {
            return size / 5 * 6;
        }
        int power = Integer.highestOneBit(size);
        if (size > power) {
            return 2 * power;
        }
        return power >= FEW ? power / 2 * 3 : 2 * power;
    }

    /** Whose order of launches it takes. */
    StepKind kind() {
        if (!single) {
            return StepKind.SEVERAL;
        }
        return rows == 1 ? StepKind.ONE : StepKind.SINGLE;
    }

    /** Most rows of a kind. */
    int rows(Rows kind) {
        return kind == Rows.ALL ? rows : selected;
    }
}
