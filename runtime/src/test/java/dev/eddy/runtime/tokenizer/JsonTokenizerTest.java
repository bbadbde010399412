package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any chunks give the ids that DJL gives for the whole text, for the tokenizers of all the usual
 * families.
 */
final class JsonTokenizerTest {
    private static final long SEED = Long.getLong("eddy.test.seed", 20_260_117);
    private static final int TEXTS = 400;

    private static final Map<String, Supplier<ObjectNode>> SPLITTING = new LinkedHashMap<>();
    private static final Map<String, Supplier<ObjectNode>> HOLDING = new LinkedHashMap<>();

    static {
        SPLITTING.put("GPT-2", TokenizerFiles::prose);
        int pattern = 0;
        for (String regex : SplitRules.GPT_FAMILY.stream().sorted().toList()) {
            SPLITTING.put("pattern " + pattern++, () -> TokenizerFiles.split(regex));
        }
        SPLITTING.put("GPT-NeoX", TokenizerFiles::neoX);
        SPLITTING.put(
                "Falcon",
                () ->
                        TokenizerFiles.with(
                                TokenizerFiles.prose(),
                                "pre_tokenizer",
                                "{'type':'Sequence','pretokenizers':[{'type':'Punctuation','behavior':'Contiguous'},"
                                        + "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true},"
                                        + "{'type':'Digits','individual_digits':false},{'type':'Split','pattern':"
                                        + "{'Regex':'[0-9][0-9][0-9]'},'behavior':'Isolated','invert':false}]}"));
        SPLITTING.put(
                "StarCoder",
                () ->
                        TokenizerFiles.with(
                                TokenizerFiles.prose(),
                                "pre_tokenizer",
                                "{'type':'Sequence','pretokenizers':[{'type':'Digits','individual_digits':true},"
                                        + "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}]}"));
        SPLITTING.put(
                "RoBERTa",
                () ->
                        TokenizerFiles.with(
                                TokenizerFiles.prose(),
                                "pre_tokenizer",
                                "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}"));
        SPLITTING.put(
                "added words",
                () ->
                        TokenizerFiles.adding(
                                TokenizerFiles.adding(
                                        TokenizerFiles.prose(), "whale the", false, false),
                                "x).",
                                false,
                                true));
        SPLITTING.put("Llama", TokenizerFiles::llama);
        SPLITTING.put("unigram, always", () -> TokenizerFiles.unigram("always"));
        SPLITTING.put("unigram, first", () -> TokenizerFiles.unigram("first"));
        HOLDING.put("unknown pattern", () -> TokenizerFiles.split("[a-z]+ [a-z]+|\\s+|\\S+"));
        HOLDING.put(
                "unknown normalizer",
                () -> TokenizerFiles.with(TokenizerFiles.prose(), "normalizer", "{'type':'NFKC'}"));
        HOLDING.put(
                "no pattern",
                () ->
                        TokenizerFiles.with(
                                TokenizerFiles.prose(),
                                "pre_tokenizer",
                                "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}"));
        HOLDING.put(
                "context-dependent added token",
                () -> {
                    ObjectNode file =
                            TokenizerFiles.adding(TokenizerFiles.prose(), "whale", false, false);
                    ((ObjectNode) file.path("added_tokens").path(1)).put("lstrip", true);
                    return file;
                });
        HOLDING.put(
                "token across words",
                () -> {
                    ObjectNode file = TokenizerFiles.llama();
                    ObjectNode vocabulary = (ObjectNode) file.path("model").path("vocab");
                    return vocabulary.put("e\u2581", vocabulary.size()).isEmpty()
                            ? vocabulary
                            : file;
                });
    }

    static Stream<String> splitting() {
        return SPLITTING.keySet().stream();
    }

    static Stream<String> atSpaces() {
        return splitting().filter(name -> !name.equals("added words"));
    }

    static Stream<String> all() {
        return Stream.concat(splitting(), HOLDING.keySet().stream());
    }

    private static ObjectNode file(String name) {
        Supplier<ObjectNode> known = SPLITTING.getOrDefault(name, HOLDING.get(name));
        if (known == null) {
            throw new AssertionError(name);
        }
        return known.get();
    }

