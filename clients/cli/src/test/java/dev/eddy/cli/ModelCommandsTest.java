package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that run a model without a server, on the built-in models. */
class ModelCommandsTest {
    private static final String TOKENS = "3,17,5,0,400,4095,12,9,77,256,1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void logits_inAnyChunking_onAnyBackendAndThreads_haveTheSameBits() {
        float[] whole = logits("--backend", "reference", "--chunk", "100");
        assertThat(whole).hasSize(11 * 4096);
        for (Backend runnable : runnable()) {
            String backend = runnable.name();
            for (String chunk : new String[] {"1", "7", "11"}) {
                assertThat(logits("--backend", backend, "--chunk", chunk, "--threads", "2"))
                        .as("%s in chunks of %s", backend, chunk)
                        .isEqualTo(whole);
            }
        }
    }

    private static List<Backend> runnable() {
        return Backends.all().stream().filter(b -> b.unavailable().isEmpty()).toList();
    }

    private float[] logits(String... options) {
        Path file = folder.resolve("logits.safetensors");
        String[] args = new String[options.length + 7];
        System.arraycopy(
                new String[] {
                    "logits", "--model", "prose", "--tokens", TOKENS, "--out", file.toString()
                },
                0,
                args,
                0,
                7);
        System.arraycopy(options, 0, args, 7, options.length);
        assertThat(run(args)).as(err.toString()).isZero();
        return Commands.logits(file);
    }

    @Test
    void logits_ofATokensFile_areThoseOfItsTokens() throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokens"), "3 17\n5,\n0");
        Path file = folder.resolve("out.safetensors");
        assertThat(
                        run(
                                "logits",
                                "--model",
                                "prose",
                                "--tokens-file",
                                tokens.toString(),
                                "--out",
                                file.toString()))
                .isZero();
        try (Checkpoint tensors = Checkpoints.tensors(file)) {
            assertThat(tensors.find("logits").orElseThrow().shape()).hasToString("[4, 4096]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,4096|1|id 4096 at position 1 is beyond the vocabulary of 4096",
                "3,x|1|--tokens: 'x' (number 2) is no token id",
                "3,-1|1|--tokens: '-1' (number 2) is no token id",
                "3|0|--chunk is 0; it must be 1 or more"
            })
    void logits_ofBadInput_sayWhatIsWrongInOneLine(String tokens, String chunk, String message) {
        Path file = folder.resolve("none.safetensors");
        assertThat(
                        run(
                                "logits",
                                "--model",
                                "prose",
                                "--tokens",
                                tokens,
                                "--chunk",
                                chunk,
                                "--out",
                                file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("eddy: " + message + System.lineSeparator());
        assertThat(file).doesNotExist();
    }

    @Test
    void logits_ofAnUnknownBackend_namesThoseThereAre() {
        assertThat(
                        run(
                                "logits",
                                "--model",
                                "prose",
                                "--tokens",
                                "1",
                                "--out",
                                "x",
                                "--backend",
                                "tpu"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no backend is called tpu", "reference");
    }

    @Test
    void inspect_ofABuiltInModel_statesLayersAndState() {
        assertThat(run("inspect", "dna")).isZero();
        assertThat(out.toString())
                .containsPattern("architecture +mamba2")
                .containsPattern("parameters +2,011,040")
                .containsPattern("layers +8: 8 mamba2")
                .containsPattern("state +.* bytes a session in f32, constant")
                .containsPattern(
                        "layers 0-7 +mamba2; 251,236 parameters; state mixer.conv \\[3, 512\\], mixer.s \\[12, 64, 32\\]");
    }

    @Test
    void inspect_withoutWeights_needsOnlyTheConfig() throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "mamba", "vocab_size": 100, "hidden_size": 32, "num_hidden_layers": 2}
                """);
        assertThat(run("inspect", folder.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("layers +2: 2 mamba");
    }

    @Test
    void inspect_ofAnUnknownArchitecture_namesThoseThereAre() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt9\"}");
        assertThat(run("inspect", folder.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("config.json", "model_type", "gpt9", "falcon_mamba", "mamba2");
    }

    /** The cards' figures, which transformers computed. */
    @ParameterizedTest
    @CsvSource({
        "prose, heldout.txt, 15037, bits_per_byte, 1.702873",
        "dna, heldout.fa, 40000, bits_per_base, 1.842053"
    })
    void score_ofTheHeldOutFile_isTheCards(
            String model, String file, long tokens, String key, double expected) {
        Path held = BuiltInModels.resolve(model).resolve(file);
        assertThat(run("score", "--model", model, held.toString(), "--json"))
                .as(err.toString())
                .isZero();
        Matcher matcher =
                Pattern.compile("\\{\"tokens\": (\\d+), .*\"" + key + "\": ([\\d.]+)}\\R")
                        .matcher(out.toString());
        assertThat(matcher.matches()).as(out.toString()).isTrue();
        assertThat(Long.parseLong(matcher.group(1))).isEqualTo(tokens);
        assertThat(Double.parseDouble(matcher.group(2))).isCloseTo(expected, within(5e-5));
    }

    @Test
    void score_ofNothing_saysSo() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(run("score", "--model", "prose", empty.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("nothing to score");
    }

    private int run(String... args) {
        return Commands.run(out, err, args);
    }
}
