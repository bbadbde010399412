package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokenizers as GGUF files carry them give the ids of the tokenizer.json they were made from. */
final class EmbeddedTest {
    private static final long SEED = Long.getLong("eddy.test.seed", 20_261_125);

    /** What a converter makes of a tokenizer.json: tokens by id, kinds, merges or scores. */
    private record Parts(List<byte[]> tokens, int[] types, float[] scores, List<String> merges) {
        static Parts of(ObjectNode file) {
            JsonNode vocabulary = file.path("model").path("vocab");
            int size = vocabulary.size();
            byte[][] tokens = new byte[size][];
            int[] types = new int[size];
            vocabulary
                    .properties()
                    .forEach(token -> {
                        int id = token.getValue().asInt();
                        tokens[id] = token.getKey().getBytes(StandardCharsets.UTF_8);
                        types[id] = token.getKey().matches("<0x..>") ? 6 : 1;
                    });
            file.path("added_tokens")
                    .forEach(token ->
                            types[vocabulary.path(token.path("content").asText()).asInt()] =
                                    token.path("special").asBoolean() ? 3 : 4);
            List<String> merges = new ArrayList<>();
            Map<String, Integer> ranks = new HashMap<>();
            for (JsonNode merge : file.path("model").path("merges")) {
                String[] pair = TokenizerJson.pair(merge);
                merges.add(pair[0] + " " + pair[1]);
                ranks.putIfAbsent(pair[0] + pair[1], merges.size());
            }
            float[] scores = new float[size];
            for (int id = 0; id < size; id++) {
                String token = new String(tokens[id], StandardCharsets.UTF_8);
                scores[id] = -ranks.getOrDefault(token, merges.size() + id);
            }
            return new Parts(List.of(tokens), types, scores, merges);
        }

        EmbeddedTokenizer embedded(String model, String pre, Map<String, Boolean> flags) {
            return new EmbeddedTokenizer(
                    "m.gguf",
                    model,
                    pre,
                    tokens,
                    types,
                    model.equals("llama") ? scores : new float[0],
                    model.equals("llama") ? List.of() : merges,
                    Map.of("bos", 0, "eos", 1, "padding", 2),
                    flags,
                    Optional.empty());
        }
    }

    static Stream<String> rules() {
        return Embedded.PreTokenizer.names().stream();
    }

    private static void assertSameIds(Tokenizer actual, ObjectNode file, int texts) {
        Random random = new Random(SEED);
        try (JsonTokenizer expected = TokenizerFiles.eddy(file)) {
            for (int i = 0; i < texts; i++) {
                String text = RandomText.text(random, 40);
                assertThat(RandomText.encodeInChunks(actual, text, random))
                        .as("seed %d, text %d: %s", SEED, i, text)
                        .isEqualTo(expected.encode(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void of_byteLevelVocabulary_encodesByItsRule(String name) {
        Embedded.PreTokenizer rule = Embedded.PreTokenizer.named("m.gguf", name);
        ObjectNode file = TokenizerFiles.split(rule.regex());
        if (rule.digits()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode)
                            file.path("pre_tokenizer").path("pretokenizers"))
                    .insertObject(0)
                    .put("type", "Digits")
                    .put("individual_digits", true);
        }
        ((ObjectNode) file.path("model")).put("ignore_merges", rule.ignoresMerges());
        EmbeddedTokenizer embedded = Parts.of(file).embedded("gpt2", name, Map.of());
        try (Tokenizer tokenizer = Tokenizers.of(embedded)) {
            assertSameIds(tokenizer, file, 40);
            assertThat(tokenizer.specials().bos().isPresent()).isEqualTo(rule.begins());
            assertThat(tokenizer.specials().eos()).containsExactly(1);
            String text = "Call me Ishmael. \u4f60\u597d <|endoftext|>";
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            assertThat(tokenizer.encode(text)).as("specials in text").doesNotContain(0);
        }
    }

    @Test
    void of_sentencePieces_encodesByScores() {
        ObjectNode file = TokenizerFiles.llama();
        EmbeddedTokenizer embedded = Parts.of(file).embedded("llama", "", Map.of());
        try (Tokenizer tokenizer = Tokenizers.of(embedded)) {
            assertSameIds(tokenizer, file, 200);
            assertThat(tokenizer.specials().bos()).hasValue(0);
        }
        Map<String, Boolean> flags = Map.of("add_bos_token", false, "add_space_prefix", false);
        try (Tokenizer plain = Tokenizers.of(Parts.of(file).embedded("llama", "", flags))) {
            assertThat(plain.specials().bos()).isEmpty();
            assertThat(plain.decode(plain.encode("a b"))).isEqualTo("a b");
        }
    }

    @Test
    void of_worldVocabulary_readsBytesAsPythonShowsThem() {
        List<byte[]> tokens = new ArrayList<>();
        tokens.add("<s>".getBytes(StandardCharsets.UTF_8));
        for (int b = 0; b < 256; b++) {
            tokens.add(String.format("\\x%02x", b).getBytes(StandardCharsets.UTF_8));
        }
        tokens.add("\\n\\n".getBytes(StandardCharsets.UTF_8));
        tokens.add("it\\'s \"so\"".getBytes(StandardCharsets.UTF_8));
        tokens.add("[PAD259]".getBytes(StandardCharsets.UTF_8));
        int[] types = new int[tokens.size()];
        java.util.Arrays.fill(types, 1);
        types[0] = 3;
        types[259] = 5;
        EmbeddedTokenizer embedded =
                new EmbeddedTokenizer(
                        "m.gguf",
                        "rwkv",
                        "",
                        tokens,
                        types,
                        new float[0],
                        List.of(),
                        Map.of("bos", 0, "eos", 0, "eot", 257),
                        Map.of(),
                        Optional.of("rwkv-world"));
        try (Tokenizer tokenizer = Tokenizers.of(embedded)) {
            assertThat(tokenizer.encode("\n\nit's \"so\"<s>"))
                    .containsExactly(257, 258, '<' + 1, 's' + 1, '>' + 1);
            assertThat(tokenizer.specials().eos()).containsExactly(0);
            assertThat(tokenizer.specials().bos()).isEmpty();
            assertThat(tokenizer.bytesOf(259)).isEmpty();
        }
    }

    @Test
    void of_unknownKinds_areRefusedByName() {
        Parts parts = Parts.of(TokenizerFiles.prose());
        assertThatThrownBy(() -> Tokenizers.of(parts.embedded("bert", "", Map.of())))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(
                        "m.gguf: key tokenizer.ggml.model: expected one of [gpt2, llama, rwkv],"
                                + " found bert");
        assertThatThrownBy(() -> Tokenizers.of(parts.embedded("gpt2", "kimi-k2", Map.of())))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("m.gguf: key tokenizer.ggml.pre: expected one of [")
                .hasMessageContaining("found kimi-k2");
        assertThatThrownBy(() -> Tokenizers.of(parts.embedded("gpt2", "", Map.of())))
                .hasMessageContaining("found none");
        EmbeddedTokenizer twice =
                new EmbeddedTokenizer(
                        "m.gguf",
                        "gpt2",
                        "gpt-2",
                        List.of(new byte[] {'a'}, new byte[] {'a'}),
                        new int[0],
                        new float[0],
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty());
        assertThatThrownBy(() -> Tokenizers.of(twice))
                .hasMessageContaining("token \"a\": expected one id, found 0 and 1");
    }
}
