package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Weights;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of RWKV checkpoints that have no golden of their own: the same tensors, renamed. */
class RwkvNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"rwkv5", "rwkv6"})
    void logits_inHuggingFacesNames_areThoseInOfficialNames(String name) {
        assertThat(
                        logits(
                                name,
                                RwkvNamesTest::official,
                                "RwkvForCausalLM",
                                "rwkv.embeddings.weight"))
                .isEqualTo(logits(name, UnaryOperator.identity(), "RWKV_x", "emb.weight"));
    }

    @ParameterizedTest
    @ValueSource(strings = "rwkv")
    void logits_inOfficialNames_areThoseInHuggingFaces(String name) {
        assertThat(logits(name, RwkvNamesTest::huggingFace, "RWKV_x040", "emb.weight"))
                .isEqualTo(
                        logits(
                                name,
                                UnaryOperator.identity(),
                                "RwkvForCausalLM",
                                "rwkv.embeddings.weight"));
    }

    private static String official(String name) {
        return name.replace("rwkv.embeddings.", "emb.")
                .replace("rwkv.", "")
                .replace(".pre_ln.", ".ln0.")
                .replace(".attention.", ".att.")
                .replace(".feed_forward.", ".ffn.")
                .replaceFirst("time_mix_(.).*", "time_mix_$1");
    }

    private static String huggingFace(String name) {
        return name.replace("emb.", "rwkv.embeddings.")
                .replace("blocks.", "rwkv.blocks.")
                .replace("ln_out.", "rwkv.ln_out.")
                .replace(".ln0.", ".pre_ln.")
                .replace(".att.", ".attention.")
                .replace(".ffn.", ".feed_forward.")
                .replaceFirst("time_mix_k$", "time_mix_key")
                .replaceFirst("time_mix_v$", "time_mix_value")
                .replaceFirst("time_mix_r$", "time_mix_receptance");
    }

    private static float[] logits(
            String golden, UnaryOperator<String> stored, String architecture, String embedding) {
        try (Checkpoint checkpoint = Golden.of(golden).checkpoint();
                Checkpoint expected = Golden.of(golden).expected("golden.safetensors")) {
            Config config = checkpoint.config().with("architectures", architecture);
            Weights weights = new Renamed(Models.weights(checkpoint), stored, embedding);
            Program program = Architectures.record(config, weights).program();
            Backend backend = Backends.byName("reference");
            return Golden.logits(backend, program, Golden.ids(expected, "tokens"), 40, 1);
        }
    }

    /** A checkpoint whose tensors have other names; only its embedding is ever looked for. */
    private record Renamed(Weights weights, UnaryOperator<String> stored, String embedding)
            implements Weights {
        @Override
        public Supplier<Tensor> get(String name, Shape shape) {
            return weights.get(stored.apply(name), shape);
        }

        @Override
        public boolean has(String name) {
            return name.equals(embedding);
        }
    }
}
