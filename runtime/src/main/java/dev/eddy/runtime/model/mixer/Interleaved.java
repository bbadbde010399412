package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.Arrays;

/**
 * Matrices whose rows the file keeps group by group, taken apart so that each part is one block.
 */
public final class Interleaved {
    private Interleaved() {}

    /**
     * The matrix {@code local} [G (w_1 + ... + w_n), K], stored as the rows of w_1 to w_n of each
     * of {@code groups} groups in turn, with the G w_1 rows of the first part first, then those of
     * the next.
     *
     * @param columns K
     * @param widths w_1 to w_n
     */
    public static Weight rows(
            ModelBuilder m, String local, int groups, int columns, int... widths) {
        long rows = (long) groups * Arrays.stream(widths).sum();
        return m.derived(
                "parts of " + groups + " groups " + Arrays.toString(widths),
                Shape.of(rows, columns),
                from -> apart(from[0], groups, columns, widths),
                m.stored(local, rows, columns));
    }

    private static float[] apart(float[] stored, int groups, int columns, int[] widths) {
        float[] parts = new float[stored.length];
        int group = stored.length / groups;
        int at = 0;
        int offset = 0;
        for (int width : widths) {
            int length = width * columns;
            for (int g = 0; g < groups; g++) {
                System.arraycopy(stored, g * group + offset, parts, at, length);
                at += length;
            }
            offset += length;
        }
        return parts;
    }
}
