package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.MambaMixer;

/**
 * Mamba (arXiv:2312.00752) as {@code MambaForCausalLM}: residual blocks of one RMS norm and one
 * selective scan.
 */
final class Mamba {
    private Mamba() {}

    static ModelPlan record(Config config, Weights weights) {
        return record(config, weights, "mamba", mixer(config, null));
    }

    /**
     * The mixer that a Mamba config describes, with the epsilon of its inner norms where it has
     * them.
     */
    static MambaMixer mixer(Config config, @org.jspecify.annotations.Nullable Float innerNorm) {
        int hidden = config.positive("hidden_size");
        int expand = config.positive("expand", 2);
        config.oneOf("hidden_act", java.util.Set.of("silu", "swish"), "silu");
        return new MambaMixer(
                hidden,
                config.positive("intermediate_size", hidden * expand),
                config.positive("state_size", 16),
                rank(config, hidden),
                config.positive("conv_kernel", 4),
                config.boolOf("use_bias", false),
                config.boolOf("use_conv_bias", true),
                innerNorm);
    }

    private static int rank(Config config, int hidden) {
        boolean auto = config.isString("time_step_rank") || !config.has("time_step_rank");
        return auto ? (hidden + 15) / 16 : config.positive("time_step_rank");
    }

    static ModelPlan record(Config config, Weights weights, String name, MambaMixer mixer) {
        int vocabulary = config.positive("vocab_size");
        int hidden = mixer.hidden();
        float epsilon = config.floatOf("layer_norm_epsilon", 1e-5f);
        ModelBuilder m = new ModelBuilder(new Program.Input.Ids(vocabulary), weights);
        ProgramBuilder p = m.ops();
        ModelBuilder backbone = m.in("backbone");
        Weight embeddings = backbone.weight("embeddings.weight", vocabulary, hidden);
        Value x = p.embed(embeddings); // [R, D]
        for (int i = 0; i < config.positive("num_hidden_layers"); i++) {
            ModelBuilder layer = backbone.in("layers." + i);
            layer.layer(name);
            Value normed =
                    p.norm(NormKind.RMS, x, epsilon, layer.weight("norm.weight", hidden), null);
            x = p.add(x, mixer.mix(layer.in("mixer"), normed));
        }
        x = p.norm(NormKind.RMS, x, epsilon, backbone.weight("norm_f.weight", hidden), null);
        return m.plan(name, p.logits(x, Heads.head(m, config, embeddings), null));
    }
}
