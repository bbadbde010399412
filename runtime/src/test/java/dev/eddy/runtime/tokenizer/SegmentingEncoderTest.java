package dev.eddy.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where text is cut: at safe places, else by force, always by the text alone. */
final class SegmentingEncoderTest {
    private static final SafeSplits SPACES = new SafeSplits(true, Set.of());
    private static final int LIMIT = 8;

    private final List<String> pieces = new ArrayList<>();

    private Encoder encoder(SafeSplits splits) {
        return new SegmentingEncoder(
                splits, LIMIT, (piece, first, ids) -> pieces.add((first ? "^" : "") + piece), "");
    }

    private List<String> cut(SafeSplits splits, String... chunks) {
        pieces.clear();
        Encoder encoder = encoder(splits);
        for (String chunk : chunks) {
            encoder.accept(chunk, id -> {});
        }
        encoder.flush(id -> {});
        return List.copyOf(pieces);
    }

    @Test
    void accept_wordsInOneChunk_areOnePieceAndTheLastWordWaits() {
        assertThat(cut(SPACES, "one two six")).containsExactly("^one two", " six");
        assertThat(cut(SPACES, "one two", " ")).containsExactly("^one", " two", " ");
        assertThat(cut(SPACES)).isEmpty();
    }

    @Test
    void accept_pieceOfJustTheLimit_isNotCut() {
        assertThat(cut(SPACES, "12345678")).containsExactly("^12345678");
        assertThat(cut(SPACES, "12345678 x")).containsExactly("^12345678", " x");
        assertThat(cut(SPACES, "123456789")).containsExactly("^12345678", "9");
        assertThat(cut(SPACES, "123456789 x")).containsExactly("^12345678", "9", " x");
    }

    @Test
    void accept_noSafePlaces_cutsBehindALateWordElseAtTheLimit() {
        assertThat(cut(SafeSplits.NONE, "one two six")).containsExactly("^one two", " six");
        assertThat(cut(SafeSplits.NONE, "a bcdefghijk")).containsExactly("^a bcdefg", "hijk");
        assertThat(cut(SafeSplits.NONE, "          ")).containsExactly("^        ", "  ");
        assertThat(cut(SafeSplits.NONE, "1234567\ud83d\ude00"))
                .containsExactly("^1234567", "\ud83d\ude00");
    }

    @Test
    void flush_then_beginsAMessageAnew() {
        Encoder encoder = encoder(SPACES);
        encoder.accept("one two", id -> {});
        assertThat(encoder.tail()).isEqualTo("+: two");
        encoder.flush(id -> {});
        assertThat(encoder.tail()).isEmpty();
        encoder.accept("six ten", id -> {});
        assertThat(pieces).containsExactly("^one", " two", "^six");
    }

    @Test
    void accept_anyChunks_giveTheSamePiecesJoined() {
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(80); n > 0; n--) {
                text.append("ab \n\ud83d\ude00. ".charAt(random.nextInt(8)));
            }
            String whole = text.toString();
            List<Integer> forced = forcedCuts(cut(SafeSplits.NONE, whole));
            List<String> chunks = new ArrayList<>();
            for (int from = 0; from < whole.length(); ) {
                int to = Math.min(whole.length(), from + 1 + random.nextInt(5));
                chunks.add(whole.substring(from, to));
                from = to;
            }
            assertThat(forcedCuts(cut(SafeSplits.NONE, chunks.toArray(String[]::new))))
                    .isEqualTo(forced);
        }
    }

    private static List<Integer> forcedCuts(List<String> pieces) {
        List<Integer> cuts = new ArrayList<>();
        int position = 0;
        for (String piece : pieces) {
            position += piece.length();
            cuts.add(position);
        }
        return cuts;
    }
}
