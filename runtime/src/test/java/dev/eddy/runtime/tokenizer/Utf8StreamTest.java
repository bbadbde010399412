package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of UTF-8, malformed ones too, give the text that Java makes of the whole. */
final class Utf8StreamTest {
    private static final long SEED = Long.getLong("eddy.test.seed", 7);

    @Test
    void append_randomBytesInRandomPieces_isWhatJavaMakesOfTheWhole() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = bytes(random);
            StringBuilder text = new StringBuilder();
            Utf8Stream stream = new Utf8Stream();
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(bytes.length - from, random.nextInt(4));
                stream.append(bytes, from, count, text);
                from += count;
                assertThat(stream.pending().length).isLessThanOrEqualTo(3);
                stream = new Utf8Stream(stream.pending());
            }
            stream.flush(text);
            assertThat(text.toString())
                    .as("seed %d, text %d", SEED, i)
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = RandomText.text(random, 6).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int[] tricky = {
                0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xa0, 0xf0, 0x90, 0x8f, 0xf4, 0xf5, 0xff, 'a'
            };
            bytes[random.nextInt(bytes.length)] = (byte) tricky[random.nextInt(tricky.length)];
        }
        return bytes;
    }

    @Test
    void pending_noBeginningOfACharacter_isRefused() {
        for (byte[] bytes :
                new byte[][] {
                    {'a'}, {(byte) 0x80}, {(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80}
                }) {
            assertThatThrownBy(() -> new Utf8Stream(bytes)).isInstanceOf(TokenizerException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void assembler_mixedChunks_replaceWhatNeverBecameWhole(int cut) {
        TextAssembler assembler = new TextAssembler();
        StringBuilder text = new StringBuilder();
        byte[] face = "\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        assembler.append(face, 0, cut, text);
        assembler.append("\ud83d", text);
        assembler.append("\ude00x\ud83d", text);
        assembler.append(face, 0, 4, text);
        assembler.append("\ude00", text);
        assembler.flush(text);
        String first = cut == 0 ? "" : cut == 4 ? "\ud83d\ude00" : "\ufffd";
        assertThat(text).hasToString(first + "\ud83d\ude00x\ufffd\ud83d\ude00\ufffd");
    }
}
