package dev.eddy.runtime.engine;

/**
 * Predicts what a step takes: a fixed time, a time a row and a time a selected row, learned from
 * every step by recursive least squares with forgetting.
 */
final class CostModel {
    private static final double FORGETTING = 0.98;
    private static final double MAX_VARIANCE = 100;

    /** An observation counts at most as this many times what was predicted: a pause is no rule. */
    private static final double OUTLIER = 4;

    private static final double NANOS = 1e6;

    private final double[] theta; // milliseconds: fixed, a row, a selected row
    private final double[][] p = new double[3][3];
    private final double[] gain = new double[3];

    /**
     * A model that, before its first step, takes {@code rows} rows for what fills {@code nanos}.
     */
    CostModel(long nanos, int rows) {
        theta = new double[] {0, nanos / NANOS / rows, 0};
        for (int i = 0; i < 3; i++) {
            p[i][i] = 1;
        }
    }

    /** Nanoseconds that a step will take. */
    double predict(int rows, int selected) {
        return fixed() + rows * perRow() + selected * perSelected();
    }

    double fixed() {
        return theta[0] * NANOS;
    }

    /** Never 0. */
    double perRow() {
        return Math.max(theta[1] * NANOS, 1);
    }

    double perSelected() {
        return theta[2] * NANOS;
    }

    /** Learns that a step took {@code nanos}. */
    void observe(int rows, int selected, long nanos) {
        double predicted = predict(rows, selected);
        double limit = Math.max(OUTLIER * predicted, NANOS / 10);
        double error =
                Math.min(nanos, limit) / NANOS - (theta[0] + rows * theta[1] + selected * theta[2]);
        double denominator = FORGETTING;
        for (int i = 0; i < 3; i++) {
            gain[i] = p[i][0] + p[i][1] * rows + p[i][2] * selected;
            denominator += gain[i] * (i == 0 ? 1 : i == 1 ? rows : selected);
        }
        for (int i = 0; i < 3; i++) {
            // No part of a step takes less than no time.
            theta[i] = Math.max(0, theta[i] + gain[i] / denominator * error);
        }
        double trace = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[i][j] -= gain[i] * gain[j] / denominator;
            }
            trace += p[i][i];
        }
        // Without news to learn from, forgetting would let the variance grow without bound.
        if (trace < MAX_VARIANCE) {
            for (double[] row : p) {
                for (int j = 0; j < 3; j++) {
                    row[j] /= FORGETTING;
                }
            }
        }
    }
}
