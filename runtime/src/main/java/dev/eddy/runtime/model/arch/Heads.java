package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;

/** LM heads: the embedding again where the config ties them, else {@code lm_head.weight}. */
final class Heads {
    private Heads() {}

    /** The head of a family whose configs tie it unless they say otherwise. */
    static Weight head(ModelBuilder m, Config config, Weight embeddings) {
        return head(m, config, embeddings, true);
    }

    /** The head [V, D]; {@code tied} is the family's choice where the config makes none. */
    static Weight head(ModelBuilder m, Config config, Weight embeddings, boolean tied) {
        return config.boolOf("tie_word_embeddings", tied)
                ? embeddings
                : m.weight("lm_head.weight", embeddings.shape().dim(0), embeddings.shape().dim(1));
    }
}
