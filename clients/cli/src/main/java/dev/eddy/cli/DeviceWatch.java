package dev.eddy.cli;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a device's clocks and power while something is measured. */
final class DeviceWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    private final @Nullable Meter meter;
    private final List<Meter.Reading> readings = new ArrayList<>();
    private @Nullable Thread reader;

    /**
     * @param meter null where nobody tells; closed by whoever made it
     */
    DeviceWatch(@Nullable Meter meter) {
        this.meter = meter;
    }

    /** Begins to read, if it has not begun. */
    void begin() {
        Meter from = meter;
        if (from != null && reader == null) {
            reader = Thread.ofPlatform().name("device-watch").daemon().start(() -> read(from));
        }
    }

    private void read(Meter from) {
        try {
            do {
                readings.add(from.read());
                Thread.sleep(PAUSE_MILLIS);
            } while (true);
        } catch (InterruptedException | BackendException _) {
            // All that there is to read has been read.
        }
    }

    /** Ends reading; what was read can be asked for afterwards. */
    @Override
    public void close() {
        if (reader != null) {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The heading of {@link #toString}. */
    static String header() {
        return String.format("%7s %6s  %-14s", "SM MHz", "watts", "clocks held by");
    }

    /** Columns of a table: medians, and all that held clocks down at any time. */
    @Override
    public String toString() {
        return readings.isEmpty()
                ? String.format("%7s %6s  %-14s", "-", "-", "-")
                : String.format(
                        Locale.ROOT,
                        "%7.0f %6.0f  %-14s",
                        median(Meter.Reading::multiprocessors),
                        median(Meter.Reading::watts),
                        held().isEmpty() ? "nothing" : String.join(", ", held()));
    }

    /** The same as keys and values of a JSON object, without its braces. */
    String json() {
        return readings.isEmpty()
                ? "\"sm_mhz\": null, \"watts\": null, \"clocks_held_by\": null"
                : String.format(
                        Locale.ROOT,
                        "\"sm_mhz\": %.0f, \"watts\": %.1f, \"clocks_held_by\": [%s]",
                        median(Meter.Reading::multiprocessors),
                        median(Meter.Reading::watts),
                        held().stream()
                                .map(DeviceReport::quoted)
                                .collect(Collectors.joining(", ")));
    }

    private double median(ToDoubleFunction<Meter.Reading> of) {
        return readings.stream()
                .mapToDouble(of)
                .sorted()
                .skip(readings.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private TreeSet<String> held() {
        return readings.stream()
                .flatMap(reading -> reading.held().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
