package dev.eddy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this process takes of the machine's memory.
 *
 * @param heap bytes of live objects
 * @param committed bytes that the heap may use
 * @param resident bytes of all its memory, or 0 where the system does not tell
 */
record ProcessMemory(long heap, long committed, long resident) {
    /** Collects garbage and looks. */
    static ProcessMemory now() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long committed = runtime.totalMemory();
        return new ProcessMemory(committed - runtime.freeMemory(), committed, residentBytes());
    }

    /**
     * How much more there is than {@code before} beyond the heap: states, code, stacks, buffers.
     * Null where the system does not tell, or the heap may have grown: what it has not touched yet
     * is not resident, and nobody says how much that is.
     */
    @Nullable Long outsideSince(ProcessMemory before) {
        long most = Runtime.getRuntime().maxMemory();
        boolean pinned = committed == most && before.committed == most;
        return pinned && resident > 0 ? resident - before.resident : null;
    }

    private static long residentBytes() throws IOException {
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
