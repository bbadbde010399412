package dev.eddy.cli;

import java.util.Arrays;

/** The durations of measured steps. */
final class StepTimes {
    private long[] nanos = new long[1024];
    private int count;

    /** Adds one step's duration. */
    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** A quantile in milliseconds. */
    double millis(double quantile) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(quantile * (count - 1)))] / 1e6;
    }

    /** All steps together, in seconds. */
    double seconds() {
        return Arrays.stream(nanos, 0, count).sum() / 1e9;
    }
}