    @ParameterizedTest
    @MethodSource("all")
    void encode_randomTextsInRandomChunks_givesTheWholeTextsIds(String name) {
        Random random = new Random(SEED);
        ObjectNode file = file(name);
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file);
                HuggingFaceTokenizer djl = TokenizerFiles.djl(file)) {
            for (int i = 0; i < TEXTS; i++) {
                String text = RandomText.text(random, 60);
                int[] expected = TokenizerFiles.ids(djl, text);
                assertThat(RandomText.encodeInChunks(eddy, text, random))
                        .as("seed %d, text %d: %s", SEED, i, text)
                        .isEqualTo(expected);
                assertThat(eddy.encode(text)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("atSpaces")
    void encode_plainProse_settlesWordByWord(String name) {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file(name))) {
            Encoder encoder = eddy.encoder();
            Ids ids = new Ids();
            encoder.accept("Call me Ishmael", ids::add);
            assertThat(encoder.tail()).endsWith(": Ishmael").hasSizeLessThan(12);
            assertThat(ids.toArray()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown pattern",
                "unknown normalizer",
                "no pattern",
                "context-dependent added token",
                "token across words"
            })
    void splits_notUnderstood_areNone(String name) {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file(name))) {
            assertThat(eddy.splits()).isEqualTo(SafeSplits.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void encode_longWordsAndRuns_areCutByTheTextAlone(String name) {
        Random random = new Random(SEED);
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file(name))) {
            for (int i = 0; i < 6; i++) {
                StringBuilder text = new StringBuilder();
                while (text.length() < 40_000) {
                    String part =
                            new String[] {"ab", " ", "\n", "\ud83d\ude00", "9", "\u0301"}
                                    [random.nextInt(6)];
                    text.append(part.repeat(random.nextInt(12_000)))
                            .append(RandomText.text(random, 5));
                }
                int[] whole = eddy.encode(text.toString());
                assertThat(RandomText.encodeInChunks(eddy, text.toString(), random))
                        .as("seed %d, text %d", SEED, i)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPT-2", "GPT-NeoX", "Falcon", "added words", "no pattern"})
    void decode_byteLevel_givesTheTextBack(String name) {
        Random random = new Random(SEED);
        ObjectNode file = file(name);
        file.remove("normalizer");
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file)) {
            for (int i = 0; i < 100; i++) {
                String text = RandomText.text(random, 60) + "<|endoftext|>";
                assertThat(eddy.decode(eddy.encode(text))).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Llama", "RoBERTa", "unigram, always", "unigram, first"})
    void decode_prefixed_givesTheTextBackBehindASpace(String name) {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file(name))) {
            for (String text : new String[] {"the whale", "the  whale, and the sea.", "x"}) {
                assertThat(eddy.decode(eddy.encode(text))).isEqualTo(" " + text);
            }
        }
    }

    @Test
    void decode_byteFallback_joinsBytes() {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.llama())) {
            int[] ids = eddy.encode("\u5317\ud83d\ude00");
            assertThat(ids).hasSizeGreaterThan(7);
            Decoder decoder = eddy.decoder();
            StringBuilder text = new StringBuilder();
            for (int id : ids) {
                String piece = decoder.accept(id);
                assertThat(piece).doesNotContain("\ufffd");
                text.append(piece);
                decoder = eddy.decoder(decoder.partial());
            }
            assertThat(text).hasToString(" \u5317\ud83d\ude00");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GPT-2", "Llama", "unigram, always", "GPT-NeoX"})
    void encode_specialTokenInText_isPlainText(String name) {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file(name))) {
            for (String special :
                    new String[] {"<|endoftext|>", "<|padding|>", "<s>", "</s>", "<unk>"}) {
                int id = eddy.idOf(special).orElse(-1);
                String text = "a " + special + special + " b";
                assertThat(eddy.encode(text)).hasSizeGreaterThan(4);
                if (id >= 0) {
                    assertThat(eddy.bytesOf(id)).isEmpty();
                    assertThat(eddy.tokenOf(id)).isEqualTo(special);
                    if (!special.equals("<unk>")) {
                        assertThat(eddy.encode(text)).doesNotContain(id);
                    }
                }
            }
        }
    }

    @Test
    void encode_specialTokenThatMergesCouldMake_isPlainText() {
        ObjectNode file = TokenizerFiles.prose();
        int before = TokenizerFiles.eddy(file).encode("a man").length;
        TokenizerFiles.adding(file, "\u0120man", true, false);
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file)) {
            int id = eddy.idOf("\u0120man").orElseThrow();
            assertThat(eddy.encode("a man")).doesNotContain(id).hasSizeGreaterThan(before);
            assertThat(eddy.bytesOf(id)).isEmpty();
        }
    }

    @Test
    void ids_addedTokensAfterSpecialOnes_areTheLibrarys() {
        ObjectNode file = TokenizerFiles.prose();
        TokenizerFiles.adding(file, "<|im_start|>", true, false);
        TokenizerFiles.adding(file, "<tool>", false, false);
        TokenizerFiles.adding(file, "<|im_end|>", true, false);
        TokenizerFiles.adding(file, "</tool>", false, false);
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file);
                HuggingFaceTokenizer djl = TokenizerFiles.djl(file)) {
            for (String token :
                    new String[] {
                        "<|im_start|>", "<tool>", "<|im_end|>", "</tool>", "<|endoftext|>"
                    }) {
                assertThat(TokenizerFiles.ids(djl, token))
                        .containsExactly(eddy.idOf(token).orElseThrow());
            }
            assertThat(eddy.encode("</tool>")).containsExactly(eddy.idOf("</tool>").orElseThrow());
            assertThat(eddy.encode("<|im_end|>")).hasSizeGreaterThan(3);
            assertThat(eddy.size()).isEqualTo(4100);
        }
    }

    @Test
    void encode_malformedText_becomesReplacementCharacters() {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.prose())) {
            int[] expected = eddy.encode("a\ufffdb\ufffd");
            assertThat(eddy.encode("a\ud800b\udc00")).isEqualTo(expected);
            Ids ids = new Ids();
            Encoder encoder = eddy.encoder();
            byte[] bytes = {'a', (byte) 0xe2, 'b', (byte) 0xf0, (byte) 0x9f};
            encoder.accept(bytes, 0, bytes.length, ids::add);
            encoder.flush(ids::add);
            assertThat(ids.toArray()).isEqualTo(expected);
        }
    }

    @Test
    void encode_aMegabyteAtOnce_isTheSumOfItsParts() {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.prose());
                HuggingFaceTokenizer djl = TokenizerFiles.djl(TokenizerFiles.prose())) {
            String text = "The whale, the white whale! ".repeat(36_000);
            assertThat(eddy.encode(text)).isEqualTo(TokenizerFiles.ids(djl, text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "zz:",
                "u00:",
                "ud8:",
                "udc00:",
                "41:",
                "f09f98:x:ffffffffff",
                "1:",
                "+"
            })
    void encoder_tailOfNoEncoder_isRefused(String tail) {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.prose())) {
            if (tail.startsWith("f09f98")) {
                assertThat(eddy.encoder(tail).tail()).isEqualTo(tail);
                return;
            }
            if (tail.equals("+")) {
                assertThat(eddy.encoder(tail).tail()).isEqualTo(tail);
                return;
            }
            assertThatThrownBy(() -> eddy.encoder(tail)).isInstanceOf(TokenizerException.class);
            assertThatThrownBy(() -> eddy.encoder(":" + "x".repeat(eddy.tailLimit())))
                    .isInstanceOf(TokenizerException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"model\":{}}",
                "{\"model\":{\"vocab\":{\"a\":\"x\"}}}",
                "{\"model\":{\"vocab\":{\"a\":-1}}}",
                "{\"model\":{\"vocab\":{\"a\":99999999999}}}",
                "{\"model\":{\"vocab\":{\"a\":9223370}}}",
                "{\"model\":{\"type\":\"Nonsense\",\"vocab\":{\"a\":0}}}",
                "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[[\"a\",\"b\"]]}}",
                "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"},"
                        + "\"decoder\":{\"type\":\"CTC\"}}",
            })
    void read_brokenFile_isRefusedByName(String json) {
        assertThatThrownBy(() ->
                        new JsonTokenizer(
                                TokenizerJson.read(
                                        "tokenizer.json",
                                        json.getBytes(StandardCharsets.UTF_8),
                                        Set.of()),
                                SpecialIds.none()))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("tokenizer.json: ");
    }

    @Test
    void encode_whatTheVocabularyLacks_isRefusedAndNothingChanges() {
        ObjectNode file = TokenizerFiles.pieces(SplitRules.GPT_FAMILY.iterator().next());
        ((ObjectNode) file.path("model").path("vocab")).removeAll().put("a", 0).put(" a", 1);
        try (JsonTokenizer eddy = TokenizerFiles.eddy(file)) {
            Encoder encoder = eddy.encoder();
            Ids ids = new Ids();
            encoder.accept("a a", ids::add);
            String tail = encoder.tail();
            assertThatThrownBy(() -> encoder.accept(" b a", ids::add))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("cannot be expressed");
            assertThat(encoder.tail()).isEqualTo(tail);
            encoder.flush(ids::add);
            assertThat(ids.toArray()).containsExactly(0, 1);
        }
    }

    @Test
    void bytesOf_idsWithoutToken_areInvisible() {
        try (JsonTokenizer eddy = TokenizerFiles.eddy(TokenizerFiles.prose())) {
            assertThat(eddy.decode(5000, 0)).isEmpty();
            assertThat(eddy.tokenOf(5000)).isEmpty();
            assertThatThrownBy(() -> eddy.bytesOf(-1)).isInstanceOf(TokenizerException.class);
            assertThat(Arrays.stream(eddy.encode("")).toArray()).isEmpty();
        }
    }
}
