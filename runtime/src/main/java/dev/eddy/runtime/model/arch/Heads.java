package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;

/** LM heads: the embedding again where the config ties them, else {@code lm_head.weight}. */
final class Heads {
    private Heads() {}

    static Weight head(ModelBuilder m, Config config, Weight embeddings) {
        boolean tied = config.boolOf("tie_word_embeddings", true);
        return tied
                ? embeddings
                : m.weight("lm_head.weight", embeddings.shape().dim(0), embeddings.shape().dim(1));
    }
}
