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
import java.util.function.Function;
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
    private final String part;
    private final String prefix;
    private final Notes notes;

    public ModelBuilder(Program.Input input, Weights weights) {
        this(new ProgramBuilder(input), weights, "", "", new Notes());
    }

    private ModelBuilder(
            ProgramBuilder ops, Weights weights, String part, String prefix, Notes notes) {
        this.ops = ops;
        this.weights = weights;
        this.part = part;
        this.prefix = prefix;
        this.notes = notes;
    }

    /** What all scopes of one recording share. */
    private static final class Notes {
        private final Map<String, Weight> declared = new HashMap<>();
        private final Map<String, Long> stored = new HashMap<>();
        private final List<ModelPlan.Layer> layers = new ArrayList<>();
        private long before;

        private long parameters() {
            return stored.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** The operators. */
    public ProgramBuilder ops() {
        return ops;
    }

    /** The same builder with names below {@code scope}. */
    public ModelBuilder in(String scope) {
        return new ModelBuilder(ops, weights, part, prefix + scope + ".", notes);
    }

    /**
     * The same builder at the root of a part: a model within this one, whose tensors this
     * checkpoint has under their own names behind {@code NAME.}
     */
    public ModelBuilder part(String name) {
        return new ModelBuilder(ops, weights.below(name + "."), part + name + ".", "", notes);
    }

    /** Full name of something in this scope, which a state takes. */
    public String name(String local) {
        return part + prefix + local;
    }

    /** True if the checkpoint has a weight of that local name. */
    public boolean has(String local) {
        return weights.has(prefix + local);
    }

    /** The whole number of that local name, if the checkpoint has it; read now. */
    public OptionalLong integer(String local) {
        return weights.integer(prefix + local);
    }

    /** The extents of the stored weight of that local name, if the checkpoint has it. */
    public Optional<Shape> shape(String local) {
        return weights.shape(prefix + local);
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
        Stored from = new Stored(prefix + local, stored);
        return declared(
                from.name(),
                key ->
                        ops.weight(
                                key,
                                Shape.of(dims),
                                weights.dtype(from.name(), stored),
                                fetch(from)));
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
                new Stored(prefix + local, stored));
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
                new Stored(prefix + local, stored));
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
        return declared(
                name,
                key -> {
                    if (weights.has(name)) {
                        return ops.weight(
                                key,
                                shape,
                                weights.dtype(name, shape),
                                fetch(new Stored(name, shape)));
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
        return declared(
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
        return new Stored(prefix + local, Shape.of(dims));
    }

    /** The weight of a part's name, made once. */
    private Weight declared(String name, Function<String, Weight> maker) {
        return notes.declared.computeIfAbsent(part + name, maker);
    }

    private Supplier<Tensor> fetch(Stored from) {
        Supplier<Tensor> source = weights.get(from.name(), from.shape());
        notes.stored.put(part + from.name(), from.shape().elements());
        return source;
    }

    private static Tensor apply(
            String name, Shape shape, Derivation function, List<Supplier<Tensor>> sources) {
        float[][] from =
                sources.stream().map(source -> source.get().toFloats()).toArray(float[][]::new);
        return Tensor.ofFloats(name, shape, function.apply(from));
    }

    /** Notes that this scope is the next layer, begins here and mixes with {@code mixer}. */
    public void layer(String mixer) {
        notes.before = notes.parameters();
        notes.layers.add(new ModelPlan.Layer(notes.layers.size(), mixer, part + prefix, 0));
    }

    /** The mixer of the layer noted last. */
    public String lastMixer() {
        return notes.layers.getLast().mixer();
    }

    /** Notes that the layer noted last ends here: what it was first to use are its parameters. */
    public void endLayer() {
        ModelPlan.Layer last = notes.layers.removeLast();
        notes.layers.add(
                new ModelPlan.Layer(
                        last.index(),
                        last.mixer(),
                        last.scope(),
                        notes.parameters() - notes.before));
    }

    /** Ends the recording. */
    public ModelPlan plan(String architecture, Program program) {
        return new ModelPlan(architecture, program, notes.layers, notes.parameters());
    }

    /**
     * A checkpoint's tensor.
     *
     * @param name full name in its part
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
