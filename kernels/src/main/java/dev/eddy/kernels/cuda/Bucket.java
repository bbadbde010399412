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

    private static Bucket of(
            int entries, int rows, int selected, boolean single, CompileOptions options) {
        int most = Math.max(entries, Math.max(rows, selected));
        if (single && selected > 0 && Math.max(rows, selected) <= entries) {
            int size = round(most, options.maxEntries());
            return new Bucket(
                    size,
                    Math.min(size, options.maxRows()),
                    Math.min(size, options.maxSelected()),
                    true);
        }
        return new Bucket(
                coarse(entries, false, options.maxEntries()),
                round(Math.max(rows, FEW), options.maxRows()),
                coarse(selected, true, options.maxSelected()),
                false);
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
            all.add(of(entries, 0, Math.min(entries, options.maxSelected()), true, options));
            if (size >= options.maxEntries()) {
                break;
            }
        }
        for (int size = FEW; ; size = next(size)) {
            for (int entries : new int[] {FEW, options.maxEntries()}) {
                for (int selected : new int[] {0, FEW, MANY, options.maxSelected()}) {
                    all.add(
                            new Bucket(
                                    coarse(entries, false, options.maxEntries()),
                                    round(size, options.maxRows()),
                                    coarse(selected, true, options.maxSelected()),
                                    false));
                }
            }
            if (size >= options.maxRows()) {
                break;
            }
        }
        return all;
    }

    /** 0 where that tells something, few, many or all. */
    private static int coarse(int count, boolean zero, int most) {
        if (zero && count == 0) {
            return 0;
        }
        int size = count <= FEW ? FEW : count <= MANY && zero ? MANY : most;
        return Math.min(size, most);
    }

    /** Powers of two and, from 8 on, the numbers half way between them. */
    private static int round(int count, int most) {
        int size = 1;
        while (size < count) {
            size = next(size);
        }
        return Math.min(size, most);
    }

    private static int next(int size) {
        int power = Integer.highestOneBit(size);
        if (size > power) {
            return 2 * power;
        }
        return power >= FEW ? power / 2 * 3 : 2 * power;
    }

    /** Most rows of a kind. */
    int rows(Rows kind) {
        return kind == Rows.ALL ? rows : selected;
    }
}
