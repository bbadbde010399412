package dev.eddy.runtime.model;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    /** The same builder with full names. */
    public ModelBuilder root() {
        return new ModelBuilder(ops, weights, "", declared, stored, layers);
    }

    /** Full name of something in this scope; states take the same names. */
    public String name(String local) {
        return prefix + local;
    }

    /** True if the checkpoint has a weight of that local name. */
    public boolean has(String local) {
        return weights.has(name(local));
    }

    /** The whole number of that local name, if the checkpoint has it; read now. */
    public OptionalLong integer(String local) {
        return weights.integer(name(local));
    }

    /** The extents of the stored weight of that local name, if the checkpoint has it. */
    public Optional<Shape> shape(String local) {
        return weights.shape(name(local));
    }

    /** The weight of that local name, stored and used with the given extents. */
    public Weight weight(String local, long... dims) {
        return reshaped(local, Shape.of(dims), dims);
    }

    /** The weight of that local name, or null where {@code wanted} is false. */
    public @Nullable Weight optional(boolean wanted, String local, long... dims) {
        return wanted ? weight(local, dims) : null;
    }

    /** The taps [channels, order] of a depthwise convolution, stored as [channels, 1, order]. */
    public Weight taps(String local, int channels, int order) {
        return reshaped(local, Shape.of(channels, 1, order), channels, order);
    }

    /** The weight of that local name, stored with extents {@code stored} and used with others. */
    public Weight reshaped(String local, Shape stored, long... dims) {
        Stored from = new Stored(name(local), stored);
        return declared.computeIfAbsent(
                from.name(),
                key -> ops.weight(key, Shape.of(dims), weights.dtype(key, stored), fetch(from)));
    }

    /**
     * A float32 weight computed from a stored one, elementwise.
     *
     * @param how names the function, in errors, so that one derivation is made once, and for
     *     formats that store it computed (see below): {@code -exp} for x to -e^x, {@code 1+} for x
     *     to 1 + x
     */
    public Weight derived(String local, String how, FloatFunction function, long... dims) {
        return derived(local, how, function, Shape.of(dims), dims);
    }

    /** The same of a tensor stored with extents {@code stored} and used with others. */
    public Weight derived(
            String local, String how, FloatFunction function, Shape stored, long... dims) {
        return derived(
                how,
                Shape.of(dims),
                from -> {
                    float[] values = from[0];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = function.apply(values[i]);
                    }
                    return values;
                },
                new Stored(name(local), stored));
    }

    /** The matrix [out, in] that is stored transposed, [in, out]. */
    public Weight transposed(String local, int in, int out) {
        return derived(
                "transposed",
                Shape.of(out, in),
                from -> transposed(from[0], 0, in, out),
                stored(local, in, out));
    }

    /** Matrix {@code index} [out, in] of {@code count} that are stored transposed, [in, out]. */
    public Weight transposed(String local, int count, int index, int in, int out) {
        return derived(
                "transposed " + index,
                Shape.of(out, in),
                from -> transposed(from[0], index * in * out, in, out),
                stored(local, count, in, out));
    }

    private static float[] transposed(float[] x, int start, int in, int out) {
        float[] y = new float[in * out];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                y[o * in + i] = x[start + i * out + o];
            }
        }
        return y;
    }

    /**
     * A stored tensor's rows in another order, or some of them. A row is what one step along the
     * result's outermost axis spans.
     *
     * @param how names the order, as in {@link #derived}
     * @param stored extents as stored
     * @param source the stored row of each row of the result
     * @param dims extents of the result
     */
    public Weight rows(
            String local, String how, Shape stored, IntUnaryOperator source, long... dims) {
        Shape shape = Shape.of(dims);
        int width = Math.toIntExact(shape.elements() / shape.dim(0));
        return derived(
                how,
                shape,
                from -> {
                    float[] y = new float[Math.toIntExact(shape.elements())];
                    for (int i = 0; i < shape.dim(0); i++) {
                        int row = source.applyAsInt(i);
                        System.arraycopy(from[0], row * width, y, i * width, width);
                    }
                    return y;
                },
                new Stored(name(local), stored));
    }

    /**
     * A float32 weight computed from stored ones when a backend compiles the program. Some formats
     * store it computed already: where the checkpoint has a weight of the name {@code how(name)},
     * such as {@code -exp(backbone.layers.0.mixer.A_log)}, that one is taken as it is.
     *
     * @param how names the function, in errors and so that one derivation is made once
     * @param shape extents of the result
     * @param function computes it from the stored tensors' elements, in the order of {@code from}
     */
    public Weight derived(String how, Shape shape, Derivation function, Stored... from) {
        String name =
                Arrays.stream(from)
                        .map(Stored::name)
                        .collect(Collectors.joining(", ", how + "(", ")"));
        return declared.computeIfAbsent(
                name,
                key -> {
                    if (weights.has(key)) {
                        return ops.weight(
                                key, shape, weights.dtype(key, shape), fetch(new Stored(key, shape)));
                    }
                    List<Supplier<Tensor>> sources = Arrays.stream(from).map(this::fetch).toList();
                    return ops.weight(key, shape, () -> apply(key, shape, function, sources));
                });
    }

    /**
     * Stored tensors one after the other along the outermost axis, in their stored type: experts,
     * projections kept apart.
     *
     * @param shape extents of the result
     */
    public Weight joined(Shape shape, Stored... from) {
        String name = Arrays.stream(from).map(Stored::name).collect(Collectors.joining(" + "));
        return declared.computeIfAbsent(
                name,
                key -> {
                    List<Supplier<Tensor>> sources = Arrays.stream(from).map(this::fetch).toList();
                    DType first = weights.dtype(from[0].name(), from[0].shape());
                    boolean same =
                            Arrays.stream(from)
                                    .allMatch(f -> weights.dtype(f.name(), f.shape()) == first);
                    return ops.weight(
                            key,
                            shape,
                            same ? first : DType.F32,
                            () ->
                                    Tensor.join(
                                            key,
                                            shape,
                                            sources.stream().map(Supplier::get).toList()));
                });
    }

    /** A stored tensor of that local name and those extents, for a weight derived from it. */
    public Stored stored(String local, long... dims) {
        return new Stored(name(local), Shape.of(dims));
    }

    private Supplier<Tensor> fetch(Stored from) {
        Supplier<Tensor> source = weights.get(from.name(), from.shape());
        stored.put(from.name(), from.shape());
        return source;
    }

    private static Tensor apply(
            String name, Shape shape, Derivation function, List<Supplier<Tensor>> sources) {
        float[][] from =
                sources.stream().map(source -> source.get().toFloats()).toArray(float[][]::new);
        return Tensor.ofFloats(name, shape, function.apply(from));
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

    /**
     * A checkpoint's tensor.
     *
     * @param name full name
     * @param shape extents as stored
     */
    public record Stored(String name, Shape shape) {}

    /** A function of one float. */
    @FunctionalInterface
    public interface FloatFunction {
        float apply(float x);
    }

    /** A function of whole tensors' elements, row-major; it may overwrite them. */
    @FunctionalInterface
    public interface Derivation {
        float[] apply(float[][] from);
    }
}
