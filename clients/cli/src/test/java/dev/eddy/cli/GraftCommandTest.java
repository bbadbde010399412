package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eddy graft}: what it writes serves like any checkpoint. */
class GraftCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void graft_ofABuiltInModelsLayers_isAModelOfItsOwn() throws IOException {
        Path recipe =
                Files.writeString(
                        folder.resolve("recipe.json"),
                        """
                        {"parts": {"dna": "dna"}, "embedding": "dna", "head": "dna",
                         "layers": [{"part": "dna", "layers": [0, 1, 2, 3, 4, 5, 6, 7]}]}
                        """);
        Path graft = folder.resolve("graft");
        assertThat(run("graft", recipe.toString(), graft.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("8 layers (mamba2, ", "2,011,040 parameters");
        assertThat(logits(graft.toString())).isEqualTo(logits("dna"));
        Path text = Files.writeString(folder.resolve("a.fa"), ">s\nACGTTGCAACGT\n");
        out.getBuffer().setLength(0);
        assertThat(run("score", "--model", graft.toString(), text.toString())).isZero();
        assertThat(out.toString()).contains("bits per base");
    }

    private float[] logits(String model) {
        Path file = folder.resolve("logits.safetensors");
        assertThat(
                        run(
                                "logits",
                                "--model",
                                model,
                                "--tokens",
                                "0,1,2,3,4,2",
                                "--out",
                                file.toString()))
                .as(err.toString())
                .isZero();
        return Commands.logits(file);
    }

    @Test
    void graft_ofARecipeThatIsWrong_saysSoInOneLine() throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.json"), "{\"parts\": {}}");
        assertThat(run("graft", recipe.toString(), folder.resolve("x").toString())).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("recipe.json: key embedding is required and missing");
    }

    private int run(String... args) {
        return Commands.run(out, err, args);
    }
}
