package dev.eddy.kernels.backend;

import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small programs with random weights: one for each operator, and whole models. */
final class Samples {
    /** A program over frames of some width. */
    interface Sample {
        Program of(int width);
    }

    final ProgramBuilder builder;

    /** Kinds of layers that a model may have. */
    static final int KINDS = 15;

    private static final Reach WINDOW = new Reach.Window(12);

    private final Random random;
    private int names;

    private Samples(Program.Input input, long seed) {
        builder = new ProgramBuilder(input);
        random = new Random(seed);
    }

    /** One program for each operator and kind of argument, by name. */
    static Map<String, Sample> operators() {
        Map<String, Sample> all = new LinkedHashMap<>();
        all.put("frames", w -> frames(w, (s, x) -> x));
        all.put("matmul", w -> frames(w, (s, x) -> s.builder.matmul(x, s.matrix(33, w))));
        all.put("matmul wide", w -> frames(w, (s, x) -> s.builder.matmul(x, s.matrix(97, w))));
        all.put(
                "matmul bias",
                w -> frames(w, (s, x) -> s.builder.matmul(x, s.matrix(w, w), s.vector(w))));
        all.put(
                "matmuls of views",
                w -> frames(w, (s, x) -> s.views(s.builder.matmul(x, s.matrix(3 * w, w)), w)));
        all.put("matmul deep", w -> frames(w, (s, x) -> s.deep(x)));
        for (UnaryFunction function : UnaryFunction.values()) {
            all.put("unary " + function, w -> frames(w, (s, x) -> s.builder.unary(function, x)));
        }
        for (BinaryFunction function : BinaryFunction.values()) {
            all.put("binary " + function, w -> frames(w, (s, x) -> s.operands(function, x)));
        }
        for (NormKind kind : NormKind.values()) {
            all.put("norm " + kind, w -> frames(w, (s, x) -> s.norms(kind, x)));
        }
        for (int order : new int[] {1, 2, 3, 4, 7, 40}) {
            all.put("fir " + order, w -> frames(w, (s, x) -> s.fir(x, order)));
        }
        all.put("diagonal", w -> frames(w, (s, x) -> s.diagonal(x, 5)));
        all.put("diagonal 16", w -> frames(w, (s, x) -> s.diagonal(x, 16)));
        all.put("matrix", w -> frames(w, (s, x) -> s.matrixScan(x, 1, 1, w, 5, false)));
        all.put("matrix heads", w -> frames(w, (s, x) -> s.matrixScan(x, 4, 2, w, 3, false)));
        all.put("matrix keys", w -> frames(w, (s, x) -> s.matrixScan(x, 2, 1, w, 17, true)));
        all.put("overwriting views", w -> frames(w, (s, x) -> s.overwriting(x)));
        all.put("overwriting heads", w -> frames(w, (s, x) -> s.overwritingHeads(x)));
        StateSamples.addTo(all);
        return all;
    }

    interface Body {
        Value of(Samples s, Value x);
    }

    static Program frames(int width, Body body) {
        Samples s = new Samples(new Program.Input.Frames(width), 31L * width);
        Value out = body.of(s, s.builder.frames());
        return s.builder.finish(new Program.Output.Floats(s.builder.select(out)));
    }

    /** Every kind of second operand, one after the other. */
    private Value operands(BinaryFunction function, Value x) {
        int w = x.width();
        Value y = builder.binary(function, x, new Operand.Scalar(0.75f));
        y = builder.binary(function, y, vector(w));
        y = builder.binary(function, x, y);
        y = builder.binary(function, y, builder.columns(x, w - 1, 1));
        for (int narrow = 2; narrow < w; narrow++) {
            if (w % narrow == 0) {
                y =
                        builder.binary(
                                function, y, builder.columns(x, w - narrow, narrow), Spread.BLOCKS);
                y = builder.binary(function, y, builder.columns(x, 1, narrow), Spread.TILES);
                y = builder.binary(function, y, vector(narrow), Spread.BLOCKS);
                y = builder.binary(function, y, vector(narrow), Spread.TILES);
            }
        }
        return y;
    }

