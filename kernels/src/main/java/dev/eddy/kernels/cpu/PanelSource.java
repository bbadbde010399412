package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;

/** Reads a matrix [N, K] panel by panel, a few rows of the checkpoint at a time. */
final class PanelSource {
    private static final int DEPTH = 256;

    private PanelSource() {}

    /** Takes one element. */
    interface Sink {
        void put(long panel, int depth, int column, float value);
    }

    /**
     * Hands all elements to {@code sink}: the panel's columns of one depth, then the next depth.
     * The panels of matrices [count, N, K] are counted on from one matrix to the next.
     */
    static void read(Tensor tensor, Weight weight, Sink sink) {
        int n = weight.shape().size(-2);
        int k = weight.shape().size(-1);
        float[] rows = new float[Panels.COLUMNS * DEPTH];
        long panels = weight.elements() / ((long) n * k) * Panels.count(n);
        for (long panel = 0; panel < panels; panel++) {
            int first = (int) (panel % Panels.count(n)) * Panels.COLUMNS;
            long above = panel / Panels.count(n) * n + first;
            int columns = Math.min(Panels.COLUMNS, n - first);
            for (int from = 0; from < k; from += DEPTH) {
                int depth = Math.min(DEPTH, k - from);
                for (int c = 0; c < columns; c++) {
                    tensor.copyFloats((above + c) * k + from, rows, c * DEPTH, depth);
                }
                for (int d = 0; d < depth; d++) {
                    for (int c = 0; c < columns; c++) {
                        sink.put(panel, from + d, c, rows[c * DEPTH + d]);
                    }
                }
            }
        }
    }
}
