package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Tiny models of random weights on the reference backend: the same bits on every run. */
public final class TinyModels {
    /** Ids that {@link #program} knows: enough for bytes. */
    public static final int VOCABULARY = 256;

    /** Floats in a frame of {@link #transducer}. */
    public static final int FRAME = 3;

    /** Where sessions of {@link #growing} end at the latest. */
    static final int LIMIT = 2000;

    private static final int WIDTH = 8;
    private static final int INNER = 16;
    private static final int MODES = 4;
    private static final int TAPS = 4;
    private static final int LONG_TAPS = 40_000;
    private static final int LAYERS = 2;

    private final Random random;
    private final ProgramBuilder p;

    private TinyModels(Program.Input input, long seed) {
        random = new Random(seed);
        p = new ProgramBuilder(input);
    }

    /** Two layers like Mamba's, ids in, logits out. */
    public static Program program() {
        TinyModels m = new TinyModels(new Program.Input.Ids(VOCABULARY), 7);
        Weight embeddings = m.weight("embeddings", 1, VOCABULARY, WIDTH);
        Value x = m.layers(m.p.embed(embeddings));
        return m.p.logits(x, m.weight("head", 1.5f, VOCABULARY, WIDTH), null);
    }

    /** The same layers with attention to all that came before between them: its state grows. */
    public static Program growing() {
        TinyModels m = new TinyModels(new Program.Input.Ids(VOCABULARY), 9);
        Weight embeddings = m.weight("embeddings", 1, VOCABULARY, WIDTH);
        Value x = m.layers(m.p.embed(embeddings));
        Value[] qkv =
                m.p.split(m.p.matmul(x, m.weight("qkv", 1, 3 * WIDTH, WIDTH)), WIDTH, WIDTH, WIDTH);
        Value y =
                m.p.attention(
                        "attention", qkv[0], qkv[1], qkv[2], 2, 2, new Reach.All(LIMIT), 0.7f, 0);
        x = m.p.add(x, y);
        return m.p.logits(x, m.weight("head", 1.5f, VOCABULARY, WIDTH), null);
    }

    /** The same layers and a filter that is long: a state of more than a MiB. */
    static Program large() {
        TinyModels m = new TinyModels(new Program.Input.Ids(VOCABULARY), 10);
        Value x = m.layers(m.p.embed(m.weight("embeddings", 1, VOCABULARY, WIDTH)));
        x = m.p.fir("long", x, m.weight("long.taps", 1, WIDTH, LONG_TAPS), null);
        return m.p.logits(x, m.weight("head", 1.5f, VOCABULARY, WIDTH), null);
    }

    /** The same layers, frames in, frames out. */
    public static Program transducer() {
        TinyModels m = new TinyModels(new Program.Input.Frames(FRAME), 8);
        Value x = m.p.matmul(m.p.frames(), m.weight("in", 1, WIDTH, FRAME));
        Value y = m.p.select(m.layers(x));
        return m.p.finish(
                new Program.Output.Floats(m.p.matmul(y, m.weight("out", 1, FRAME, WIDTH))));
    }

    private Value layers(Value x) {
        for (int i = 0; i < LAYERS; i++) {
            String name = "layers." + i + ".";
            Value h = p.norm(NormKind.RMS, x, 1e-5f, null, null);
            Value[] parts =
                    p.split(p.matmul(h, weight(name + "in", 1, 2 * INNER, WIDTH)), INNER, INNER);
            Value u = p.fir(name + "conv", parts[0], weight(name + "taps", 1, INNER, TAPS), null);
            u = p.unary(UnaryFunction.SILU, u);
            Value[] bc =
                    p.split(p.matmul(u, weight(name + "bc", 1, 2 * MODES, INNER)), MODES, MODES);
            Value dt = p.matmul(u, weight(name + "dt", 1, INNER, INNER));
            dt = p.unary(UnaryFunction.SOFTPLUS, dt);
            Weight a = weight(name + "a", -1, INNER, MODES);
            Value y = p.diagonalScan(name + "h", u, dt, a, bc[0], bc[1]);
            y = p.multiply(y, p.unary(UnaryFunction.SILU, parts[1]));
            x = p.add(x, p.matmul(y, weight(name + "out", 1, WIDTH, INNER)));
        }
        return p.norm(NormKind.RMS, x, 1e-5f, null, null);
    }

    /**
     * Normal weights of the given scale over the square root of the last extent; negative: all
     * negative.
     */
    private Weight weight(String name, float scale, int... dims) {
        long[] extents = new long[dims.length];
        int count = 1;
        for (int i = 0; i < dims.length; i++) {
            extents[i] = dims[i];
            count *= dims[i];
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float g = (float) random.nextGaussian();
            values[i] =
                    scale < 0
                            ? scale * Math.abs(g)
                            : scale * g / (float) Math.sqrt(dims[dims.length - 1]) * 2;
        }
        Shape shape = Shape.of(extents);
        return p.weight(name, shape, () -> Tensor.ofFloats(name, shape, values));
    }

    /** {@link #program} on the reference backend. */
    public static EngineModel model(String name, int slots, int maxRows, int hostStates) {
        return model(name, program(), slots, maxRows, hostStates, executable -> executable);
    }

    /**
     * {@link #growing} on the reference backend.
     *
     * @param positions those of all slots together that the device has pages for
     */
    public static EngineModel growing(String name, int slots, long positions, long hostBytes) {
        Program program = growing();
        CompileOptions options =
                CompileOptions.of(WeightType.F32, 1, slots, 64).withPositions(positions);
        Executable executable = Backends.byName("reference").compile(program, options);
        return new EngineModel(name, program, executable, options, hostBytes);
    }

    /** A program on the reference backend, its executable perhaps wrapped. */
    public static EngineModel model(
            String name,
            Program program,
            int slots,
            int maxRows,
            int hostStates,
            UnaryOperator<Executable> wrapper) {
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, slots, maxRows);
        Executable executable =
                wrapper.apply(Backends.byName("reference").compile(program, options));
        long stateBytes = executable.arena().layout().bytes();
        return new EngineModel(name, program, executable, options, hostStates * stateBytes);
    }
}
