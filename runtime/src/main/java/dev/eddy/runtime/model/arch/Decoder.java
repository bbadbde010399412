package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.RmsNorm;

/**
 * The frame that most language models share: embedding, blocks, last norm, LM head. It reads the
 * config's vocab_size, hidden_size, num_hidden_layers and tie_word_embeddings.
 *
 * @param architecture the registry's name
 * @param names what the file calls its parts
 * @param norm the last norm
 * @param tied whether a config that does not say so ties the LM head to the embedding
 * @param logitCap c of c tanh(logits / c), 0 for none
 */
record Decoder(String architecture, Names names, RmsNorm norm, boolean tied, float logitCap) {
    /**
     * Names of the frame's weights; the LM head is called {@code lm_head}.
     *
     * @param scope what all others begin with
     * @param embeddings the embedding
     * @param layers the list of blocks
     * @param norm the last norm
     */
    record Names(String scope, String embeddings, String layers, String norm) {
        /** As in Llama and what descends from it. */
        static final Names LLAMA = new Names("model", "embed_tokens", "layers", "norm");

        /** As in Mamba. */
        static final Names MAMBA = new Names("backbone", "embeddings", "layers", "norm_f");
    }

    Decoder(String architecture, Names names, RmsNorm norm, boolean tied) {
        this(architecture, names, norm, tied, 0);
    }

    /** Records one block; {@code m} is at the block's scope, x and the result are [R, D]. */
    @FunctionalInterface
    interface Block {
        Value apply(ModelBuilder m, int index, Value x);
    }

    ModelPlan record(Config config, Weights weights, Block block) {
        int vocabulary = config.positive("vocab_size");
        int hidden = config.positive("hidden_size"); // D
        ModelBuilder m = new ModelBuilder(new Program.Input.Ids(vocabulary), weights);
        ModelBuilder body = m.in(names.scope());
        ProgramBuilder p = m.ops();
        Weight embeddings = body.weight(names.embeddings() + ".weight", vocabulary, hidden);
        Value x = p.embed(embeddings); // [R, D]
        for (int i = 0; i < config.positive("num_hidden_layers"); i++) {
            x = block.apply(body.in(names.layers() + "." + i), i, x); // [R, D]
        }
        x = norm.apply(body, names.norm(), x);
        Weight head = Heads.head(m, config, embeddings, tied);
        Value logits = p.matmul(p.select(x), head); // [S, V]
        if (logitCap > 0) {
            Operand cap = new Operand.Scalar(logitCap);
            Value scaled = p.binary(BinaryFunction.DIVIDE, logits, cap);
            logits = p.multiply(p.unary(UnaryFunction.TANH, scaled), cap);
        }
        return m.plan(architecture, p.finish(new Program.Output.Logits(logits)));
    }
}
