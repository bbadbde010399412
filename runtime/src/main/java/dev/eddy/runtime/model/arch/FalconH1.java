package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Mamba2Mixer;
import dev.eddy.runtime.model.mixer.Mamba2Mixer.GatedNorm;
import dev.eddy.runtime.model.mixer.PreNorm;
import dev.eddy.runtime.model.mixer.Projection;
import dev.eddy.runtime.model.mixer.RmsNorm;
import dev.eddy.runtime.model.mixer.Scaled;
import java.util.Collections;
import java.util.List;

/**
 * Falcon-H1 (arXiv:2507.22448) as {@code FalconH1ForCausalLM}: in every layer Mamba-2 and attention
 * side by side, their outputs added, and numbers from the config by which almost every activation
 * is multiplied.
 */
final class FalconH1 {
    private static final Decoder.Names NAMES =
            new Decoder.Names("model", "embed_tokens", "layers", "final_layernorm");

    private FalconH1() {}

    static Stack record(Config config, Weights weights) {
        RmsNorm norm = new RmsNorm(config.floatOf("rms_norm_eps", 1e-5f));
        PreNorm block = new PreNorm(norm, "input_layernorm", "pre_ff_layernorm");
        Mixer mixer = Mixer.of(config, norm.epsilon());
        Mlp mlp = Mlp.of(config);
        return new Decoder("falcon_h1", NAMES, norm, false)
                .scaled(factor(config, "embedding"), factor(config, "lm_head"))
                .record(
                        config,
                        (m, _, x) -> {
                            m.layer("mamba2 and attention");
                            return block.apply(
                                    m,
                                    x,
                                    y -> mixer.mix(m, y),
                                    y -> mlp.apply(m.in("feed_forward"), y));
                        });
    }

    private static float factor(Config config, String what) {
        return config.floatOf(what + "_multiplier", 1);
    }

    private static List<Float> factors(Config config, String what, int count) {
        String key = what + "_multipliers";
        if (!config.has(key)) {
            return Collections.nCopies(count, 1f);
        }
        List<Double> factors = config.doublesOf(key);
        if (factors.size() != count) {
            throw config.refuse(key, count + " numbers");
        }
        return factors.stream().map(Double::floatValue).toList();
    }

    /**
     * Both mixers.
     *
     * @param mambaIn what Mamba-2's input is multiplied by, and so on
     */
    private record Mixer(
            Mamba2Mixer mamba,
            Attention attention,
            float mambaIn,
            float mambaOut,
            float attentionIn,
            float attentionOut) {
        static Mixer of(Config config, float epsilon) {
            int expanded = config.positive("mamba_expand", 2) * config.positive("hidden_size");
            int inner = config.positive("mamba_d_ssm", expanded);
            Mamba2Mixer mamba = Bamba.mamba(config, inner, gatedNorm(config), epsilon);
            Attention attention = Attentions.rotary(config, Attentions.reach(config, 8192));
            return new Mixer(
                    mamba.varied(
                            config.boolOf("projectors_bias", false), factors(config, "ssm", 5)),
                    attention.scaled(attention.scale(), factor(config, "key")),
                    factor(config, "ssm_in"),
                    factor(config, "ssm_out"),
                    factor(config, "attention_in"),
                    factor(config, "attention_out"));
        }

        private static GatedNorm gatedNorm(Config config) {
            if (!config.boolOf("mamba_rms_norm", false)) {
                return GatedNorm.GATE_ONLY;
            }
            return config.boolOf("mamba_norm_before_gate", true)
                    ? GatedNorm.GROUP_NORM_THEN_GATE
                    : GatedNorm.GATE_THEN_GROUP_NORM;
        }

        /** x [R, D]; out [R, D]. */
        Value mix(ModelBuilder m, Value x) {
            Value recurrent = mamba.mix(m.in("mamba"), Scaled.by(m, mambaIn, x));
            Value found = attention.mix(m.in("self_attn"), Scaled.by(m, attentionIn, x));
            return m.ops()
                    .add(Scaled.by(m, mambaOut, recurrent), Scaled.by(m, attentionOut, found));
        }
    }

    /** The gated feed-forward layer of width {@code inner} with its two factors. */
    private record Mlp(int inner, UnaryFunction activation, boolean bias, float gate, float down) {
        static Mlp of(Config config) {
            List<Float> factors = factors(config, "mlp", 2);
            return new Mlp(
                    config.positive("intermediate_size"),
                    Activations.of(config, "hidden_act", "silu"),
                    config.boolOf("mlp_bias", false),
                    factors.get(0),
                    factors.get(1));
        }

        /** x [R, D]; out [R, D]. */
        Value apply(ModelBuilder m, Value x) {
            Value gated = Scaled.by(m, gate, Projection.of(m, "gate_proj", bias, x, inner));
            Value up = Projection.of(m, "up_proj", bias, x, inner); // [R, I]
            Value y = m.ops().multiply(up, m.ops().unary(activation, gated)); // [R, I]
            return Scaled.by(m, down, Projection.of(m, "down_proj", bias, y, x.width()));
        }
    }
}
