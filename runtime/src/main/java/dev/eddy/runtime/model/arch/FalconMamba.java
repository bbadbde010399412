package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;

/** Falcon-Mamba (arXiv:2410.05355): Mamba whose step, B and C pass weightless RMS norms. */
final class FalconMamba {
    private FalconMamba() {}

    static ModelPlan record(Config config, Weights weights) {
        float innerNorm = config.floatOf("mixer_rms_eps", 1e-6f);
        return Mamba.record(config, weights, "falcon_mamba", Mamba.mixer(config, innerNorm));
    }
}
