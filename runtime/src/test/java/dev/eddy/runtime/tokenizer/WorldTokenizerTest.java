package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.checkpoint.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The RWKV World tokenizer, on a small vocabulary in the format of the published one. */
final class WorldTokenizerTest {
    private static final long SEED = Long.getLong("eddy.test.seed", 20_261_125);
    private static final Config RWKV =
            Config.parse("config.json", "{\"model_type\": \"rwkv7\", \"vocab_size\": 65536}");

    @TempDir private Path folder;

    /** Every byte, then words that begin like others and pieces of characters. */
    private static String vocabulary() {
        StringBuilder file = new StringBuilder();
        int id = 1;
        for (int b = 0; b < 256; b++) {
            boolean letter = b > ' ' && b < 127 && b != '\'' && b != '\\';
            file.append(id++)
                    .append(letter ? " '" + (char) b + "' 1" : String.format(" b'\\x%02x' 1", b))
                    .append('\n');
        }
        for (String line :
                List.of(
                        "' t' 2",
                        "' the' 4",
                        "' therefore' 10",
                        "'the' 3",
                        "'er' 2",
                        "'\\n\\n' 2",
                        "'\\n\\n\\n' 3",
                        "'  ' 2",
                        "'\\t\\t' 2",
                        "\"don't\" 5",
                        "'\\\\n' 2",
                        "'\u00e9' 2",
                        "'\\u00e8' 2",
                        "'\u4f60\u597d' 6",
                        "b'\\xe4\\xbd' 2",
                        "b'\\x9f\\x98' 2",
                        "'\ud83d\ude00\ud83d\ude00' 8")) {
            file.append(id++).append(' ').append(line).append('\n');
        }
        return file.toString();
    }

    private static WorldTokenizer tokenizer() {
        return new WorldTokenizer("v.txt", read(vocabulary()), SpecialIds.none());
    }

    private static SortedMap<Integer, byte[]> read(String file) {
        return WorldVocabulary.read("v.txt", file.getBytes(StandardCharsets.UTF_8));
    }

    /** At every place the longest token, by trying all of them. */
    private static int[] longest(String text) {
        List<Integer> ids = new ArrayList<>();
        SortedMap<Integer, byte[]> vocabulary = read(vocabulary());
        String all = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (int at = 0; at < all.length(); ) {
            int best = 0;
            int length = 0;
            for (var token : vocabulary.entrySet()) {
                String spelled = new String(token.getValue(), StandardCharsets.ISO_8859_1);
                if (spelled.length() > length && all.startsWith(spelled, at)) {
                    best = token.getKey();
                    length = spelled.length();
                }
            }
            assertThat(length).as("a token at byte %d", at).isPositive();
            ids.add(best);
            at += length;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void encode_randomTextsInRandomChunks_takesTheLongestTokenEverywhere() {
        Random random = new Random(SEED);
        WorldTokenizer tokenizer = tokenizer();
        for (int i = 0; i < 300; i++) {
            String text = RandomText.text(random, 40) + " therefore the\n\n\n\u4f60\u597d";
            int[] expected = longest(text);
            assertThat(RandomText.encodeInChunks(tokenizer, text, random))
                    .as("seed %d, text %d: %s", SEED, i, text)
                    .isEqualTo(expected);
            assertThat(tokenizer.encode(text)).isEqualTo(expected);
            assertThat(tokenizer.decode(expected)).isEqualTo(text);
        }
    }

    @Test
    void accept_ofAWordThatMayGoOn_waitsForNoMoreThanTheLongestToken() {
        WorldTokenizer tokenizer = tokenizer();
        Encoder encoder = tokenizer.encoder();
        Ids ids = new Ids();
        encoder.accept("x there", ids::add);
        assertThat(tokenizer.decode(ids.toArray())).isEqualTo("x");
        assertThat(encoder.tail()).isEqualTo(":207468657265");
        encoder.accept("!", ids::add);
        assertThat(tokenizer.decode(ids.toArray())).isEqualTo("x there!");
        assertThat(encoder.tail()).isEmpty();
        assertThat(tokenizer.tailLimit()).isEqualTo(6 + 1 + 2 * 10);
        assertThatThrownBy(() -> tokenizer.encoder(":2x"))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("no hexadecimal digits");
    }

    @Test
    void find_besideAnRwkvCheckpoint_endsTextsByZeroAndKnowsTokens() throws IOException {
        Files.writeString(folder.resolve("rwkv_vocab_v20230424.txt"), vocabulary());
        try (Tokenizer tokenizer = Tokenizers.of(folder, RWKV)) {
            assertThat(tokenizer.specials().eos()).containsExactly(0);
            assertThat(tokenizer.specials().bos()).isEmpty();
            assertThat(tokenizer.size()).isEqualTo(256 + 17 + 1);
            assertThat(tokenizer.bytesOf(0)).isEmpty();
            assertThat(tokenizer.bytesOf(70_000)).isEmpty();
            assertThat(tokenizer.idOf(" the")).hasValue(258);
            assertThat(tokenizer.idOf(" them")).isEmpty();
            assertThat(tokenizer.tokenOf(258)).isEqualTo(" the");
        }
        Config mamba = Config.parse("config.json", "{\"model_type\": \"mamba\"}");
        assertThat(Tokenizers.find(folder, mamba)).isEmpty();
        Files.writeString(folder.resolve("rwkv_vocab_other.txt"), vocabulary());
        assertThatThrownBy(() -> Tokenizers.find(folder, RWKV))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("expected one rwkv_vocab*.txt");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "|1 'a' 2|, line 1: expected 2 bytes",
                "|1 'a'|, line 1: expected an id",
                "|x 'a' 1|, 'line 1: expected a whole number'",
                "|99999999 'a' 1|, 'line 1: expected a whole number from 0 to 16777216'",
                "|1 '' 0|, line 1: expected 0 bytes",
                "|1 os.system('x') 1|, a string or bytes literal",
                "|1 'a'+'b' 2|, a string or bytes literal",
                "|1 '\\q' 1|, expected one of the escapes",
                "|1 b'\\xz0' 1|, a string or bytes literal",
                "|1 '\\ud800' 3|, a character's number",
                "|1 b'\u00e9' 1|, in place of",
                "|1 'a' 1\n1 'b' 1|, id 1: expected one token",
                "|1 'a' 1\n2 'a' 1|, id 2: expected bytes of its own",
                "|9999999 'a' 1|, id 9999999: expected at most 65540",
                "|1 'a' 1|, none for 0x00"
            })
    void read_malformedVocabulary_isRefusedByLine(String file, String message) {
        assertThatThrownBy(() -> new WorldTokenizer("v.txt", read(file), SpecialIds.none()))
                .isInstanceOf(TokenizerException.class)
                .hasMessageStartingWith("v.txt: ")
                .hasMessageContaining(message.replace("'line", "line").replaceAll("'$", ""));
    }
}
