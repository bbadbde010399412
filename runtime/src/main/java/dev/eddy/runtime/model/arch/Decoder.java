package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.mixer.Norm;
import dev.eddy.runtime.model.mixer.Scaled;
import dev.eddy.runtime.model.mixer.SoftCap;
import java.util.Collections;

/**
 * The frame that most language models share: embedding, blocks, last norm, LM head. It reads the
 * config's vocab_size, hidden_size, num_hidden_layers and tie_word_embeddings.
 *
 * @param architecture the registry's name
 * @param names what the file calls its parts
 * @param norm the last norm
 * @param tied whether a config that does not say so ties the LM head to the embedding
 * @param embeddingScale what embeddings are multiplied by
 * @param logitScale what logits are multiplied by
 * @param logitCap c of c tanh(logits / c), 0 for none
 */
record Decoder(
        String architecture,
        Names names,
        Norm norm,
        boolean tied,
        float embeddingScale,
        float logitScale,
        float logitCap) {
    /**
     * Names of the frame's weights.
     *
     * @param scope what all others but the head's begin with; empty for nothing
     * @param embeddings the embedding
     * @param layers the list of blocks
     * @param norm the last norm
     * @param head the LM head
     */
    record Names(String scope, String embeddings, String layers, String norm, String head) {
        Names(String scope, String embeddings, String layers, String norm) {
            this(scope, embeddings, layers, norm, "lm_head");
        }

        /** As in Llama and what descends from it. */
        static final Names LLAMA = new Names("model", "embed_tokens", "layers", "norm");

        /** As in Mamba. */
        static final Names MAMBA = new Names("backbone", "embeddings", "layers", "norm_f");
    }

    Decoder(String architecture, Names names, Norm norm, boolean tied) {
        this(architecture, names, norm, tied, 0);
    }

    Decoder(String architecture, Names names, Norm norm, boolean tied, float logitCap) {
        this(architecture, names, norm, tied, 1, 1, logitCap);
    }

    /** The same with embeddings and logits multiplied by these. */
    Decoder scaled(float embeddings, float logits) {
        return new Decoder(architecture, names, norm, tied, embeddings, logits, logitCap);
    }

    /** Records one block; {@code m} is at the block's scope, x and the result are [R, D]. */
    @FunctionalInterface
    interface Block {
        Value apply(ModelBuilder m, int index, Value x);
    }

    /**
     * How large the frame is.
     *
     * @param vocabulary ids V
     * @param hidden width D
     * @param layers blocks
     * @param tied whether the LM head is the embedding
     */
    record Sizes(int vocabulary, int hidden, int layers, boolean tied) {}

    /** Records a model whose config has Hugging Face's usual keys. */
    Stack record(Config config, Block block) {
        return record(config, config.positive("num_hidden_layers"), block);
    }

    /** The same with as many blocks, for configs that count them in another way. */
    Stack record(Config config, int layers, Block block) {
        Sizes sizes =
                new Sizes(
                        config.positive("vocab_size"),
                        config.positive("hidden_size"),
                        layers,
                        config.boolOf("tie_word_embeddings", tied));
        return record(sizes, block);
    }

    /** A model of those sizes. */
    Stack record(Sizes sizes, Block block) {
        return new Stack(
                architecture,
                sizes.vocabulary,
                Collections.nCopies(sizes.layers + 1, sizes.hidden),
                m -> Scaled.by(m, embeddingScale, m.ops().embed(embeddings(body(m), sizes))),
                (m, i, x) -> block.apply(body(m).in(names.layers() + "." + i), i, x),
                (m, x) -> head(m, sizes, x),
                null);
    }

    private ModelBuilder body(ModelBuilder m) {
        return names.scope().isEmpty() ? m : m.in(names.scope());
    }

    private Weight embeddings(ModelBuilder body, Sizes sizes) {
        return body.weight(names.embeddings() + ".weight", sizes.vocabulary, sizes.hidden);
    }

    private Value head(ModelBuilder m, Sizes sizes, Value x) {
        ProgramBuilder p = m.ops();
        Value normed = norm.apply(body(m), names.norm(), x); // [R, D]
        Weight head =
                sizes.tied
                        ? embeddings(body(m), sizes)
                        : m.weight(names.head() + ".weight", sizes.vocabulary, sizes.hidden);
        Value logits = Scaled.by(m, logitScale, p.matmul(p.select(normed), head)); // [S, V]
        return SoftCap.apply(p, logits, logitCap);
    }
}
