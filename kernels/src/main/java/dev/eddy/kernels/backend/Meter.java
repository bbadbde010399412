package dev.eddy.kernels.backend;

import java.util.List;

/** What a device does while it works, as its driver states it. Used by one thread at a time. */
public interface Meter extends AutoCloseable {
    /**
     * Reads it now.
     *
     * @throws BackendException if the driver refuses
     */
    Reading read();

    /** Ends reading. */
    @Override
    void close();

    /**
     * At one moment.
     *
     * @param multiprocessors their clock, MHz
     * @param watts what the board takes
     * @param held what holds the clocks below their highest, in words; empty where nothing does
     */
    record Reading(int multiprocessors, double watts, List<String> held) {}
}
