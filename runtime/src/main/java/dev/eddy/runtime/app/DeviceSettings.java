package dev.eddy.runtime.app;

import dev.eddy.kernels.backend.WeightType;
import java.time.Duration;

/**
 * What computes, and how much memory it may take, by {@code eddy.device}.
 *
 * @param backend a backend's name, empty for the best that can run here
 * @param weights type of the matrices' weights
 * @param threads compute threads, 0 for one a core
 * @param slots sessions of each model that are resident at once
 * @param rows most elements in a step
 * @param positions where the state of a session grows: the position it is taken to stay below
 *     unless it declares another; the device has room for so many times {@code slots}
 * @param window positions that attention without a window of its own sees, 0 for all
 * @param warmUp how long a model runs made-up elements once it is loaded
 * @param hostBytes memory of each model for states that are not in a slot
 */
public record DeviceSettings(
        String backend,
        WeightType weights,
        int threads,
        int slots,
        int rows,
        int positions,
        int window,
        Duration warmUp,
        long hostBytes) {
    /** The threads to compute with. */
    int computeThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
