package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Reach;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;

/**
 * Mistral (arXiv:2310.06825) as {@code MistralForCausalLM}: Llama whose attention may see a window
 * only, which makes its state constant and its sessions endless.
 */
final class Mistral {
    private static final int WINDOW = 4096;
    private static final int POSITIONS = 131_072;

    private Mistral() {}

    static Stack record(Config config, Weights weights) {
        boolean everything =
                config.keys().contains("sliding_window") && !config.has("sliding_window");
        Reach reach =
                everything
                        ? Attentions.reach(config, POSITIONS)
                        : Attentions.window(config, config.positive("sliding_window", WINDOW));
        return Llama.record("mistral", config, reach);
    }
}
