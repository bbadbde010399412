package dev.eddy.cli;

import dev.eddy.kernels.backend.StepBytes;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.tensor.DType;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a measurement of steps prints: what came out, how long steps took, what they moved and, where
 * the device's memory was measured, the share that this is of what it gives.
 */
final class StepReport {
    private final PrintWriter out;
    private final boolean json;
    private final int threads;
    private final WeightType weights;
    private final DType states;
    private final @Nullable DeviceReport device;

    /**
     * @param weights the type of weights
     * @param states the type of accumulators
     * @param device null where it was not measured
     */
    StepReport(
            PrintWriter out,
            boolean json,
            int threads,
            WeightType weights,
            DType states,
            @Nullable DeviceReport device) {
        this.out = out;
        this.json = json;
        this.threads = threads;
        this.weights = weights;
        this.states = states;
        this.device = device;
    }

    /** The heading of the table that {@link #print} writes. */
    void header() {
        if (json) {
            return;
        }
        if (device != null) {
            device.print(out);
        }
        out.printf(
                "%8s %12s %8s %6s %6s %12s %12s %11s %11s %13s%s  %s%n",
                "sessions",
                "tokens/s",
                "threads",
                "dtype",
                "state",
                "step ms p50",
                "p99",
                "weights MB",
                "states MB",
                "histories MB",
                device == null
                        ? ""
                        : String.format(" %10s %7s %7s ", "bound ms", "share", "with")
                                + DeviceWatch.header(),
                "results");
        out.flush();
    }

    /**
     * Prints one line.
     *
     * @param tokens in all the steps measured
     * @param bytes what a step moves
     */
    void print(int sessions, long tokens, StepMeasurement measured, StepBytes bytes) {
        StepTimes times = measured.times();
        String dtype = states.name().toLowerCase(Locale.ROOT);
        long histories = bytes.histories(measured.position());
        if (json) {
            out.printf(
                    Locale.ROOT,
                    "{\"sessions\": %d, \"tokens_per_second\": %.3f, \"threads\": %d, \"dtype\": \"%s\","
                            + " \"step_ms_p50\": %.4f, \"step_ms_p99\": %.4f, \"state_dtype\": \"%s\","
                            + " \"weight_bytes_read\": %d, \"state_bytes_read\": %d, \"state_bytes_written\": %d, \"history_bytes_read\": %d%s, \"results\": \"%s\"}%n",
                    sessions,
                    tokens / times.seconds(),
                    threads,
                    weights.label(),
                    times.millis(0.5),
                    times.millis(0.99),
                    dtype,
                    bytes.weights(),
                    bytes.states(),
                    bytes.states(),
                    histories,
                    device == null
                            ? ""
                            : boundJson(device, times, bytes.total(), histories)
                                    + ", "
                                    + measured.watch().json(),
                    measured.results());
        } else {
            out.printf(
                    Locale.ROOT,
                    "%8d %12.1f %8d %6s %6s %12.3f %12.3f %11.3f %11.3f %13.3f%s  %s%n",
                    sessions,
                    tokens / times.seconds(),
                    threads,
                    weights.label(),
                    dtype,
                    times.millis(0.5),
                    times.millis(0.99),
                    bytes.weights() / 1e6,
                    2 * bytes.states() / 1e6,
                    histories / 1e6,
                    device == null
                            ? ""
                            : bound(device, times, bytes.total(), histories)
                                    + " "
                                    + measured.watch(),
                    measured.results());
        }
        out.flush();
    }

    /** Milliseconds in which the device's memory gives so many bytes. */
    private static double millis(DeviceReport device, long bytes) {
        return 1000 * bytes / device.bandwidth().read();
    }

    private static String bound(DeviceReport device, StepTimes times, long bytes, long histories) {
        double bound = millis(device, bytes);
        double percent = 100 / times.millis(0.5);
        return String.format(
                Locale.ROOT,
                " %10.3f %6.1f%% %6.1f%%",
                bound,
                percent * bound,
                percent * (bound + millis(device, histories)));
    }

    private static String boundJson(
            DeviceReport device, StepTimes times, long bytes, long histories) {
        double bound = millis(device, bytes);
        return String.format(
                Locale.ROOT,
                ", \"bound_ms\": %.6f, \"share_of_bound\": %.6f, \"share_with_histories\": %.6f, %s",
                bound,
                bound / times.millis(0.5),
                (bound + millis(device, histories)) / times.millis(0.5),
                device.json());
    }
}
