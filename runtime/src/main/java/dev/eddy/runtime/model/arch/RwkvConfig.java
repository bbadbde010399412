package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.LayerNorm;

/** The settings that RWKV-5, 6 and 7 share in the official and in Hugging Face's configs. */
record RwkvConfig(Config config, boolean official, int hidden, int headSize) {
    static RwkvConfig of(Config config, Weights weights) {
        int hidden = config.positive("hidden_size");
        int headSize = config.positive(config.has("head_dim") ? "head_dim" : "head_size", 64);
        if (hidden % headSize != 0) {
            throw config.refuse("hidden_size", "a multiple of the head size " + headSize);
        }
        if (config.positive("attention_hidden_size", hidden) != hidden) {
            throw config.refuse("attention_hidden_size", "hidden_size " + hidden);
        }
        return new RwkvConfig(config, official(config, weights), hidden, headSize);
    }

    /**
     * Whether names are BlinkDL's: the checkpoint has {@code emb.weight}, or the config names his
     * class ({@code RWKV_x070}).
     */
    static boolean official(Config config, Weights weights) {
        return weights.has("emb.weight")
                || config.has("architectures")
                        && config.stringsOf("architectures").stream()
                                .anyMatch(name -> name.startsWith("RWKV_x"));
    }

    int heads() {
        return hidden / headSize;
    }

    /** Width of the channel mix: by default {@code ratio} D, rounded down to a multiple of 32. */
    int inner(double ratio) {
        return config.positive("intermediate_size", (int) (hidden * ratio) / 32 * 32);
    }

    /**
     * Epsilon of the norm a head: 64e-5 is 1e-5 on values divided by {@code head_size_divisor} 8.
     */
    float headEpsilon() {
        float divisor = config.floatOf("head_size_divisor", 8);
        return config.floatOf("group_norm_epsilon", 1e-5f * divisor * divisor);
    }

    /**
     * The frame in the official names or {@code others}.
     *
     * @param epsilon the key of the layer norms' epsilon
     */
    RwkvFrame frame(RwkvFrame.Names others, String epsilon) {
        return new RwkvFrame(
                official ? RwkvFrame.Names.OFFICIAL : others,
                new LayerNorm(config.floatOf(epsilon, 1e-5f)));
    }
}
