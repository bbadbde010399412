package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Checkpoint;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What HyenaDNA has beside its golden logits: the filter itself and an end. */
class HyenaDnaTest {
    private static final int LENGTH = 130; // l_max in the golden's config

    private final Golden golden = Golden.of("hyenadna");
    private final Backend reference = Backends.byName("reference");

    @Test
    void taps_ofTheImplicitFilter_areTheReferences() {
        try (Checkpoint checkpoint = golden.checkpoint();
                Checkpoint expected = golden.expected("golden.safetensors")) {
            Program program = program(checkpoint);
            for (int layer = 0; layer < 2; layer++) {
                float[] filter = Golden.floats(expected, "filter." + layer); // [T, D], newest first
                String scope = "backbone.layers." + layer + ".";
                Weight weight =
                        program.weights().stream()
                                .filter(w -> w.name().startsWith("taps(" + scope))
                                .findFirst()
                                .orElseThrow();
                float[] taps = weight.source().get().toFloats(); // [D, L], oldest first
                int channels = weight.shape().size(0);
                for (int i = 0; i < filter.length; i++) {
                    int tap = i % channels * LENGTH + LENGTH - 1 - i / channels;
                    assertThat(taps[tap]).isCloseTo(filter[i], within(1e-5f));
                }
            }
        }
    }

    @Test
    void session_asLongAsTheTraining_runsAndEndsThere() {
        try (Checkpoint checkpoint = golden.checkpoint()) {
            Program program = program(checkpoint);
            int[] ids = new int[LENGTH + 1];
            Arrays.fill(ids, 7);
            assertThat(program.limit()).isEqualTo(LENGTH);
            assertThat(Golden.logits(reference, program, Arrays.copyOf(ids, LENGTH), 64, 1))
                    .doesNotContain(Float.NaN);
            assertThatThrownBy(() -> Golden.logits(reference, program, ids, 1, 1))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("sessions of this model end at position " + LENGTH);
        }
    }

    private static Program program(Checkpoint checkpoint) {
        return Architectures.record(checkpoint.config(), Models.weights(checkpoint)).program();
    }
}
