package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.numerics.Functions;
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
import dev.eddy.runtime.model.mixer.TokenShift;

/**
 * RWKV-4 (arXiv:2305.13048) as {@code RwkvForCausalLM}, or in the official names. {@code
 * rescale_every} keeps float16 from overflowing and means nothing in float32 and bfloat16.
 */
final class Rwkv4 {
    private Rwkv4() {}

    static Stack record(Config config, Weights weights) {
        boolean official = RwkvConfig.official(config, weights);
        int hidden = config.positive("hidden_size");
        int attention = config.positive("attention_hidden_size", hidden);
        RwkvChannelMix channel =
                new RwkvChannelMix(hidden, config.positive("intermediate_size", 4 * hidden));
        return new RwkvFrame(
                        official ? RwkvFrame.Names.OFFICIAL : RwkvFrame.Names.HUGGING_FACE,
                        new LayerNorm(config.floatOf("layer_norm_epsilon", 1e-5f)))
                .record(
                        "rwkv",
                        config,
                        (m, layer, x) -> time(m, x, hidden, attention, official),
                        (m, layer, x) -> channel(m, x, channel, official));
    }

    /** Time mix of x [R, D]; A the attention's width. State: x [D] and wkv [3, A]. */
    private static Value time(
            ModelBuilder m, Value x, int hidden, int attention, boolean official) {
        ProgramBuilder p = m.ops();
        TokenShift shift = new TokenShift(m, x);
        Value xk = shift.toward(past(m, "key", hidden, official)); // [R, D]
        Value xv = shift.toward(past(m, "value", hidden, official)); // [R, D]
        Value xr = shift.toward(past(m, "receptance", hidden, official)); // [R, D]
        Value k = p.matmul(xk, m.weight("key.weight", attention, hidden)); // [R, A]
        Value v = p.matmul(xv, m.weight("value.weight", attention, hidden)); // [R, A]
        Value r = p.matmul(xr, m.weight("receptance.weight", attention, hidden)); // [R, A]
        Weight w = m.derived("time_decay", "-exp", y -> -Functions.exp(y), attention);
        Value wkv = p.wkvScan(m.name("wkv"), k, v, w, m.weight("time_first", attention)); // [R, A]
        return p.matmul(
                p.multiply(wkv, p.unary(UnaryFunction.SIGMOID, r)),
                m.weight("output.weight", hidden, attention));
    }

    /** Channel mix of x [R, D], RWKV-4's and 5's. State: x [D]. */
    static Value channel(ModelBuilder m, Value x, RwkvChannelMix mix, boolean official) {
        return mix.mix(
                m,
                x,
                past(m, "key", mix.hidden(), official),
                past(m, "receptance", mix.hidden(), official));
    }

    /**
     * The part [D] of the element before in {@code name}: one minus the stored mix, which the
     * official names abbreviate.
     */
    static Weight past(ModelBuilder m, String name, int hidden, boolean official) {
        String stored = "time_mix_" + (official ? name.substring(0, 1) : name);
        return m.derived(stored, "1 -", y -> 1 - y, Shape.of(1, 1, hidden), hidden);
    }
}
