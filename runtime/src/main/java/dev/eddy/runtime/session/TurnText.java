package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Inspector;
import dev.eddy.runtime.tokenizer.Decoder;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a turn's ids as they come, watched for stop strings. A session and the engine each
 * have one of a turn, which see the same ids and so find the same.
 */
final class TurnText implements Inspector {
    private static final byte[] NOTHING = {};

    private final @Nullable Decoder decoder;
    private final StopMatcher matcher;
    private int matched = -1;
    private int excess;

    /**
     * The text of ids that follow others.
     *
     * @param partial the bytes of a character that those left unfinished
     * @param progress how far they matched each stop string; empty at the start of a turn
     */
    TurnText(@Nullable Tokenizer tokenizer, byte[] partial, List<String> stops, int[] progress) {
        decoder = tokenizer == null ? null : tokenizer.decoder(partial);
        matcher = new StopMatcher(stops, progress);
    }

    /** The text that {@code id} completes; watch {@link #matched} after it. */
    String accept(int id) {
        if (decoder == null) {
            return "";
        }
        String piece = decoder.accept(id);
        for (int i = 0; i < piece.length() && matched < 0; i++) {
            matched = matcher.accept(piece.charAt(i));
            excess = piece.length() - 1 - i;
        }
        return piece;
    }

    @Override
    public boolean ends(int id) {
        accept(id);
        return matched >= 0;
    }

    /** The stop string that was completed; empty while none was. */
    String matched() {
        return matched < 0 ? "" : matcher.stop(matched);
    }

    boolean isMatched() {
        return matched >= 0;
    }

    /** Characters from where the matched stop string begins to the end of the text. */
    int matchedFromEnd() {
        return matched().length() + excess;
    }

    /** Characters at the end of the text that may yet become a stop string. */
    int held() {
        return matcher.partial();
    }

    /** The bytes of a character that is not yet whole. */
    byte[] partial() {
        return decoder == null ? NOTHING : decoder.partial();
    }

    /** How far each stop string has matched. */
    int[] progress() {
        return matcher.progress();
    }
}
