package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;

/** Records the program of one model type from its config and the names of its weights. */
@FunctionalInterface
interface Architecture {
    /**
     * The plan of the model that {@code config} describes; nothing is fetched or allocated.
     *
     * @throws RuntimeException naming file, key or tensor, expected and found
     */
    ModelPlan record(Config config, Weights weights);
}