    /** So deep that a product is cut into slices, whose sums wait in the output. */
    private Value deep(Value x) {
        int depth = 2048 + 37;
        return builder.matmul(builder.matmul(x, matrix(depth, x.width())), matrix(35, depth));
    }

    private Value norms(NormKind kind, Value x) {
        int w = x.width();
        Value y = builder.norm(kind, x, 1e-5f, null, null);
        y = builder.add(y, builder.norm(kind, x, 1e-5f, vector(w), vector(w)));
        for (int groups = 2; groups <= w; groups++) {
            if (w % groups == 0) {
                y = builder.add(y, builder.norm(kind, x, groups, 1e-6f, vector(w), null));
                y = builder.norm(kind, builder.multiply(y, x), groups, 1e-6f, null, null);
            }
        }
        return y;
    }

    private Value views(Value xyz, int w) {
        Value[] parts = builder.split(xyz, w, w, w);
        Value a = builder.matmul(parts[1], matrix(w, w));
        Value b = builder.matmul(parts[2], matrix(w, w));
        return builder.multiply(builder.add(parts[0], b), builder.unary(UnaryFunction.SILU, a));
    }

    private Value fir(Value x, int order) {
        int w = x.width();
        Value y = builder.fir(name("fir"), x, weight(DType.F32, w, order), vector(w));
        Value z = builder.fir(name("fir"), x, weight(DType.F32, w, order), null);
        return builder.multiply(builder.unary(UnaryFunction.SILU, y), z);
    }

    private Value diagonal(Value x, int modes) {
        int w = x.width();
        Value dt =
                builder.unary(UnaryFunction.SOFTPLUS, builder.matmul(x, matrix(w, w), vector(w)));
        Value b = builder.matmul(x, matrix(modes, w));
        Value c = builder.matmul(x, matrix(modes, w));
        Weight a = negative(w, modes);
        Value y = builder.diagonalScan(name("h"), x, dt, a, b, c);
        y = builder.add(y, builder.multiply(x, vector(w)));
        return builder.multiply(y, builder.unary(UnaryFunction.SILU, x));
    }

    /** The last use of x adds to it what was made of its first column. */
    private Value overwriting(Value x) {
        Value u = builder.multiply(x, vector(x.width()));
        Value y = builder.fir(name("fir"), u, weight(DType.F32, x.width(), 2), null);
        return builder.add(x, builder.multiply(y, builder.columns(x, 0, 1)));
    }

    /** The last use of q, which every head reads as a whole, column by column. */
    private Value overwritingHeads(Value x) {
        Value q = builder.matmul(x, matrix(64, x.width()));
        Value decay = builder.unary(UnaryFunction.SIGMOID, builder.matmul(x, matrix(4, x.width())));
        Value y = builder.matrixScan(name("s"), q, q, q, decay, 4, 1);
        return builder.multiply(q, y);
    }

    private Value matrixScan(Value x, int heads, int groups, int columns, int keys, boolean each) {
        int w = x.width();
        Value q = builder.matmul(x, matrix(groups * keys, w));
        Value k = builder.matmul(x, matrix(groups * keys, w));
        Value v = builder.matmul(x, matrix(heads * columns, w));
        Value decay =
                builder.unary(
                        UnaryFunction.SIGMOID,
                        builder.matmul(x, matrix(each ? heads * keys : heads, w)));
        Value y = builder.matrixScan(name("s"), q, k, v, decay, heads, groups);
        y =
                builder.add(
                        y,
                        builder.binary(BinaryFunction.MULTIPLY, v, vector(heads), Spread.BLOCKS));
        return builder.multiply(y, builder.unary(UnaryFunction.SILU, v));
    }

    /** A small language model with every operator, layers of random kinds, bfloat16 embeddings. */
    static Program model(long seed) {
        Random shapes = new Random(seed);
        int vocabulary = 11 + shapes.nextInt(60);
        int width = 4 * (1 + shapes.nextInt(12));
        return model(seed, vocabulary, width, shapes.ints(4, 0, KINDS).toArray());
    }

