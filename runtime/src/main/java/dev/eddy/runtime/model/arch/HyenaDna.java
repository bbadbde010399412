package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.ImplicitFilter;
import dev.eddy.runtime.model.mixer.LayerNorm;
import dev.eddy.runtime.model.mixer.Projection;
import java.util.Set;

/**
 * HyenaDNA (arXiv:2306.15794) as {@code ConvLMHeadModel}: gated convolutions with a filter as long
 * as the training sequences, which a small network computes from the position. It is exact as a
 * FIR, so that the state grows up to {@code l_max} elements, and sessions end there; or, distilled
 * to sums of exponentials (arXiv:2310.18780), a recurrence of constant state without an end.
 */
final class HyenaDna {
    /** Exponentials of each filter, where {@code eddy distill} has fitted them. */
    private static final String MODES = "eddy_modes";

    private final Config layer;
    private final int hidden;
    private final int inner;
    private final ImplicitFilter filter;
    private final int modes;

    private HyenaDna(Config config) {
        layer = config.at("layer");
        hidden = config.positive("d_model");
        inner = config.positive("d_inner", 4 * hidden);
        layer.oneOf("_name_", Set.of("hyena"), "hyena");
        layer.intIn("d_model", hidden, hidden, hidden);
        layer.intIn("order", 2, 2, 2);
        modes = config.intIn(MODES, 0, 4096, 0);
        filter =
                new ImplicitFilter(
                        hidden,
                        layer.positive("l_max"),
                        layer.positive("emb_dim", 3),
                        layer.positive("filter_order", 64),
                        layer.intIn("num_inner_mlps", 0, 64, 2),
                        layer.boolOf("modulate", true),
                        layer.floatOf("shift", 0.05f));
    }

    static Stack record(Config config, Weights weights) {
        if (config.has("attn_layer_idx") && !config.intsOf("attn_layer_idx").isEmpty()) {
            throw config.refuse("attn_layer_idx", "empty: no attention layers");
        }
        config.intIn("max_position_embeddings", 0, 0, 0);
        HyenaDna hyena = new HyenaDna(config);
        int multiple = config.positive("pad_vocab_size_multiple", 1);
        int vocabulary = Math.ceilDiv(config.positive("vocab_size"), multiple) * multiple;
        Decoder.Sizes sizes =
                new Decoder.Sizes(vocabulary, hyena.hidden, config.positive("n_layer"), true);
        LayerNorm norm = new LayerNorm(config.floatOf("layer_norm_epsilon", 1e-5f));
        Decoder.Names names =
                new Decoder.Names("backbone", "embeddings.word_embeddings", "layers", "ln_f");
        return new Decoder("hyenadna", names, norm, true)
                .record(
                        sizes,
                        (m, _, x) -> {
                            m.layer("hyena");
                            ProgramBuilder p = m.ops();
                            Value mixed = hyena.mix(m.in("mixer"), norm.apply(m, "norm1", x));
                            Value y = p.add(x, mixed);
                            Value fed = norm.apply(m, "norm2", y);
                            return p.add(y, hyena.feed(m.in("mlp"), fed));
                        });
    }

    /**
     * The Hyena operator (arXiv:2302.10866, section 3) of order 2 over x [R, D]: x0 filter(x1 v);
     * out [R, D]. State: short [2, 3 D] and long [position, D], or modes [D, N, 2].
     */
    private Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int all = 3 * hidden;
        Value z = Projection.of(m, "in_proj", true, x, all); // [R, 3 D]
        Weight taps = m.taps("short_filter.weight", all, 3);
        z = p.fir(m.name("short"), z, taps, m.weight("short_filter.bias", all));
        Value[] gates = p.split(z, hidden, hidden, hidden); // x0, x1, v: [R, D]
        Value u = p.multiply(gates[2], gates[1]);
        ModelBuilder inside = m.in("filter_fn");
        Value y = modes == 0 ? exact(m, inside, u) : modal(m, inside, u); // [R, D]
        y = p.add(y, p.multiply(u, inside.weight("bias", hidden)));
        return Projection.of(m, "out_proj", true, p.multiply(y, gates[0]), hidden);
    }

    private Value exact(ModelBuilder m, ModelBuilder inside, Value u) {
        return m.ops().growingFir(m.name("long"), u, filter.taps(inside), null);
    }

    private Value modal(ModelBuilder m, ModelBuilder inside, Value u) {
        Weight poles = inside.weight("poles", hidden, modes, 2);
        Weight residues = inside.weight("residues", hidden, modes, 2);
        return m.ops().modalScan(m.name("modes"), u, poles, residues);
    }

    private Value feed(ModelBuilder m, Value x) {
        Value y = m.ops().unary(UnaryFunction.GELU_TANH, Projection.of(m, "fc1", true, x, inner));
        return Projection.of(m, "fc2", true, y, hidden);
    }
}
