package dev.eddy.runtime.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.model.arch.Models;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters become sums of exponentials, and HyenaDNA a model of constant state. */
class DistillationTest {
    @TempDir private Path folder;

    /** Both ways to the singular vectors: directly, and for 3,000 taps through H' H. */
    @ParameterizedTest
    @ValueSource(ints = {40, 130, 3000})
    void fit_ofASumOfExponentials_findsIt(int length) {
        double[] taps = new double[length];
        for (int t = 0; t < length; t++) {
            taps[t] =
                    Math.pow(0.9, t)
                            + 0.5 * Math.pow(0.8, t) * Math.cos(0.7 * t + 0.3)
                            - 0.3 * Math.pow(0.6, t) * Math.cos(2.5 * t);
        }
        double[] fitted = ModalFit.of(taps, 3).taps(length);
        for (int t = 0; t < length; t++) {
            assertThat(fitted[t]).as("tap %d", t).isCloseTo(taps[t], within(1e-5));
        }
    }

    @Test
    void fit_ofAFilterThatGrows_isStable() {
        double[] taps = new double[100];
        for (int t = 0; t < taps.length; t++) {
            taps[t] = Math.pow(1.05, t) * Math.cos(0.4 * t);
        }
        ModalFit fit = ModalFit.of(taps, 4);
        for (int n = 0; n < 4; n++) {
            assertThat(Math.hypot(fit.poles()[2 * n], fit.poles()[2 * n + 1])).isLessThan(1);
        }
    }

    @Test
    void write_ofHyenaDna_isAModelOfConstantStateWithTheErrorStated()
            throws IOException, URISyntaxException {
        String golden =
                Path.of(
                                Objects.requireNonNull(
                                                DistillationTest.class.getResource(
                                                        "/goldens/hyenadna"))
                                        .toURI())
                        .toString();
        Path few = folder.resolve("few");
        Path many = folder.resolve("many");
        Distillation rough = Distillation.write(golden, few, 4, 64, 1, _ -> {});
        Distillation fine = Distillation.write(golden, many, 32, 64, 1, _ -> {});
        assertThat(fine.filters()).hasSize(2);
        for (int layer = 0; layer < 2; layer++) {
            assertThat(fine.filters().get(layer).taps()).isEqualTo(130);
            assertThat(fine.filters().get(layer).relative())
                    .as("more modes fit a random filter better")
                    .isLessThan(rough.filters().get(layer).relative() / 3)
                    .isBetween(0.001, 0.12);
        }
        assertThat(fine.logits().agreeing()).isGreaterThan(0.9);
        assertThat(fine.logits().largest()).isLessThan(rough.logits().largest());
        Program program = Models.plan(many.toString()).program();
        assertThat(program.grows()).isFalse();
        assertThat(program.limit()).isEqualTo(Program.ENDLESS);
        assertThatThrownBy(() -> Distillation.write(golden, many, 4, 64, 1, _ -> {}))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds a checkpoint already");
        assertThatThrownBy(() ->
                        Distillation.write(many.toString(), folder.resolve("x"), 4, 64, 1, _ -> {}))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no filters as long as its sessions");
    }
}
