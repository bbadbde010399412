package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.MambaMixer.InnerNorm;
import dev.eddy.runtime.model.mixer.RmsNorm;

/** Falcon-Mamba (arXiv:2410.05355): Mamba whose step, B and C pass weightless RMS norms. */
final class FalconMamba {
    private FalconMamba() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("mixer_rms_eps", 1e-6f));
        InnerNorm innerNorm = new InnerNorm(norm, false);
        return Mamba.record(config, "falcon_mamba", Mamba.mixer(config, innerNorm));
    }
}
