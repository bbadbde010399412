package dev.eddy.cli;

import dev.eddy.kernels.backend.WeightType;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/** The durations of measured steps, and how a measurement prints. */
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

    /** The heading of the table that {@link #print} writes. */
    static void header(PrintWriter out, boolean json) {
        if (!json) {
            out.printf(
                    "%8s %12s %8s %6s %12s %12s%n",
                    "sessions", "tokens/s", "threads", "dtype", "step ms p50", "p99");
        }
    }

    /** Prints one line for {@code tokens} tokens in the steps measured. */
    void print(
            PrintWriter out,
            boolean json,
            int sessions,
            long tokens,
            int threads,
            WeightType dtype) {
        String format =
                json
                        ? "{\"sessions\": %d, \"tokens_per_second\": %.3f, \"threads\": %d, \"dtype\": \"%s\","
                                + " \"step_ms_p50\": %.4f, \"step_ms_p99\": %.4f}%n"
                        : "%8d %12.1f %8d %6s %12.3f %12.3f%n";
        out.printf(
                Locale.ROOT,
                format,
                sessions,
                tokens / seconds(),
                threads,
                dtype.label(),
                millis(0.5),
                millis(0.99));
        out.flush();
    }
}
