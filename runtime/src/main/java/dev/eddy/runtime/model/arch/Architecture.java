package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;

/** Takes one model type's config to the pieces that record it. */
@FunctionalInterface
interface Architecture {
    /**
     * The model that {@code config} describes; nothing is fetched or allocated.
     *
     * @param weights which names there are, where these tell variants apart
     * @throws RuntimeException naming file, key or tensor, expected and found
     */
    Stack record(Config config, Weights weights);
}