    /** A small language model with layers of the given kinds, each below {@link #KINDS}. */
    static Program model(long seed, int vocabulary, int width, int... kinds) {
        Samples s = new Samples(new Program.Input.Ids(vocabulary), seed);
        Value x = s.builder.embed(s.weight(DType.BF16, vocabulary, width));
        for (int layer = 0; layer < kinds.length; layer++) {
            Value y = s.builder.norm(NormKind.values()[layer % 3], x, 1e-5f, s.vector(width), null);
            y = s.mixer(y, kinds[layer]);
            x = s.builder.add(x, s.builder.matmul(y, s.matrix(width, y.width())));
        }
        x = s.builder.norm(NormKind.RMS, x, 1e-5f, s.vector(width), null);
        return s.builder.logits(x, s.matrix(vocabulary, width), null);
    }

    private Value mixer(Value x, int kind) {
        int w = x.width();
        StateSamples states = new StateSamples(this);
        return switch (kind) {
            case 0 -> diagonal(fir(x, 4), 8);
            case 1 -> {
                Value y = matrixScan(fir(x, 3), 4, 2, 16, 9, false);
                y = builder.norm(NormKind.RMS, y, 2, 1e-5f, vector(y.width()), null);
                yield y;
            }
            case 2 -> matrixScan(x, 2, 2, 5, 8, true);
            case 3 -> {
                Value up = builder.matmul(x, matrix(2 * w, w));
                Value[] halves = builder.split(up, w, w);
                yield builder.multiply(
                        builder.unary(UnaryFunction.RELU_SQUARED, halves[0]), halves[1]);
            }
            case 4 -> states.matrix(x, 2, 16, DecayAxis.VALUE, true, false);
            case 5 ->
                    states.matrix(builder.delay(name("last"), x), 2, 9, DecayAxis.KEY, false, true);
            case 6 -> states.delta(fir(x, 2), 2, 8, 16, true);
            case 7 -> states.recurrence(x);
            case 8 -> states.modal(x, 3, true, true);
            case 9 -> states.wkv(builder.delay(name("last"), x));
            case 10 -> states.attention(states.rotate(x, 2, false), 4, 2, 6, 16, WINDOW, 0);
            case 11 -> states.attention(x, 2, 1, 8, 10, new Reach.All(700), 3f);
            case 12 -> states.cell(x, CellKind.LSTM, 20, true);
            case 13 -> states.experts(x, 6, 1, 1, 2, UnaryFunction.SILU, true);
            default ->
                    builder.unary(
                            UnaryFunction.TANH, views(builder.matmul(x, matrix(3 * w, w)), w));
        };
    }

    String name(String kind) {
        return kind + "." + names++;
    }

    Weight matrix(int n, int k) {
        return weight(DType.F32, n, k);
    }

    Weight vector(int n) {
        return weight(DType.F32, n);
    }

    private Weight weight(DType dtype, long... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[Math.toIntExact(shape.elements())];
        double scale = 1 / Math.sqrt(dims[dims.length - 1]);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((dims.length == 1 ? 1 : scale) * random.nextGaussian());
        }
        return stored(shape, dtype, values);
    }

    Weight matrices(int count, int n, int k) {
        return weight(DType.F32, count, n, k);
    }

    /** Numbers of absolute values up to {@code most}. */
    Weight matrix(int n, int k, float most) {
        return bounded(Shape.of(n, k), most);
    }

    /** Complex numbers whose parts have absolute values up to {@code most}. */
    Weight complex(int n, int k, float most) {
        return bounded(Shape.of(n, k, 2), most);
    }

    private Weight bounded(Shape shape, float most) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = most * (2 * random.nextFloat() - 1);
        }
        return stored(shape, DType.F32, values);
    }

    Weight negative(int channels, int modes) {
        float[] values = new float[channels * modes];
        for (int i = 0; i < values.length; i++) {
            values[i] = -0.1f - 3 * random.nextFloat();
        }
        return stored(Shape.of(channels, modes), DType.F32, values);
    }

    private Weight stored(Shape shape, DType dtype, float[] values) {
        String name = name("weight");
        Tensor tensor = Tensor.ofFloats(name, shape, values);
        if (dtype == DType.BF16) {
            short[] bits = new short[values.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Halves.toBf16(values[i]);
            }
            tensor = new Tensor(name, DType.BF16, shape, MemorySegment.ofArray(bits));
        }
        Tensor stored = tensor;
        return builder.weight(name, shape, () -> stored);
    }
}
