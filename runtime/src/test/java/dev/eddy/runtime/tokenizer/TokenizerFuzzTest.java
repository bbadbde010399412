package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.runtime.checkpoint.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No tokenizer.json, however broken, brings the process down: the native library would do that for
 * some files, so they must be refused before it sees them.
 *
 * <p>Longer: {@code mvn -pl runtime -am verify -Dtest=TokenizerFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Deddy.fuzz.seconds=3600}.
 */
final class TokenizerFuzzTest {
    private static final String TEXT =
            "The whale, 'twas  white! \u5317\ud83d\ude00 <|endoftext|>\n\n x 1234 e\u0301 \u2581\u0000 </s>   ";
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "7",
        "1e9",
        "4294967295",
        "18446744073709551615",
        "\"\"",
        "\" \"",
        "\"x\"",
        "[]",
        "{}",
        "\"Unigram\"",
        "\"BPE\"",
        "\"WordPiece\"",
        "\"WordLevel\"",
        "\"Sequence\"",
        "\"Metaspace\"",
        "\"ByteLevel\"",
        "\"Split\"",
        "\"NFKC\"",
        "\"Strip\"",
        "\"Precompiled\"",
        "\"(\"",
        "\"(a+)+$\"",
        "\"\\\\s+\"",
        "\"##\"",
        "0.5",
        "[[\"a\",\"b\"]]",
        "{\"Regex\":\"a*\"}",
        "{\"String\":\" \"}",
        "\"Isolated\"",
        "\"MergedWithPrevious\""
    };

    @Test
    void read_mutatedFiles_areReadOrRefused() throws Exception {
        new Fuzzer(TokenizerException.class, 3, 1000, 64 << 20, TokenizerFuzzTest::replaceValue)
                .run(
                        "TokenizerFuzzTest",
                        seeds(),
                        (bytes, onDisk) -> {
                            TokenizerJson json = TokenizerJson.read("fuzzed", bytes, Set.of("x"));
                            try (JsonTokenizer tokenizer =
                                    new JsonTokenizer(json, SpecialIds.none())) {
                                tokenizer.decode(tokenizer.encode(TEXT));
                                tokenizer.encode("");
                            }
                        });
    }

    /** Puts another value behind some colon, more often than not outside the vocabulary. */
    private static byte[] replaceValue(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.UTF_8);
        int near = random.nextInt(3) == 0 ? text.length() : Math.min(1500, text.length());
        int colon = text.indexOf(':', random.nextInt(near + 1));
        if (colon < 0) {
            return file;
        }
        int end = endOfValue(text, colon + 1);
        String value = VALUES[random.nextInt(VALUES.length)];
        return (text.substring(0, colon + 1) + value + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int endOfValue(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']' || c == ',') && depth == 0) {
                return i;
            } else if (!quoted && (c == '}' || c == ']')) {
                depth--;
            }
        }
        return text.length();
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        TokenizerFiles.prose(),
                        TokenizerFiles.neoX(),
                        TokenizerFiles.llama(),
                        TokenizerFiles.unigram("first"),
                        TokenizerFiles.split(SplitRules.GPT_FAMILY.iterator().next()),
                        TokenizerFiles.pieces("\\s+|\\S+"))
                .map(file -> small(file).toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The first 400 tokens and the merges among them. */
    private static ObjectNode small(ObjectNode file) {
        ObjectNode model = (ObjectNode) file.path("model");
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary.isArray()) {
            ArrayNode kept = model.arrayNode();
            vocabulary.valueStream().limit(400).forEach(kept::add);
            model.set("vocab", kept);
            return file;
        }
        ObjectNode kept = model.objectNode();
        vocabulary.properties().stream()
                .limit(400)
                .forEach(token -> kept.set(token.getKey(), token.getValue()));
        model.set("vocab", kept);
        if (model.has("merges")) {
            ArrayNode merges = model.arrayNode();
            for (JsonNode merge : model.path("merges")) {
                String[] pair = TokenizerJson.pair(merge);
                if (kept.has(pair[0]) && kept.has(pair[1]) && kept.has(pair[0] + pair[1])) {
                    merges.add(merge);
                }
            }
            model.set("merges", merges);
        }
        return file;
    }
}
