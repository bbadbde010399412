package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.LayerNorm;
import dev.eddy.runtime.model.mixer.RwkvChannelMix;
import dev.eddy.runtime.model.mixer.RwkvMatrixMix;
import dev.eddy.runtime.model.mixer.TokenShift;

/**
 * RWKV-6, Finch (arXiv:2404.05892, section 4.2), in the official names or Hugging Face's: token
 * shift and decay depend on the input through low-rank matrices.
 */
final class Rwkv6 {
    /** What the token shift makes, in the order of {@code time_maa_w2}. */
    private static final String[] MIXED = {"w", "k", "v", "r", "g"};

    private final int hidden;
    private final int mixRank;
    private final int decayRank;
    private final RwkvMatrixMix mix;
    private final RwkvChannelMix channel;

    private Rwkv6(RwkvConfig c) {
        hidden = c.hidden();
        boolean large = hidden >= 4096;
        mixRank = c.config().positive("time_mix_lora", large ? 64 : 32);
        decayRank = c.config().positive("time_decay_lora", large ? 128 : 64);
        mix = new RwkvMatrixMix(hidden, c.heads(), new LayerNorm(c.headEpsilon()));
        channel = new RwkvChannelMix(hidden, c.inner(3.5));
    }

    static Stack record(Config config, Weights weights) {
        RwkvConfig c = RwkvConfig.of(config, weights);
        Rwkv6 rwkv = new Rwkv6(c);
        return c.frame(RwkvFrame.Names.HUGGING_FACE, "layer_norm_epsilon")
                .record(
                        "rwkv6",
                        config,
                        (m, layer, x) -> rwkv.time(m, x),
                        (m, layer, x) ->
                                rwkv.channel.mix(m, x, rwkv.part(m, "k"), rwkv.part(m, "r")));
    }

    /** Time mix of x [R, D]. State: x [D] and s [H, n, n]. */
    private Value time(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        TokenShift shift = new TokenShift(m, x);
        int all = MIXED.length * mixRank;
        Weight down = m.transposed("time_maa_w1", hidden, all); // [5 rank, D]
        Value low = p.unary(UnaryFunction.TANH, p.matmul(shift.toward(part(m, "x")), down));
        Value[] shifted = new Value[MIXED.length];
        for (int i = 0; i < MIXED.length; i++) {
            Value own = p.columns(low, i * mixRank, mixRank); // [R, rank]
            Weight up = m.transposed("time_maa_w2", MIXED.length, i, mixRank, hidden);
            shifted[i] = shift.toward(p.matmul(own, up, part(m, MIXED[i]))); // [R, D]
        }
        Value w = decay(m, shifted[0]);
        return mix.mix(m, shifted[3], shifted[1], shifted[2], shifted[4], w);
    }

    /** The decay exp(-exp(w0 + tanh(x w1) w2)) [R, D] of shifted x [R, D]. */
    private Value decay(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value low = p.matmul(x, m.transposed("time_decay_w1", hidden, decayRank)); // [R, rank]
        Value w =
                p.matmul(
                        p.unary(UnaryFunction.TANH, low),
                        m.transposed("time_decay_w2", decayRank, hidden),
                        m.reshaped("time_decay", Shape.of(1, 1, hidden), hidden)); // [R, D]
        w = p.multiply(p.unary(UnaryFunction.EXP, w), new Operand.Scalar(-1));
        return p.unary(UnaryFunction.EXP, w);
    }

    /** The constant part [D] of the element before in what is called {@code letter}. */
    private Weight part(ModelBuilder m, String letter) {
        return m.reshaped("time_maa_" + letter, Shape.of(1, 1, hidden), hidden);
    }
}
