package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Constants;
import dev.eddy.runtime.model.mixer.GatedMlp;
import dev.eddy.runtime.model.mixer.PerHead;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import java.util.List;
import java.util.Set;

/**
 * RecurrentGemma, Griffin (arXiv:2402.19427) as {@code RecurrentGemmaForCausalLM}: recurrent blocks
 * around the RG-LRU, window attention every third layer, gated feed-forward layers after both. D is
 * the width, L the width of the recurrence in H blocks.
 */
final class RecurrentGemma {
    /** The paper's c: how much sharper than its gate a decay is. */
    private static final float SHARPNESS = -8;

    private final Config config;
    private final int width;
    private final int heads;
    private final Attention attention;
    private final UnaryFunction activation;

    private RecurrentGemma(Config config) {
        this.config = config;
        width = config.positive("lru_width", config.positive("hidden_size"));
        heads = config.positive("num_attention_heads");
        if (width % heads != 0) {
            throw config.refuse("num_attention_heads", "a divisor of lru_width " + width);
        }
        int window = config.positive("attention_window_size", 2048);
        attention = Attentions.rotary(config, Attentions.window(config, window));
        activation = Activations.of(config, "hidden_activation", "gelu_pytorch_tanh");
    }

    static Stack record(Config config, Weights weights) {
        RecurrentGemma gemma = new RecurrentGemma(config);
        List<String> kinds =
                config.has("block_types")
                        ? config.stringsOf("block_types")
                        : List.of("recurrent", "recurrent", "attention");
        if (kinds.isEmpty() || !Set.of("recurrent", "attention").containsAll(kinds)) {
            throw config.refuse("block_types", "a list of recurrent and attention");
        }
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-6f), true);
        GatedMlp mlp =
                new GatedMlp(
                        config.positive("intermediate_size") / 2,
                        gemma.activation,
                        true,
                        "gate_proj",
                        "up_proj",
                        "down_proj");
        Decoder.Names names = new Decoder.Names("model", "embed_tokens", "layers", "final_norm");
        float cap = config.floatOf("logits_soft_cap", 30);
        return new Decoder("recurrent_gemma", names, norm, true, cap)
                .record(
                        config,
                        (m, i, x) -> {
                            ProgramBuilder p = m.ops();
                            boolean recurrent = kinds.get(i % kinds.size()).equals("recurrent");
                            m.layer(recurrent ? "rg_lru" : "attention");
                            Value y = i == 0 ? gemma.scaled(p, x) : x;
                            ModelBuilder mixer = m.in("temporal_block");
                            Value mixed = norm.apply(m, "temporal_pre_norm", y);
                            mixed =
                                    recurrent
                                            ? gemma.recur(mixer, mixed)
                                            : gemma.attend(mixer, mixed);
                            y = p.add(y, mixed);
                            Value fed = norm.apply(m, "channel_pre_norm", y);
                            return p.add(y, mlp.apply(m.in("mlp_block"), fed));
                        });
    }

    /** Embeddings times the root of their width, which the reference rounds to bfloat16. */
    private Value scaled(ProgramBuilder p, Value x) {
        if (!config.boolOf("embeddings_scale_by_sqrt_dim", true)) {
            return x;
        }
        float root = Halves.roundBf16((float) Math.sqrt(x.width()));
        return p.multiply(x, new Operand.Scalar(root));
    }

    /** Window attention over x [R, D]; out [R, D]. Its output alone always has a bias. */
    private Value attend(ModelBuilder m, Value x) {
        int keys = attention.groups() * attention.headDim();
        Value q = Projection.of(m, "q_proj", attention.bias(), x, heads * attention.headDim());
        Value k = Projection.of(m, "k_proj", attention.bias(), x, keys);
        Value v = Projection.of(m, "v_proj", attention.bias(), x, keys);
        return Projection.of(m, "o_proj", true, attention.attend(m, q, k, v), x.width());
    }

    /** The recurrent block over x [R, D]; out [R, D]. State: conv [K - 1, L], one [1], h [L]. */
    private Value recur(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Value gate = p.unary(activation, Projection.of(m, "linear_y", true, x, width)); // [R, L]
        Value u =
                p.fir(
                        m.name("conv"),
                        Projection.of(m, "linear_x", true, x, width),
                        m.taps("conv_1d.weight", width, config.positive("conv1d_width", 4)),
                        m.weight("conv_1d.bias", width)); // [R, L]
        Value h = lru(m.in("rg_lru"), u); // [R, L]
        return Projection.of(m, "linear_out", true, p.multiply(h, gate), x.width());
    }

    /**
     * The RG-LRU (section 2.4) of u [R, L]: a = exp(-c softplus(l) r), h = a h + sqrt(1 - a^2) (i
     * u), where r and i are gates. The first element counts in full: there is no h to decay.
     */
    private Value lru(ModelBuilder m, Value u) {
        ProgramBuilder p = m.ops();
        Value i = gate(m, "input_gate", u); // [R, L]
        Value r = gate(m, "recurrent_gate", u); // [R, L]
        Weight rate =
                m.derived(
                        "recurrent_param",
                        "-8 softplus",
                        l -> SHARPNESS * Functions.softplus(l),
                        width);
        Value log = p.multiply(r, rate);
        Value a = p.unary(UnaryFunction.EXP, log);
        Value square = p.unary(UnaryFunction.EXP, p.multiply(log, new Operand.Scalar(2)));
        Value ones = Constants.ones(m, width); // [R, L]
        Value share =
                p.unary(
                        UnaryFunction.SQRT,
                        p.binary(BinaryFunction.SUBTRACT, ones, square)); // [R, L]
        Value one = Constants.ones(m, 1); // [R, 1]
        Value later = p.delay(m.name("one"), one); // [R, 1]: 0 for the first element, then 1
        Value first = p.binary(BinaryFunction.SUBTRACT, one, later);
        share = p.add(p.multiply(share, later), first);
        return p.recurrence(m.name("h"), a, p.multiply(p.multiply(u, i), share));
    }

    /** A gate [R, L] of u [R, L]: block-diagonal, with a bias. */
    private Value gate(ModelBuilder m, String name, Value u) {
        ProgramBuilder p = m.ops();
        int block = width / heads;
        Value y =
                PerHead.matmul(
                        m,
                        u,
                        heads,
                        h -> m.transposed(name + "_weight", heads, h, block, block),
                        null);
        return p.unary(UnaryFunction.SIGMOID, p.add(y, m.weight(name + "_bias", heads, block)));
    }
}
