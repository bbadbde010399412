package dev.eddy.cli;

import dev.eddy.kernels.backend.Yardsticks;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What a measurement says of the device first: its clocks and what its memory gives, measured in
 * the same call.
 *
 * @param device in words
 * @param clocks the highest ones
 * @param bandwidth of its memory
 * @param caution why the times mean nothing; empty where they mean something
 */
record DeviceReport(
        String device, Yardsticks.Clocks clocks, Yardsticks.Bandwidth bandwidth, String caution) {

    /** Measures a device. */
    static DeviceReport of(Yardsticks yardsticks) {
        try (Progress _ = new Progress("measuring the device's memory")) {
            return new DeviceReport(
                    yardsticks.device().description(),
                    yardsticks.clocks(),
                    yardsticks.bandwidth(),
                    yardsticks.caution().orElse(""));
        }
    }

    /** Prints it, for people. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s; clocks up to %.0f MHz, memory's %.0f MHz%n"
                        + "memory gives %.1f GB/s read, %.1f GB/s copied (%.1f GB, what is read and what is written)%n",
                device,
                clocks.multiprocessors(),
                clocks.memory(),
                bandwidth.read() / 1e9,
                bandwidth.copy() / 1e9,
                bandwidth.bytes() / 1e9);
        if (!caution.isEmpty()) {
            out.println(caution);
        }
        out.flush();
    }

    /** The same as keys and values of a JSON object, without its braces. */
    String json() {
        return String.format(
                Locale.ROOT,
                "\"device\": %s, \"clock_mhz\": %.0f, \"memory_clock_mhz\": %.0f,"
                        + " \"read_gb_per_second\": %.3f, \"copy_gb_per_second\": %.3f, \"caution\": %s",
                quoted(device),
                clocks.multiprocessors(),
                clocks.memory(),
                bandwidth.read() / 1e9,
                bandwidth.copy() / 1e9,
                caution.isEmpty() ? "null" : quoted(caution));
    }

    /** A string of JSON. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
