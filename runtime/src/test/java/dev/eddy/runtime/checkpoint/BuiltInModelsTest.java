package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Built-in models are found from the source tree and from a distribution. */
final class BuiltInModelsTest {
    @TempDir private Path folder;

    @Test
    void names_fromTheSourceTree_areBoth() {
        assertThat(BuiltInModels.names()).containsExactly("dna", "prose");
    }

    @ParameterizedTest
    @CsvSource({"prose, 5801096, heldout.txt", "dna, 2011040, heldout.fa"})
    void resolve_builtInName_isTheWholeModel(String name, long parameters, String heldOut) {
        Path directory = BuiltInModels.resolve(name);
        assertThat(directory.resolve(heldOut)).isNotEmptyFile();
        assertThat(directory.resolve("README.md")).isNotEmptyFile();
        try (Checkpoint checkpoint = Checkpoints.open(directory)) {
            assertThat(checkpoint.config().stringOf("model_type")).isEqualTo("mamba2");
            assertThat(checkpoint.bytes()).isEqualTo(2 * parameters);
        }
    }

    @Test
    void resolve_path_isItself() {
        assertThat(BuiltInModels.resolve(folder.toString())).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-model", "prose/..missing", "../prose?", "\0"})
    void resolve_neither_listsTheBuiltInOnes(String name) {
        assertThatThrownBy(() -> BuiltInModels.resolve(name))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("built in are dna, prose");
    }

    @Test
    void names_homeProperty_decides() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("models/mine"));
        Files.writeString(mine.resolve("config.json"), "{}");
        Files.createDirectories(folder.resolve("models/empty"));
        System.setProperty(BuiltInModels.HOME_PROPERTY, folder.toString());
        try {
            assertThat(BuiltInModels.names()).containsExactly("mine");
            assertThat(BuiltInModels.resolve("mine")).isEqualTo(mine);
            assertThatThrownBy(() -> BuiltInModels.resolve("prose"))
                    .hasMessageEndingWith("built in are mine");
        } finally {
            System.clearProperty(BuiltInModels.HOME_PROPERTY);
        }
    }
}
