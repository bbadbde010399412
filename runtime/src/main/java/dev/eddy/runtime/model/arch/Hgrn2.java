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
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.ShortConv;
import org.jspecify.annotations.Nullable;

/**
 * HGRN2 (arXiv:2404.07904) in fla's names: a head's state S [K, V] forgets by key channel and
 * writes what it forgot, S = diag(f) S + (1 - f) i', y = S' q / sqrt(K); f is sigmoid(x) squeezed
 * between a learned lower bound, which rises from layer to layer, and one.
 *
 * @param layers L
 * @param heads H
 * @param keys K
 * @param conv convolutions of q, f and i, or none
 * @param bounded whether there are lower bounds
 */
record Hgrn2(
        int layers,
        int heads,
        int keys,
        @Nullable ShortConv conv,
        boolean bounded,
        GatedOutput output)
        implements Fla.Mixer {
    static Stack record(Config config, Weights weights) {
        int hidden = config.positive("hidden_size");
        int keys =
                config.has("num_heads") && !config.has("expand_ratio")
                        ? hidden / config.positive("num_heads")
                        : config.positive("expand_ratio", 128);
        int heads = hidden / keys;
        if (heads < 1 || heads * keys != hidden) {
            throw config.refuse(
                    config.has("expand_ratio") ? "expand_ratio" : "num_heads",
                    "a divisor of hidden_size " + hidden);
        }
        boolean bounded = config.boolOf("use_lower_bound", true);
        GatedOutput output = Fla.wholeNorm(config);
        int layers = config.positive("num_hidden_layers");
        Hgrn2 mixer = new Hgrn2(layers, heads, keys, Fla.conv(config, null), bounded, output);
        return Fla.record("hgrn2", config, mixer);
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        Value q = p.unary(UnaryFunction.SILU, project(m, "q", x)); // [R, H K]
        Value f = p.unary(UnaryFunction.SIGMOID, project(m, "f", x)); // [R, H K]
        if (bounded && layer > 0) {
            Weight least = bound(m, layer, x.width(), "least");
            f = p.add(p.multiply(f, bound(m, layer, x.width(), "room")), least); // [R, H K]
        }
        Value k = p.add(p.multiply(f, new Operand.Scalar(-1)), new Operand.Scalar(1)); // 1 - f
        Value i = project(m, "i", x); // [R, H V]
        Value o =
                p.matrixScan(m.name("s"), Fla.scaled(p, q, keys), k, i, f, heads, heads); // [R, D]
        return output.apply(m, o, null, x.width());
    }

    /**
     * Layer i's lower bound b [D], which is sum over layers 1 to i of softmax(lower_bounds) along
     * the layers, or its room 1 - b.
     */
    private Weight bound(ModelBuilder m, int layer, int width, String kind) {
        Shape stored = Shape.of(layers, width);
        return m.derived(
                kind + " of layer " + layer,
                Shape.of(width),
                from -> {
                    float[] bounds = new float[width];
                    for (int c = 0; c < width; c++) {
                        double bound = bound(from[0], layer, width, c);
                        bounds[c] = (float) (kind.equals("room") ? 1 - bound : bound);
                    }
                    return bounds;
                },
                new ModelBuilder.Stored("model.lower_bounds", stored));
    }

    private double bound(float[] logits, int layer, int width, int column) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < layers; i++) {
            largest = Math.max(largest, logits[i * width + column]);
        }
        double sum = 0;
        double bound = 0;
        for (int i = 0; i < layers; i++) {
            double weight = Math.exp(logits[i * width + column] - largest);
            sum += weight;
            bound += i > 0 && i <= layer ? weight : 0;
        }
        return bound / sum;
    }

    private Value project(ModelBuilder m, String name, Value x) {
        Value y = Projection.of(m, name + "_proj", false, x, x.width());
        return conv == null ? y : conv.apply(m, name + "_conv1d", y);
    }
}
