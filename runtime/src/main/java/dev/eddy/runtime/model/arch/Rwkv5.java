package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.LayerNorm;
import dev.eddy.runtime.model.mixer.RwkvChannelMix;
import dev.eddy.runtime.model.mixer.RwkvMatrixMix;
import dev.eddy.runtime.model.mixer.TokenShift;

/**
 * RWKV-5.2, Eagle (arXiv:2404.05892, section 4.1), in the official names or Hugging Face's: a
 * constant decay and bonus for every key channel.
 */
final class Rwkv5 {
    private Rwkv5() {}

    static Stack record(Config config, Weights weights) {
        RwkvConfig c = RwkvConfig.of(config, weights);
        RwkvMatrixMix mix =
                new RwkvMatrixMix(c.hidden(), c.heads(), new LayerNorm(c.headEpsilon()));
        RwkvChannelMix channel = new RwkvChannelMix(c.hidden(), c.inner(3.5));
        return c.frame(RwkvFrame.Names.HUGGING_FACE, "layer_norm_epsilon")
                .record(
                        "rwkv5",
                        config,
                        (m, layer, x) -> time(m, x, mix, c.official()),
                        (m, layer, x) -> Rwkv4.channel(m, x, channel, c.official()));
    }

    /** Time mix of x [R, D]. State: x [D] and s [H, n, n]. */
    private static Value time(ModelBuilder m, Value x, RwkvMatrixMix mix, boolean official) {
        int hidden = mix.hidden();
        TokenShift shift = new TokenShift(m, x);
        Weight w =
                m.derived(
                        "time_decay",
                        "exp -exp",
                        y -> Functions.exp(-Functions.exp(y)),
                        mix.heads(),
                        hidden / mix.heads());
        return mix.mix(
                m,
                shift.toward(Rwkv4.past(m, "receptance", hidden, official)),
                shift.toward(Rwkv4.past(m, "key", hidden, official)),
                shift.toward(Rwkv4.past(m, "value", hidden, official)),
                shift.toward(Rwkv4.past(m, "gate", hidden, official)),
                m.ops().broadcast(w));
    }
}
