package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Op.MatrixScan.Write;
import dev.eddy.kernels.program.Operand.Scalar;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.LayerNorm;
import dev.eddy.runtime.model.mixer.Norm;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.Set;

/**
 * Mamba-3, single input and output, as {@code MambaLMHeadModel} of mamba_ssm with {@code ssm_cfg}'s
 * layer Mamba3: Mamba-2's matrix state with a trapezoidal write of two elements and with B and C
 * rotated by an angle that the input moves.
 *
 * <p>E = H P is the inner width, G groups of N modes; 2 S of each N columns rotate. Pairs (2 s, 2 s
 * + 1) are laid out as s and S + s when the weights are loaded; the state's modes lie in that
 * order.
 */
final class Mamba3 {
    private final int hidden;
    private final int heads;
    private final int headDim;
    private final int modes;
    private final int groups;
    private final int angles;
    private final float leastDecay;
    private final boolean outNorm;

    private Mamba3(Config config, Config ssm) {
        hidden = config.positive("d_model");
        headDim = ssm.positive("headdim", 64);
        modes = ssm.positive("d_state", 128);
        groups = ssm.positive("ngroups", 1);
        int inner = (int) (ssm.doubleIn("expand", 0, 1024, 2) * hidden);
        if (inner % headDim != 0 || inner == 0) {
            throw ssm.refuse("headdim", "a divisor of the inner width " + inner);
        }
        heads = inner / headDim;
        if (heads % groups != 0) {
            throw ssm.refuse("ngroups", "a divisor of the heads " + heads);
        }
        double fraction = ssm.doubleIn("rope_fraction", 0, 1, 0.5);
        if (fraction != 0.5 && fraction != 1) {
            throw ssm.refuse("rope_fraction", "0.5 or 1");
        }
        angles = (int) (modes * fraction) / 2;
        if (angles == 0) {
            throw ssm.refuse("d_state", "enough columns for a rotated pair");
        }
        leastDecay = ssm.floatOf("A_floor", 1e-4f);
        outNorm = ssm.boolOf("is_outproj_norm", false);
    }

    static Stack record(Config config, Weights weights) {
        Config ssm = config.at("ssm_cfg");
        ssm.oneOf("layer", Set.of("Mamba3"));
        if (ssm.boolOf("is_mimo", false)) {
            throw ssm.refuse("is_mimo", "false: one input and output a head");
        }
        config.intIn("d_intermediate", 0, 0, 0);
        if (config.has("attn_layer_idx") && !config.intsOf("attn_layer_idx").isEmpty()) {
            throw config.refuse("attn_layer_idx", "empty: no attention layers");
        }
        int multiple = config.positive("pad_vocab_size_multiple", 1);
        Decoder.Sizes sizes =
                new Decoder.Sizes(
                        Math.ceilDiv(config.positive("vocab_size"), multiple) * multiple,
                        config.positive("d_model"),
                        config.positive("n_layer"),
                        config.boolOf("tie_embeddings", true));
        Norm norm = config.boolOf("rms_norm", true) ? new RmsNorm(1e-5f) : new LayerNorm(1e-5f);
        Mamba3 mamba = new Mamba3(config, ssm);
        Decoder.Names names = new Decoder.Names("backbone", "embedding", "layers", "norm_f");
        return new Decoder("mamba3", names, norm, sizes.tied())
                .record(
                        sizes,
                        (m, _, x) -> {
                            m.layer("mamba3");
                            Value y = mamba.mix(m.in("mixer"), norm.apply(m, "norm", x));
                            return m.ops().add(x, y);
                        });
    }

