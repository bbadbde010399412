package dev.eddy.runtime.app;

import dev.eddy.kernels.backend.WeightType;

/**
 * What computes, and how much memory it may take, by {@code eddy.device}.
 *
 * @param backend a backend's name, empty for the best that can run here
 * @param weights type of the matrices' weights: F32 or BF16
 * @param threads compute threads, 0 for one a core
 * @param slots sessions of each model that are resident at once
 * @param rows most elements in a step
 * @param hostBytes memory of each model for states that are not in a slot
 */
public record DeviceSettings(
        String backend, WeightType weights, int threads, int slots, int rows, long hostBytes) {
    /** The threads to compute with. */
    int computeThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
