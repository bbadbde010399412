package dev.eddy.runtime.engine;

/**
 * Looks at each sampled id before the next one is submitted. Runs on the engine's thread: fast, and
 * a pure function of the ids it was shown.
 */
public interface Inspector {
    /** True if the turn ends with this id. */
    boolean ends(int id);
}
