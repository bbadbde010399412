package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.mixer.PreNorm;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * A decoder whose blocks are a mixer, of one kind or another, and a feed-forward layer.
 *
 * @param decoder the frame
 * @param block the norms and residual branches of each block
 */
record Hybrid(Decoder decoder, PreNorm block) {
    /**
     * A kind of mixer.
     *
     * @param name what {@code eddy inspect} calls it
     * @param scope where its weights lie in a block
     * @param mix mixes x [R, D] along time, at that scope
     */
    record Mixer(String name, String scope, BiFunction<ModelBuilder, Value, Value> mix) {}

    /**
     * Records the model.
     *
     * @param mixers the mixer of each block, by its index
     * @param feed the feed-forward layer, at the block's scope
     */
    Stack record(Config config, IntFunction<Mixer> mixers, Decoder.Block feed) {
        return decoder.record(
                config,
                (m, i, x) -> {
                    Mixer mixer = mixers.apply(i);
                    m.layer(mixer.name());
                    return block.apply(
                            m,
                            x,
                            y -> mixer.mix().apply(m.in(mixer.scope()), y),
                            y -> feed.apply(m, i, y));
                });
    }
}
