package dev.eddy.runtime.tokenizer;

import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import dev.eddy.runtime.checkpoint.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * No vocabulary, in a World file or inside a GGUF file, does more than be refused. Longer: as
 * {@link TokenizerFuzzTest} says.
 */
final class EmbeddedFuzzTest {
    private static final String TEXT =
            "The whale, 'twas  white! \u5317\ud83d\ude00 <s>\n\n x 12 \u2581</s> ";

    /**
     * Characters to the last place where a merge splits a token: all of them would be the square.
     */
    private static final int LONGEST_MERGED = 40;

    private static final String[] PIECES = {
        "<unk>",
        "<s>",
        "</s>",
        "<0x0A>",
        "\u2581",
        "t",
        "h",
        "e",
        "\u2581t",
        "\u2581th",
        "the",
        "\u0120",
        "\u0120w",
        "\\x00",
        "\\n",
        "\\'",
        "[PAD9]",
        "wh",
        "ale",
        "whale",
        "  ",
        "1",
        "12"
    };

    private static String world() {
        StringBuilder file = new StringBuilder();
        for (int b = 0; b < 256; b++) {
            file.append(b + 1).append(String.format(" b'\\x%02x' 1%n", b));
        }
        return file + "257 ' the' 4\n258 '\\n\\n' 2\n259 \"it's\" 4\n260 '\u4f60' 3\n";
    }

    @Test
    void read_mutatedWorldFiles_areReadOrRefused() throws Exception {
        byte[] seed = world().getBytes(StandardCharsets.UTF_8);
        new Fuzzer(TokenizerException.class, 10, 400, 4 << 20)
                .run(
                        "EmbeddedFuzzTest, World",
                        List.of(seed),
                        (bytes, onDisk) -> {
                            WorldTokenizer tokenizer =
                                    new WorldTokenizer(
                                            "fuzzed",
                                            WorldVocabulary.read("fuzzed", bytes),
                                            SpecialIds.none());
                            tokenizer.decode(tokenizer.encode(TEXT));
                        });
    }

    @Test
    void of_mutatedVocabularies_areOpenedOrRefused() throws Exception {
        String all = String.join("\n", PIECES);
        List<byte[]> seeds = new ArrayList<>();
        for (String more = "\nx"; seeds.size() < 2; more += "x") {
            byte[] seed = (all + more).getBytes(StandardCharsets.UTF_8);
            if (seed.length % 3 == seeds.size()) {
                seeds.add(seed); // byte-level, then SentencePiece's
            }
        }
        new Fuzzer(TokenizerException.class, 10, 4000, 64 << 20)
                .run(
                        "EmbeddedFuzzTest, GGUF",
                        seeds,
                        (bytes, onDisk) -> {
                            try (Tokenizer tokenizer = Tokenizers.of(embedded(bytes))) {
                                tokenizer.decode(tokenizer.encode(TEXT));
                            }
                        });
    }

    /** Lines as tokens; their number decides of what kind they and the vocabulary are. */
    private static EmbeddedTokenizer embedded(byte[] file) {
        List<byte[]> tokens = new ArrayList<>();
        List<String> merges = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            tokens.add(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        for (byte[] token : tokens) {
            String text = new String(token, StandardCharsets.UTF_8);
            for (int i = 1; i < Math.min(LONGEST_MERGED, text.length()); i++) {
                String left = text.substring(0, i);
                String right = text.substring(i);
                boolean known = isToken(tokens, left) && isToken(tokens, right);
                if (known || file.length % 11 == 0) {
                    merges.add(left + " " + right);
                }
            }
        }
        int[] types = new int[tokens.size()];
        float[] scores = new float[tokens.size()];
        for (int id = 0; id < types.length; id++) {
            types[id] = 1 + (id * 7 + tokens.get(id).length) % 6;
            scores[id] = id % 5 == 0 ? Float.NaN : -id;
        }
        String model = List.of("gpt2", "llama", "rwkv").get(file.length % 3);
        return new EmbeddedTokenizer(
                "fuzzed",
                model,
                file.length % 2 == 0 ? "gpt-2" : "llama-bpe",
                tokens,
                file.length % 7 == 0 ? new int[0] : types,
                scores,
                merges,
                Map.of("bos", 0, "eos", 0),
                Map.of(),
                Optional.empty());
    }

    private static boolean isToken(List<byte[]> tokens, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return tokens.stream().anyMatch(token -> Arrays.equals(token, bytes));
    }
}
