package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokenizers without a file: bytes and bases. */
final class PlainTokenizersTest {
    private final Tokenizer bytes = new BytesTokenizer(SpecialIds.none());
    private final Tokenizer bases = new BasesTokenizer(SpecialIds.none());

    @Test
    void bytes_randomTextsInRandomChunks_areTheirUtf8() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String text = RandomText.text(random, 30);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int[] ids = RandomText.encodeInChunks(bytes, text, random);
            assertThat(ids)
                    .isEqualTo(IntStream.range(0, utf8.length).map(j -> utf8[j] & 0xff).toArray());
            assertThat(bytes.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void bytes_thatAreNoText_passUnchanged() {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        Ids ids = new Ids();
        Encoder encoder = bytes.encoder();
        encoder.accept("\ud83d", ids::add);
        assertThat(encoder.tail()).isEqualTo("ud83d");
        encoder = bytes.encoder(encoder.tail());
        encoder.accept(all, 0, 256, ids::add);
        assertThat(encoder.tail()).isEmpty();
        int[] expected =
                IntStream.concat(IntStream.of(0xef, 0xbf, 0xbd), IntStream.range(0, 256)).toArray();
        assertThat(ids.toArray()).isEqualTo(expected);
    }

    @Test
    void bytes_ids_knowTheirSpelling() {
        assertThat(bytes.size()).isEqualTo(256);
        assertThat(bytes.unit()).isEqualTo(Tokenizer.Unit.BYTE);
        assertThat(bytes.tokenOf('A')).isEqualTo("A");
        assertThat(bytes.tokenOf(10)).isEqualTo("0x0a");
        assertThat(bytes.idOf("A")).hasValue('A');
        assertThat(bytes.idOf("AB")).isEmpty();
        assertThat(bytes.bytesOf(300)).isEmpty();
        assertThatThrownBy(() -> bytes.bytesOf(-1)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void bases_inEitherCaseAndWithSpace_areTheirIds() {
        assertThat(bases.encode("ACGTN acgtn\nRYswKMbdhv\r\n"))
                .containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
        assertThat(bases.decode(0, 1, 2, 3, 4, 9)).isEqualTo("ACGTN");
        assertThat(bases.unit()).isEqualTo(Tokenizer.Unit.BASE);
        assertThat(bases.size()).isEqualTo(5);
        assertThat(bases.idOf("G")).hasValue(2);
        assertThat(bases.idOf("g")).isEmpty();
        assertThat(bases.tokenOf(3)).isEqualTo("T");
    }

    @Test
    void bases_randomChunks_giveTheSameIds() {
        Random random = new Random(12);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(500); n > 0; n--) {
                text.append("ACGTNacgtn \n".charAt(random.nextInt(12)));
            }
            assertThat(RandomText.encodeInChunks(bases, text.toString(), random))
                    .isEqualTo(bases.encode(text.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACGX", "ACG>chr1", "ACG\u0410", "ACG\ud83d\ude00", "ACGU", "ACG-"})
    void bases_otherLetter_isRefusedAndNothingIsTaken(String text) {
        Ids ids = new Ids();
        Encoder encoder = bases.encoder();
        assertThatThrownBy(() -> encoder.accept(text, ids::add))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("at 3 of this chunk: expected a base");
        encoder.accept("T", ids::add);
        assertThat(ids.toArray()).containsExactly(3);
    }
}
