package dev.eddy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process takes of the machine's memory.
 *
 * @param heap bytes of live objects
 * @param outside resident bytes beyond the committed heap: states, weights, code, stacks, buffers;
 *     0 where the system does not tell
 */
record ProcessMemory(long heap, long outside) {
    /** Collects garbage and looks. */
    static ProcessMemory now() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        return new ProcessMemory(heap, Math.max(0, residentBytes() - runtime.totalMemory()));
    }

    /** Resident memory of this process, or 0 where the system does not tell. */
    static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
