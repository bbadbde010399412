package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.Rope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Zamba2 (arXiv:2411.15242) as {@code Zamba2ForCausalLM}: Mamba-2 layers; before some of them one
 * of few Transformer blocks that those layers take turns to share, each with low-rank adapters of
 * its own. A shared block sees the stream beside the first embedding, and what it makes of them is
 * added to the Mamba-2 layer's input alone.
 */
final class Zamba2 {
    private static final String HYBRID = "hybrid";
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embed_tokens", "layers", "final_layernorm");

    private Zamba2() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-5f));
        List<String> types = LayerTypes.of(config, Set.of(LayerTypes.RECURRENT, HYBRID));
        Blocks blocks = new Blocks(norm, mamba(config), Shared.of(config, norm), types);
        return new Decoder("zamba2", NAMES, norm, true)
                .record(config, blocks)
                .whole("its layers share blocks, which see the embedding too");
    }

    private static Mamba2Mixer mamba(Config config) {
        int hidden = config.positive("hidden_size");
        int inner = config.positive("mamba_expand", 2) * hidden;
        int heads = config.positive("n_mamba_heads", 8);
        int groups = config.positive("mamba_ngroups", 1);
        if (inner % heads != 0 || heads % groups != 0) {
            throw config.refuse(
                    "n_mamba_heads",
                    "a divisor of " + inner + " and a multiple of mamba_ngroups " + groups);
        }
        boolean bias = config.boolOf("add_bias_linear", false);
        return new Mamba2Mixer(
                hidden,
                heads,
                inner / heads,
                config.positive("mamba_d_state", 64),
                groups,
                config.positive("mamba_d_conv", 4),
                bias,
                bias,
                true,
                config.floatOf("time_step_min", 0.001f),
                Float.POSITIVE_INFINITY,
                GatedNorm.GATE_THEN_GROUP_NORM,
                1e-5f,
                List.of());
    }

    /** The layers, of which the first notes the embedding that shared blocks see. */
    private static final class Blocks implements Decoder.Block {
        private final RmsNorm norm;
        private final Mamba2Mixer mamba;
        private final Shared shared;
        private final List<String> types;
        private final List<ModelBuilder> owners = new ArrayList<>();
        private @Nullable Value embedding;
        private int hybrids;

        Blocks(RmsNorm norm, Mamba2Mixer mamba, Shared shared, List<String> types) {
            this.norm = norm;
            this.mamba = mamba;
            this.shared = shared;
            this.types = types;
        }

        @Override
        public Value apply(ModelBuilder m, int index, Value x) {
            Value first = embedding == null ? x : embedding;
            embedding = first;
            if (!types.get(index).equals(HYBRID)) {
                m.layer("mamba2");
                return mamba(m, x, x);
            }
            m.layer("mamba2 and shared attention");
            ModelBuilder block = owner(m);
            Value made = shared.apply(block, m, hybrids++, x, first);
            made = Projection.of(m, "linear", false, made, x.width());
            return mamba(m.in("mamba_decoder"), x, m.ops().add(x, made));
        }

        /** Where the weights of the next hybrid layer's shared block lie: in its first user. */
        private ModelBuilder owner(ModelBuilder m) {
            int turn = hybrids % shared.count();
            if (turn == owners.size()) {
                owners.add(m.in("shared_transformer"));
            }
            return owners.get(turn);
        }

        private Value mamba(ModelBuilder m, Value x, Value input) {
            Value y = mamba.mix(m.in("mamba"), norm.apply(m, "input_layernorm", input));
            return m.ops().add(x, y);
        }
    }

    /**
     * The shared Transformer blocks.
     *
     * @param count how many there are
     * @param norm their norms
     * @param attention their attention, over twice the model's width
     * @param inner width F of the feed-forward layer
     * @param activation its gate's function
     * @param bias whether it has biases
     * @param rank rank of the adapters
     * @param adapted whether queries, keys and values have adapters too
     */
    private record Shared(
            int count,
            RmsNorm norm,
            Attention attention,
            int inner,
            UnaryFunction activation,
            boolean bias,
            int rank,
            boolean adapted) {
        static Shared of(Config config, RmsNorm norm) {
            if (config.boolOf("use_long_context", false)) {
                throw config.refuse("use_long_context", "false");
            }
            int hidden = config.positive("hidden_size");
            int heads = config.positive("num_attention_heads");
            if (2 * hidden % heads != 0) {
                throw config.refuse("num_attention_heads", "a divisor of twice hidden_size");
            }
            int headDim = 2 * hidden / heads;
            Rope rope =
                    config.boolOf("use_mem_rope", false)
                            ? Attentions.rope(config, headDim, 10_000, 1)
                            : null;
            Attention attention =
                    Attentions.of(config, headDim, Attentions.reach(config, 4096), rope)
                            .scaled((float) (1 / Math.sqrt(headDim / 2.0)), 1);
            return new Shared(
                    config.positive("num_mem_blocks", 1),
                    norm,
                    attention,
                    config.positive("intermediate_size", 4 * hidden),
                    Activations.of(config, "hidden_act", "gelu"),
                    config.boolOf("add_bias_linear", false),
                    config.positive("adapter_rank", 128),
                    config.boolOf("use_shared_attention_adapter", false));
        }

        /**
         * One use of a shared block.
         *
         * @param m where its weights lie
         * @param layer where its state lies
         * @param use which of all uses it is: which adapters
         * @param x the stream [R, D]
         * @param first the embedding [R, D]
         * @return [R, D]
         */
        Value apply(ModelBuilder m, ModelBuilder layer, int use, Value x, Value first) {
            ProgramBuilder p = m.ops();
            Value both = norm.apply(m, "input_layernorm", p.concat(x, first)); // [R, 2 D]
            ModelBuilder a = m.in("self_attn");
            Value found =
                    attention.attend(
                            layer.in("self_attn"),
                            projected(a, "q", use, both, attention.heads()),
                            projected(a, "k", use, both, attention.groups()),
                            projected(a, "v", use, both, attention.groups())); // [R, 2 D]
            Value y = Projection.of(a, attention.names().out(), false, found, x.width());
            return feed(m.in("feed_forward"), use, norm.apply(m, "pre_ff_layernorm", y));
        }

        private Value projected(ModelBuilder m, String what, int use, Value x, int heads) {
            int width = heads * attention.headDim();
            Value y = Projection.of(m, what + "_proj", false, x, width);
            String list = "linear_" + what + "_adapter_list." + use;
            return adapted ? m.ops().add(y, adapter(m.in(list), x, width)) : y;
        }

        private Value feed(ModelBuilder m, int use, Value x) {
            ProgramBuilder p = m.ops();
            Value plain = Projection.of(m, "gate_up_proj", bias, x, 2 * inner);
            ModelBuilder list = m.in("gate_up_proj_adapter_list." + use);
            Value[] halves =
                    p.split(p.add(plain, adapter(list, x, 2 * inner)), inner, inner); // [R, F]
            Value y = p.multiply(p.unary(activation, halves[0]), halves[1]);
            return Projection.of(m, "down_proj", bias, y, x.width());
        }

        private Value adapter(ModelBuilder m, Value x, int width) {
            Value narrow = Projection.of(m, "0", false, x, rank);
            return Projection.of(m, "1", false, narrow, width);
        }
    }
}
