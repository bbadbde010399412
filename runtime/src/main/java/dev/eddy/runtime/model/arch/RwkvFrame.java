package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.mixer.LayerNorm;

/**
 * What RWKV-4 to RWKV-7 have in common: a normed embedding and residual blocks of a time mix and a
 * channel mix, each after a layer norm.
 *
 * @param names how the checkpoint calls these parts
 * @param norm all of them
 */
record RwkvFrame(Names names, LayerNorm norm) {
    /**
     * How RWKV checkpoints call their parts.
     *
     * @param decoder embedding, blocks, last norm and head
     * @param firstNorm the norm of the embedding, in block 0
     * @param timeNorm the norm before the time mix
     * @param timeMix the time mix
     * @param channelNorm the norm before the channel mix
     * @param channelMix the channel mix
     */
    record Names(
            Decoder.Names decoder,
            String firstNorm,
            String timeNorm,
            String timeMix,
            String channelNorm,
            String channelMix) {
        /** BlinkDL's own, of the .pth files. */
        static final Names OFFICIAL =
                new Names(
                        new Decoder.Names("", "emb", "blocks", "ln_out", "head"),
                        "ln0",
                        "ln1",
                        "att",
                        "ln2",
                        "ffn");

        /** Hugging Face's. */
        static final Names HUGGING_FACE =
                new Names(
                        new Decoder.Names("rwkv", "embeddings", "blocks", "ln_out", "head"),
                        "pre_ln",
                        "ln1",
                        "attention",
                        "ln2",
                        "feed_forward");

        /** flash-linear-attention's. */
        static final Names FLA =
                new Names(
                        new Decoder.Names("model", "embeddings", "layers", "norm"),
                        "pre_norm",
                        "attn_norm",
                        "attn",
                        "ffn_norm",
                        "ffn");
    }

    /** One of a block's two mixes. */
    @FunctionalInterface
    interface Mix {
        /** Mixes normed x [R, D] of block {@code layer}, whose weights are in m; [R, D]. */
        Value mix(ModelBuilder m, int layer, Value x);
    }

    /** Records the whole model. */
    Stack record(String architecture, Config config, Mix time, Mix channel) {
        Decoder decoder = new Decoder(architecture, names.decoder, norm, false);
        return decoder.record(
                config,
                (m, i, x) -> {
                    m.layer(architecture);
                    ProgramBuilder p = m.ops();
                    Value y = i == 0 ? norm.apply(m, names.firstNorm, x) : x;
                    Value timed = norm.apply(m, names.timeNorm, y);
                    y = p.add(y, time.mix(m.in(names.timeMix), i, timed));
                    Value mixed = norm.apply(m, names.channelNorm, y);
                    return p.add(y, channel.mix(m.in(names.channelMix), i, mixed));
                });
    }
}
