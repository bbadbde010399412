package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;

/**
 * What RWKV-4 to RWKV-7 have in common: a normed embedding, residual blocks of a time mix and a
 * channel mix, each after a layer norm, a last norm and a head.
 *
 * @param names how the checkpoint calls these parts
 * @param vocabulary ids V
 * @param hidden width D
 * @param layers blocks
 * @param epsilon of all layer norms
 * @param tied whether the head is the embedding
 */
public record RwkvDecoder(
        RwkvNames names, int vocabulary, int hidden, int layers, float epsilon, boolean tied) {
    /** One of a block's two mixes. */
    @FunctionalInterface
    public interface Mix {
        /** Mixes normed x [R, D] of block {@code layer}, whose weights are in m; [R, D]. */
        Value mix(ModelBuilder m, int layer, Value x);
    }

    /** Records the whole model. */
    public ModelPlan record(String architecture, Weights weights, Mix time, Mix channel) {
        ModelBuilder m = new ModelBuilder(new Program.Input.Ids(vocabulary), weights);
        ProgramBuilder p = m.ops();
        Weight embeddings = m.weight(names.in(names.embeddings()), vocabulary, hidden);
        Value x = p.embed(embeddings); // [R, D]
        x = norm(m.in(names.in(names.blocks()) + ".0"), names.firstNorm(), x);
        for (int i = 0; i < layers; i++) {
            ModelBuilder block = m.in(names.in(names.blocks()) + "." + i);
            block.layer(architecture);
            Value timed = time.mix(block.in(names.timeMix()), i, norm(block, names.timeNorm(), x));
            x = p.add(x, timed);
            Value mixed =
                    channel.mix(
                            block.in(names.channelMix()), i, norm(block, names.channelNorm(), x));
            x = p.add(x, mixed);
        }
        x = norm(m, names.in(names.lastNorm()), x);
        Weight head = tied ? embeddings : m.weight(names.head(), vocabulary, hidden);
        return m.plan(architecture, p.logits(x, head, null));
    }

    private Value norm(ModelBuilder m, String name, Value x) {
        return m.ops()
                .norm(
                        NormKind.LAYER,
                        x,
                        epsilon,
                        m.weight(name + ".weight", hidden),
                        m.weight(name + ".bias", hidden));
    }
}
