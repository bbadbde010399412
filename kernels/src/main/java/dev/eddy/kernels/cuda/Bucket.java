package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Rows;

/**
 * A range of batch sizes that one recorded graph serves: the sizes for which it launches blocks.
 *
 * @param entries most entries
 * @param rows most rows
 * @param selected most selected rows
 * @param single whether no entry has more than one element
 */
record Bucket(int entries, int rows, int selected, boolean single) {
    /** The bucket of a step's sizes. */
    static Bucket of(Step step, CompileOptions options) {
        return new Bucket(
                round(step.entries(), options.maxEntries()),
                round(step.rows(), options.maxRows()),
                round(step.selected(), options.maxSelected()),
                isSingle(step));
    }

    private static boolean isSingle(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.length(e) > 1) {
                return false;
            }
        }
        return true;
    }

    /** Powers of two and, from 8 on, the numbers half way between them. */
    private static int round(int count, int most) {
        if (count <= 1) {
            return count;
        }
        int power = Integer.highestOneBit(count - 1) * 2;
        int between = power / 4 * 3;
        return Math.min(power > 8 && count <= between ? between : power, most);
    }

    /** Most rows of a kind. */
    int rows(Rows kind) {
        return kind == Rows.ALL ? rows : selected;
    }
}
