package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.mixer.LayerNorm;
import java.util.Collections;
import java.util.Set;

/**
 * The frame of S4 and S4D models, {@code S4Model} of state-spaces/s4's example.py with an embedding
 * in front: residual layers of a kernel, a skip, GELU and a gated linear unit.
 *
 * @param name the registry's name
 * @param block what holds a layer's kernel and skip: empty, or "layer" in {@code S4Block}
 * @param convolution whether the output is stored as a convolution of one tap, [2 D, D, 1]
 */
record S4Model(String name, String block, boolean convolution) {
    /** A kernel served as a recurrence. */
    @FunctionalInterface
    interface Kernel {
        /** The convolution of x [R, D] with the kernel whose weights are in m; [R, D]. */
        Value scan(ModelBuilder m, Value x);
    }

    Stack record(Config config, Kernel kernel) {
        int vocabulary = config.positive("vocab_size");
        int hidden = config.positive("d_model"); // D
        boolean before = config.boolOf("prenorm", false);
        LayerNorm norm = new LayerNorm(config.floatOf("layer_norm_epsilon", 1e-5f));
        return new Stack(
                name,
                vocabulary,
                Collections.nCopies(config.positive("n_layers") + 1, hidden),
                m -> m.ops().embed(m.weight("encoder.weight", vocabulary, hidden)), // [R, D]
                (m, i, x) -> {
                    ModelBuilder layer = m.in("s4_layers." + i);
                    layer.layer(name);
                    Value z = before ? norm.apply(m, "norms." + i, x) : x;
                    Value y = m.ops().add(x, layer(layer, z, kernel)); // [R, D]
                    return before ? y : norm.apply(m, "norms." + i, y);
                },
                (m, x) -> Rnn.decoded(m, vocabulary, x),
                null);
    }

    /** One layer of u [R, D]; out [R, D]. */
    private Value layer(ModelBuilder m, Value u, Kernel kernel) {
        ProgramBuilder p = m.ops();
        int hidden = u.width();
        ModelBuilder inner = block.isEmpty() ? m : m.in(block);
        Weight skip =
                block.isEmpty()
                        ? inner.weight("D", hidden)
                        : inner.reshaped("D", Shape.of(1, hidden), hidden);
        Value y = p.add(kernel.scan(inner.in("kernel"), u), p.multiply(u, skip)); // [R, D]
        y = p.unary(UnaryFunction.GELU, y);
        Shape stored =
                convolution ? Shape.of(2L * hidden, hidden, 1) : Shape.of(2L * hidden, hidden);
        Value[] halves =
                p.split(
                        p.matmul(
                                y,
                                m.reshaped("output_linear.0.weight", stored, 2L * hidden, hidden),
                                m.weight("output_linear.0.bias", 2L * hidden)),
                        hidden,
                        hidden);
        return p.multiply(halves[0], p.unary(UnaryFunction.SIGMOID, halves[1]));
    }

    /** Refuses what {@code S4Block} may have and these models do not. */
    static void refuseVariants(Config config) {
        for (String key : new String[] {"gate", "bottleneck"}) {
            if (config.has(key)) {
                throw config.refuse(key, "absent");
            }
        }
        config.intIn("channels", 1, 1, 1);
        if (config.boolOf("bidirectional", false)) {
            throw config.refuse("bidirectional", "false: a session has no end to start from");
        }
        for (String key : new String[] {"dt_transform", "real_transform"}) {
            config.oneOf(key, Set.of("exp"), "exp");
        }
        config.oneOf("imag_transform", Set.of("none"), "none");
        config.oneOf("activation", Set.of("gelu"), "gelu");
        config.oneOf("final_act", Set.of("glu"), "glu");
        for (String key : new String[] {"is_real", "dt_fast"}) {
            if (config.boolOf(key, false)) {
                throw config.refuse(key, "false");
            }
        }
        if (!config.boolOf("dt_tie", true)) {
            throw config.refuse("dt_tie", "true");
        }
    }

    /** Modes N / 2: conjugate pairs of the state's N numbers. */
    static int modes(Config config) {
        int state = config.positive("d_state", 64);
        if (state % 2 != 0) {
            throw config.refuse("d_state", "an even number: conjugate pairs");
        }
        return state / 2;
    }

    /** Systems that the D channels share, channel d taking system d mod n_ssm. */
    static int systems(Config config) {
        int hidden = config.positive("d_model");
        int systems = config.positive("n_ssm", hidden);
        if (hidden % systems != 0) {
            throw config.refuse("n_ssm", "a divisor of d_model " + hidden);
        }
        return systems;
    }
}
