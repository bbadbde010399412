package dev.eddy.runtime.engine;

/**
 * Predicts what a step takes: a fixed time, a time a row and a time a selected row, none below 0,
 * learned from every step by least squares with exponential forgetting.
 *
 * <p>The normal equations are kept as sums and improved upon by coordinate descent: unlike a
 * recursion over their inverse it cannot diverge, however alike the steps are.
 */
final class CostModel {
    private static final double FORGETTING = 0.98;

    /** Weight of the first guess, in steps. */
    private static final double FIRST_GUESS = 0.01;

    /** Holds a part in place that no step tells about any more. */
    private static final double RIDGE = 1e-9;

    /** An observation counts at most as this many times what was predicted: a pause is no rule. */
    private static final double OUTLIER = 4;

    private static final int SWEEPS = 4;
    private static final double NANOS = 1e6;

    private final double[] theta; // milliseconds: fixed, a row, a selected row
    private final double[][] a = new double[3][3]; // sum of x x'
    private final double[] b = new double[3]; // sum of x y
    private final double[] x = new double[3];

    /**
     * A model that, before its first step, takes {@code rows} rows for what fills {@code nanos}.
     */
    CostModel(long nanos, int rows) {
        theta = new double[] {0, nanos / NANOS / rows, 0};
        for (int i = 0; i < 3; i++) {
            a[i][i] = FIRST_GUESS;
            b[i] = FIRST_GUESS * theta[i];
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
        double limit = Math.max(OUTLIER * predict(rows, selected), NANOS / 10);
        double took = Math.clamp(nanos, 0, limit) / NANOS;
        x[0] = 1;
        x[1] = rows;
        x[2] = selected;
        for (int i = 0; i < 3; i++) {
            b[i] = FORGETTING * b[i] + x[i] * took;
            for (int j = 0; j < 3; j++) {
                a[i][j] = FORGETTING * a[i][j] + x[i] * x[j];
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 2; i >= 0; i--) {
                double residual = b[i];
                for (int j = 0; j < 3; j++) {
                    residual -= a[i][j] * theta[j];
                }
                // No part of a step takes less than no time.
                theta[i] = Math.max(0, theta[i] + residual / (a[i][i] + RIDGE));
            }
        }
    }
}
