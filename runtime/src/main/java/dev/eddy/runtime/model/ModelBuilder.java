package dev.eddy.runtime.model;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an architecture records itself with: a {@link ProgramBuilder}, the checkpoint's weights by
 * name, and notes of which layer has which mixer. Scopes made by {@link #in} prefix names and share
 * everything else.
 */
public final class ModelBuilder {
    private final ProgramBuilder ops;
    private final Weights weights;
    private final String prefix;
    private final Map<String, Weight> declared;
    private final Map<String, Shape> stored;
    private final List<ModelPlan.Layer> layers;

    public ModelBuilder(Program.Input input, Weights weights) {
        this(
                new ProgramBuilder(input),
                weights,
                "",
                new HashMap<>(),
                new HashMap<>(),
                new ArrayList<>());
    }

    private ModelBuilder(
            ProgramBuilder ops,
            Weights weights,
            String prefix,
            Map<String, Weight> declared,
            Map<String, Shape> stored,
            List<ModelPlan.Layer> layers) {
        this.ops = ops;
        this.weights = weights;
        this.prefix = prefix;
        this.declared = declared;
        this.stored = stored;
        this.layers = layers;
    }

    /** The operators. */
    public ProgramBuilder ops() {
        return ops;
    }

    /** The same builder with names below {@code scope}. */
    public ModelBuilder in(String scope) {
        return new ModelBuilder(ops, weights, prefix + scope + ".", declared, stored, layers);
    }

    /** Full name of something in this scope; states take the same names. */
    public String name(String local) {
        return prefix + local;
    }

    /** True if the checkpoint has a weight of that local name. */
    public boolean has(String local) {
        return weights.has(name(local));
    }

    /** The weight of that local name, stored and used with the given extents. */
    public Weight weight(String local, long... dims) {
        return declare(local, "", Shape.of(dims), Shape.of(dims), null);
    }

    /** The weight of that local name, or null where {@code wanted} is false. */
    public @Nullable Weight optional(boolean wanted, String local, long... dims) {
        return wanted ? weight(local, dims) : null;
    }

    /** The taps [channels, order] of a depthwise convolution, stored as [channels, 1, order]. */
    public Weight taps(String local, int channels, int order) {
        return declare(local, "", Shape.of(channels, 1, order), Shape.of(channels, order), null);
    }

    /**
     * A float32 weight computed from a stored one, elementwise.
     *
     * @param how names the function, in errors and so that one derivation is made once
     */
    public Weight derived(String local, String how, FloatFunction function, long... dims) {
        return declare(local, how, Shape.of(dims), Shape.of(dims), function);
    }

    private Weight declare(
            String local,
            String how,
            Shape expected,
            Shape used,
            @Nullable FloatFunction function) {
        String full = name(local);
        return declared.computeIfAbsent(
                how.isEmpty() ? full : how + "(" + full + ")",
                key -> {
                    Supplier<Tensor> source = weights.get(full, expected);
                    stored.put(full, expected);
                    return ops.weight(
                            key,
                            used,
                            function == null ? source : () -> apply(key, source.get(), function));
                });
    }

    private static Tensor apply(String name, Tensor tensor, FloatFunction function) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = function.apply(values[i]);
        }
        return Tensor.ofFloats(name, tensor.shape(), values);
    }

    /** Notes that this scope is the next layer and mixes with {@code mixer}. */
    public void layer(String mixer) {
        layers.add(new ModelPlan.Layer(layers.size(), mixer, prefix));
    }

    /** Ends the recording. */
    public ModelPlan plan(String architecture, Program program) {
        long parameters = stored.values().stream().mapToLong(Shape::elements).sum();
        return new ModelPlan(architecture, program, layers, parameters);
    }

    /** A function of one float. */
    @FunctionalInterface
    public interface FloatFunction {
        float apply(float x);
    }
}
