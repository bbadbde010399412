package dev.eddy.runtime.model.arch;

import static java.util.Map.entry;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registry: a config's {@code model_type} to the architecture that records it. One line each.
 */
public final class Architectures {
    private static final Map<String, Architecture> REGISTRY =
            new TreeMap<>(
                    Map.ofEntries(
                            entry("bamba", Bamba::record),
                            entry("based", Based::record),
                            entry("delta_net", DeltaNet::record),
                            entry("falcon_h1", FalconH1::record),
                            entry("falcon_mamba", FalconMamba::record),
                            entry("gated_deltanet", GatedDeltaNet::record),
                            entry("gla", Gla::record),
                            entry("granitemoehybrid", GraniteMoeHybrid::record),
                            entry("gru", Rnn::gru),
                            entry("gsa", Gsa::record),
                            entry("hgrn2", Hgrn2::record),
                            entry("hybrid", Grafted::record),
                            entry("hyenadna", HyenaDna::record),
                            entry("jamba", Jamba::record),
                            entry("kimi_linear", KimiLinear::record),
                            entry("lfm2", Lfm2::record),
                            entry("linear_attn", LinearAttention::record),
                            entry("llama", Llama::record),
                            entry("lstm", Rnn::lstm),
                            entry("mamba", Mamba::record),
                            entry("mamba2", Mamba2::record),
                            entry("mamba3", Mamba3::record),
                            entry("minimax", MiniMax::record),
                            entry("mistral", Mistral::record),
                            entry("nemotron_h", NemotronH::record),
                            entry("olmo_hybrid", OlmoHybrid::record),
                            entry("qwen3_next", Qwen3Next::record),
                            entry("recurrent_gemma", RecurrentGemma::record),
                            entry("retnet", RetNet::record),
                            entry("rwkv", Rwkv4::record),
                            entry("rwkv5", Rwkv5::record),
                            entry("rwkv6", Rwkv6::record),
                            entry("rwkv7", Rwkv7::record),
                            entry("s4", S4::record),
                            entry("s4d", S4d::minimal),
                            entry("s4d_block", S4d::block),
                            entry("stripedhyena", StripedHyena::record),
                            entry("stripedhyena2", Evo2::record),
                            entry("xlstm", Xlstm::record),
                            entry("zamba2", Zamba2::record)));

    private Architectures() {}

    /** The model types that there are, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(REGISTRY.keySet());
    }

    /**
     * Records the model that {@code config} describes; checks every weight's name and shape,
     * fetches none.
     *
     * @throws dev.eddy.runtime.checkpoint.CheckpointException naming file, key or tensor, expected
     *     and found
     */
    public static ModelPlan record(Config config, Weights weights) {
        return stack(config, weights).plan(weights);
    }

    /** The model that {@code config} describes, in pieces that are yet to be recorded. */
    static Stack stack(Config config, Weights weights) {
        Architecture architecture = REGISTRY.get(config.oneOf("model_type", REGISTRY.keySet()));
        if (architecture == null) {
            throw config.refuse("model_type", "one of " + names());
        }
        return architecture.record(config, weights);
    }
}
