package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.SoftCap;
import java.util.Set;

/**
 * xLSTM with mLSTM cells (arXiv:2405.04517, section 2.3; as a language model arXiv:2503.13427) as
 * {@code xLSTMForCausalLM}: C = f C + i k v', n = f n + i k, h = C' q / max(|n' q|, 1), where the
 * gates f = sigmoid and i = exp are kept in range by the running logarithm m of their maximum.
 *
 * @param heads H
 * @param keys K, a head's queries and keys
 * @param values V, a head's values
 * @param gateCap c of the gates' soft cap, 0 for none
 * @param epsilon added to the divisor of h
 * @param normEpsilon of the norm of each head
 */
record Xlstm(int heads, int keys, int values, float gateCap, float epsilon, float normEpsilon) {
    private static final Decoder.Names NAMES =
            new Decoder.Names("backbone", "embeddings", "blocks", "out_norm");

    static Stack record(Config config, Weights weights) {
        Options.require(config, "use_bias", false);
        Options.require(config, "add_out_norm", true);
        config.oneOf("weight_mode", Set.of("single"), "single");
        int hidden = sameOf(config, "hidden_size", "embedding_dim");
        Decoder.Sizes sizes =
                new Decoder.Sizes(
                        config.positive("vocab_size"),
                        hidden,
                        sameOf(config, "num_hidden_layers", "num_blocks"),
                        config.boolOf("tie_word_embeddings", false));
        int heads = config.positive("num_heads", 8);
        float normEpsilon = config.floatOf("norm_eps", 1e-6f);
        RmsNorm norm = new RmsNorm(normEpsilon);
        GatedMlp mlp =
                new GatedMlp(
                        inner(config, hidden),
                        UnaryFunction.SILU,
                        false,
                        "proj_up_gate",
                        "proj_up",
                        "proj_down");
        Xlstm cell =
                new Xlstm(
                        heads,
                        perHead(config, "qk_dim_factor", 0.5, hidden, heads),
                        perHead(config, "v_dim_factor", 1, hidden, heads),
                        config.floatOf("gate_soft_cap", 15),
                        config.floatOf("eps", 1e-6f),
                        normEpsilon);
        float logitCap = config.floatOf("output_logit_soft_cap", 30);
        return new Decoder("xlstm", NAMES, norm, false, logitCap)
                .record(
                        sizes,
                        (m, _, x) -> {
                            m.layer("mlstm");
                            ProgramBuilder p = m.ops();
                            Value normed = norm.apply(m, "norm_mlstm", x);
                            Value y = p.add(x, cell.mix(m.in("mlstm_layer"), normed)); // [R, D]
                            return p.add(y, mlp.apply(m.in("ffn"), norm.apply(m, "norm_ffn", y)));
                        });
    }

    /** The value of two keys that mean the same, of which one may be absent. */
    private static int sameOf(Config config, String key, String other) {
        int value = config.positive(config.has(key) ? key : other);
        if (config.positive(other, value) != value) {
            throw config.refuse(other, key + " " + value);
        }
        return value;
    }

    private static int inner(Config config, int hidden) {
        int multiple = config.positive("ffn_round_up_to_multiple_of", 64);
        double wanted = hidden * config.doubleIn("ffn_proj_factor", 0, 1e6, 2.667);
        return Math.toIntExact((long) Math.floor((wanted + multiple - 1) / multiple) * multiple);
    }

    private static int perHead(Config config, String key, double fallback, int hidden, int heads) {
        int width = (int) (hidden * config.doubleIn(key, 0, 1e3, fallback));
        if (width < heads || width % heads != 0) {
            throw config.refuse(
                    key, "a factor of " + hidden + " that gives a multiple of num_heads " + heads);
        }
        return width / heads;
    }

    private Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value q = Projection.of(m, "q", false, x, heads * keys); // [R, H K]
        q = p.multiply(q, new Operand.Scalar((float) (1 / Math.sqrt(keys))));
        Value k = Projection.of(m, "k", false, x, heads * keys); // [R, H K]
        Value v = Projection.of(m, "v", false, x, heads * values); // [R, H V]
        Value logF = p.unary(UnaryFunction.LOG_SIGMOID, gate(m, "fgate_preact", x)); // [R, H]
        Value scan = p.logMaxScan(m.name("m"), logF, gate(m, "igate_preact", x)); // [R, 3 H]
        Value[] gates = p.split(scan, heads, heads, heads); // f, i and m, each [R, H]
        Value input = p.binary(BinaryFunction.MULTIPLY, v, gates[1], Spread.BLOCKS); // [R, H V]
        Value y = p.matrixScan(m.name("c"), q, k, input, gates[0], heads, heads); // [R, H V]
        Value n = p.matrixScan(m.name("n"), q, k, gates[1], gates[0], heads, heads); // [R, H]
        Value h = p.binary(BinaryFunction.DIVIDE, y, divisor(p, n, gates[2]), Spread.BLOCKS);
        Value normed =
                p.norm(
                        NormKind.LAYER,
                        h,
                        heads,
                        normEpsilon,
                        m.weight("multihead_norm.weight", h.width()),
                        null); // [R, H V]
        Value o = Projection.of(m, "ogate_preact", false, x, h.width());
        Value out = p.multiply(normed, p.unary(UnaryFunction.SIGMOID, o));
        return Projection.of(m, "out_proj", false, out, x.width());
    }

    private Value gate(ModelBuilder m, String name, Value x) {
        return SoftCap.apply(m.ops(), Projection.of(m, name, true, x, heads), gateCap);
    }

    /** max(|n' q|, exp(-m)) + epsilon, which is max(|n' q|, 1) before the gates were scaled. */
    private Value divisor(ProgramBuilder p, Value n, Value m) {
        Operand minus = new Operand.Scalar(-1);
        Value size = p.binary(BinaryFunction.MAX, n, p.multiply(n, minus));
        Value least = p.unary(UnaryFunction.EXP, p.multiply(m, minus));
        return p.add(p.binary(BinaryFunction.MAX, size, least), new Operand.Scalar(epsilon));
    }
}
