package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import java.util.List;
import java.util.Optional;

/**
 * A provider of compute, found by {@link Backends} through {@link java.util.ServiceLoader}.
 * Thread-safe.
 */
public interface Backend {
    /** The name by which {@code --backend} chooses it. */
    String name();

    /** Higher ones are preferred where the user names none. */
    int priority();

    /** Why it cannot run here, in words for the user; empty where it can. */
    Optional<String> unavailable();

    /** What it can run on, device 0 first; empty where it is {@link #unavailable}. */
    List<Device> devices();

    /**
     * Exact memory that {@link #compile} would take, computed without fetching a weight.
     *
     * @throws InvalidRequestException if an option is not supported, naming it
     */
    MemoryPlan plan(Program program, CompileOptions options);

    /**
     * Fetches and packs the program's weights and allocates scratch and arena. Kernels may still be
     * compiled as they are used: {@link WarmUp} uses them all.
     *
     * @throws InvalidRequestException if an option is not supported, naming it
     * @throws BackendException if the device cannot hold it
     */
    Executable compile(Program program, CompileOptions options);

    /**
     * What a step of a compiled program moves, computed without fetching a weight.
     *
     * @param entries in the step
     * @param rows of all entries together
     */
    default StepBytes stepBytes(Program program, CompileOptions options, int entries, int rows) {
        return StepBytes.of(program, options, entries, rows);
    }

    /**
     * Measures of a device by itself; empty where the backend has none.
     *
     * @param device its number, from 0
     * @throws InvalidRequestException if there is no such device
     */
    default Optional<Yardsticks> yardsticks(int device) {
        return Optional.empty();
    }

    /**
     * What a device does while it works; empty where nobody tells.
     *
     * @param device its number, from 0
     * @throws InvalidRequestException if there is no such device
     */
    default Optional<Meter> meter(int device) {
        return Optional.empty();
    }
}
