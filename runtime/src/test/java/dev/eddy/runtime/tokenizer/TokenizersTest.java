package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tokenizer a model gets, and which ids are special. */
final class TokenizersTest {
    @TempDir private Path folder;

    private static Config config(String json) {
        return Config.parse("config.json", json);
    }

    @Test
    void of_prose_encodesTheHeldOutTextAsItsCardSays() throws IOException {
        Path prose = BuiltInModels.resolve("prose");
        try (Tokenizer tokenizer = Tokenizers.of(prose, Checkpoints.config(prose))) {
            assertThat(tokenizer.size()).isEqualTo(4096);
            assertThat(tokenizer.specials().bos()).hasValue(0);
            assertThat(tokenizer.specials().eos()).containsExactly(0);
            assertThat(tokenizer.specials().isEos(0)).isTrue();
            assertThat(tokenizer.specials().pad()).hasValue(0);
            String text = Files.readString(prose.resolve("heldout.txt"));
            int[] ids = tokenizer.encode(text);
            assertThat(ids).hasSize(15_037).doesNotContain(0);
            assertThat(tokenizer.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void of_dna_isBases() {
        Path dna = BuiltInModels.resolve("dna");
        try (Tokenizer tokenizer = Tokenizers.of(dna, Checkpoints.config(dna))) {
            assertThat(tokenizer.unit()).isEqualTo(Tokenizer.Unit.BASE);
            assertThat(tokenizer.specials().bos()).hasValue(4);
            assertThat(tokenizer.specials().eos()).containsExactly(4);
        }
    }

    @Test
    void find_goldenWithoutTokenizer_isNothingAndOfSaysWhatWasLookedFor() {
        Path golden = Goldens.directory("mamba");
        Config config = Checkpoints.config(golden);

        assertThat(Tokenizers.find(golden, config)).isEmpty();
        assertThatThrownBy(() -> Tokenizers.of(golden, config))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("has no tokenizer.json, and a vocabulary of 96");
    }

    @ParameterizedTest
    @CsvSource({
        "5, , BASE",
        "256, , BYTE",
        "512, , BYTE",
        "513, , none",
        "96, bytes, BYTE",
        "12, bases, BASE",
        "256, none, none"
    })
    void find_withoutFile_followsVocabularyAndSettings(
            int vocabulary, String named, String expected) {
        String setting = named == null ? "" : ", \"eddy_tokenizer\": \"" + named + "\"";
        Config config = config("{\"vocab_size\": " + vocabulary + setting + "}");

        assertThat(Tokenizers.find(folder, config).map(t -> t.unit().name()).orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void of_sentencePieceFileAlone_saysHowToConvertIt() throws IOException {
        Files.createFile(folder.resolve("tokenizer.model"));

        assertThatThrownBy(() -> Tokenizers.of(folder, config("{\"vocab_size\": 32000}")))
                .hasMessageContaining("use_fast=True");
    }

    @Test
    void specials_fromAllSettings_areUnited() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                TokenizerFiles.adding(
                                TokenizerFiles.adding(
                                        TokenizerFiles.prose(), "<|turn|>", false, false),
                                "<|pad|>",
                                true,
                                false)
                        .toString());
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"eos_token\": \"<|turn|>\", \"pad_token\": {\"content\": \"<|pad|>\"}, \"bos_token\": null}");
        Files.writeString(
                folder.resolve("special_tokens_map.json"), "{\"bos_token\": \"<|endoftext|>\"}");
        Files.writeString(
                folder.resolve("generation_config.json"),
                "{\"eos_token_id\": [0, 7], \"bos_token_id\": -1}");
        Config config = config("{\"eos_token_id\": 9, \"pad_token_id\": null}");
        try (Tokenizer tokenizer = Tokenizers.of(folder, config)) {
            assertThat(tokenizer.specials().eos()).containsExactly(0, 7, 4096);
            assertThat(tokenizer.specials().bos()).hasValue(0);
            assertThat(tokenizer.specials().pad()).hasValue(4097);
            assertThat(tokenizer.encode("<|turn|>")).doesNotContain(4096);
        }
    }

    @Test
    void of_brokenSettings_areRefusedByName() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), TokenizerFiles.prose().toString());
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": 7}");
        assertThatThrownBy(() -> Tokenizers.of(folder, config("{}")))
                .hasMessageContaining(
                        "tokenizer_config.json: key eos_token: expected a string, found 7");
        Files.delete(folder.resolve("tokenizer_config.json"));
        Files.delete(folder.resolve("tokenizer.json"));
        Files.createDirectory(folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> Tokenizers.of(folder, config("{}")))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("is no regular file");
    }
}
