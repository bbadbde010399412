package dev.eddy.runtime.checkpoint;

import java.nio.file.Path;

/**
 * A way to store a checkpoint that {@link Checkpoints} recognises: one implementation for each, one
 * line there.
 */
interface CheckpointFormat {
    /** True if {@code path} looks like this format; reads names only. */
    boolean recognises(Path path);

    /** True if there are weights and not settings alone; reads names only. */
    boolean hasWeights(Path path);

    /** The settings alone. */
    Config config(Path path);

    /** The whole checkpoint, mapped. */
    Checkpoint open(Path path);
}