    /**
     * Mixes x [R, D]; out [R, D]. State: angle [H S], k [H N] and v [E] of the element before, s
     * [H, N, P].
     */
    private Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int inner = heads * headDim;
        int keys = groups * modes;
        int[] widths = {inner, inner, keys, keys, heads, heads, heads, angles};
        Value[] parts = p.split(p.matmul(x, projection(m)), widths);
        Value v = parts[1]; // [R, E]
        Value dt =
                p.unary(
                        UnaryFunction.SOFTPLUS,
                        p.add(parts[4], m.weight("dt_bias", heads))); // [R, H]
        Value decay = p.unary(UnaryFunction.EXP, p.multiply(rate(p, m, parts[5]), dt)); // [R, H]
        Value now = p.unary(UnaryFunction.SIGMOID, parts[6]); // [R, H]
        Value before = p.binary(BinaryFunction.SUBTRACT, Constants.ones(m, heads), now);
        Value turn = p.unary(UnaryFunction.TANH, parts[7]);
        turn = p.multiply(turn, new Scalar(0.5f)); // tanh(.) pi, in turns
        Value phase = p.phaseScan(m.name("angle"), p.outer(dt, turn, 1)); // [R, 2 H S]
        Value k = rotated(m, "B", parts[2], phase); // [R, H N]
        Value q = rotated(m, "C", parts[3], phase); // [R, H N]
        Value gamma = p.multiply(now, dt); // [R, H]
        Value beta = p.multiply(p.multiply(before, dt), decay); // [R, H]
        Value y =
                p.matrixScan(
                        m.name("s"),
                        q,
                        k,
                        spread(p, v, gamma),
                        decay,
                        DecayAxis.HEAD,
                        new Write(
                                p.delay(m.name("k"), k), spread(p, p.delay(m.name("v"), v), beta)),
                        null,
                        heads,
                        heads); // [R, E]
        y = p.add(y, p.binary(BinaryFunction.MULTIPLY, v, m.weight("D", heads), Spread.BLOCKS));
        if (outNorm) {
            y = p.norm(NormKind.RMS, y, heads, 1e-5f, m.weight("norm.weight", inner), null);
        }
        y = p.multiply(y, p.unary(UnaryFunction.SILU, parts[0]));
        return p.matmul(y, m.weight("out_proj.weight", hidden, inner));
    }

    private static Value spread(ProgramBuilder p, Value wide, Value heads) {
        return p.binary(BinaryFunction.MULTIPLY, wide, heads, Spread.BLOCKS);
    }

    /** A [R, H] of a [R, H]: -(1 + a) above zero, -1 / (1 - a) below, at most -floor. */
    private Value rate(ProgramBuilder p, ModelBuilder m, Value a) {
        Value ones = Constants.ones(m, heads);
        Value below = p.binary(BinaryFunction.MIN, a, new Scalar(0));
        Value positive = p.binary(BinaryFunction.MAX, a, new Scalar(0));
        Value rest = p.binary(BinaryFunction.SUBTRACT, ones, below);
        Value size = p.add(positive, p.binary(BinaryFunction.DIVIDE, ones, rest));
        Value rate = p.multiply(size, new Scalar(-1));
        return p.binary(BinaryFunction.MIN, rate, new Scalar(-leastDecay));
    }

    /**
     * B or C [R, G N] normed, given to each head with its bias, and its first 2 S columns rotated
     * by {@code phase} [R, 2 H S], cosines before sines; out [R, H N].
     */
    private Value rotated(ModelBuilder m, String name, Value x, Value phase) {
        ProgramBuilder p = m.ops();
        Value normed = p.norm(NormKind.RMS, x, groups, 1e-5f, null, null);
        normed =
                p.multiply(
                        normed,
                        m.rows(
                                name + "_norm.weight",
                                "paired",
                                Shape.of(modes),
                                this::stored,
                                modes));
        Value[] cosAndSin = p.split(phase, heads * angles, heads * angles);
        Value first = columns(m, name, "first", normed, 0, angles); // [R, H S]
        Value second = columns(m, name, "second", normed, angles, angles); // [R, H S]
        Value cos = cosAndSin[0];
        Value sin = cosAndSin[1];
        Value x1 =
                p.binary(BinaryFunction.SUBTRACT, p.multiply(first, cos), p.multiply(second, sin));
        Value x2 = p.add(p.multiply(first, sin), p.multiply(second, cos));
        int rest = modes - 2 * angles;
        return rest == 0
                ? p.concat(heads, x1, x2)
                : p.concat(heads, x1, x2, columns(m, name, "rest", normed, 2 * angles, rest));
    }

    /**
     * Columns {@code from .. from + count - 1} of every group of x [R, G N], for each head with its
     * bias: [R, H count].
     */
    private Value columns(ModelBuilder m, String name, String part, Value x, int from, int count) {
        ProgramBuilder p = m.ops();
        Value[] copies = new Value[heads];
        for (int h = 0; h < heads; h++) {
            int group = h * groups / heads;
            copies[h] = p.columns(x, group * modes + from, count);
        }
        Weight bias =
                m.rows(
                        name + "_bias",
                        part,
                        Shape.of(heads, 1, modes),
                        i -> i / count * modes + stored(from + i % count),
                        heads * (long) count);
        return p.add(heads == 1 ? copies[0] : p.concat(copies), bias);
    }

    /** Where a head's or group's column {@code column} lies in the file. */
    private int stored(int column) {
        if (column >= 2 * angles) {
            return column;
        }
        return column < angles ? 2 * column : 2 * (column - angles) + 1;
    }

    /** in_proj [F, D] with B's and C's rows in the order of their columns here. */
    private Weight projection(ModelBuilder m) {
        int start = 2 * heads * headDim;
        int paired = 2 * groups * modes;
        long all = start + paired + 3L * heads + angles;
        return m.rows(
                "in_proj.weight",
                "paired",
                Shape.of(all, hidden),
                i -> {
                    int column = i - start;
                    boolean moves = column >= 0 && column < paired;
                    return moves ? i - column % modes + stored(column % modes) : i;
                },
                all,
                hidden);
    }
}
