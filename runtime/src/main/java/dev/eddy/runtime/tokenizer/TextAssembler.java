package dev.eddy.runtime.tokenizer;

import java.util.HexFormat;

/**
 * Well-formed text out of chunks of chars or of UTF-8, which may cut a character anywhere. What is
 * incomplete is kept: either the first half of a surrogate pair or the first bytes of a UTF-8
 * sequence, never both.
 */
final class TextAssembler {
    /** The longest {@link #state()}, in chars. */
    static final int STATE_LIMIT = 6;

    private static final char NONE = 0;
    private static final char REPLACEMENT = '\ufffd';

    private char high = NONE;
    private Utf8Stream utf8 = new Utf8Stream();

    void append(CharSequence chunk, StringBuilder text) {
        if (chunk.isEmpty()) {
            return;
        }
        utf8.flush(text);
        for (int i = 0; i < chunk.length(); i++) {
            char c = chunk.charAt(i);
            if (Character.isLowSurrogate(c) && high != NONE) {
                text.append(high).append(c);
                high = NONE;
                continue;
            }
            endHigh(text);
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                text.append(Character.isLowSurrogate(c) ? REPLACEMENT : c);
            }
        }
    }

    void append(byte[] chunk, int offset, int count, StringBuilder text) {
        if (count > 0) {
            endHigh(text);
            utf8.append(chunk, offset, count, text);
        }
    }

    /** Ends the text: what is incomplete becomes U+FFFD. */
    void flush(StringBuilder text) {
        endHigh(text);
        utf8.flush(text);
    }

    private void endHigh(StringBuilder text) {
        if (high != NONE) {
            text.append(REPLACEMENT);
            high = NONE;
        }
    }

    /**
     * What is incomplete, in ASCII: nothing, {@code u} and four digits of a surrogate, or the
     * digits of bytes.
     */
    String state() {
        return high == NONE
                ? HexFormat.of().formatHex(utf8.pending())
                : "u" + HexFormat.of().toHexDigits(high);
    }

    /**
     * Goes back to a {@link #state()}.
     *
     * @throws TokenizerException if it is none
     */
    void restore(String state) {
        try {
            boolean surrogate = state.startsWith("u");
            char half = surrogate ? (char) HexFormat.fromHexDigits(state, 1, state.length()) : NONE;
            if (surrogate && !(state.length() == 5 && Character.isHighSurrogate(half))) {
                throw new IllegalArgumentException("no surrogate");
            }
            utf8 = new Utf8Stream(surrogate ? new byte[0] : HexFormat.of().parseHex(state));
            high = half;
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(
                    "encoder tail: \"" + state + "\" is no incomplete character", e);
        }
    }
}
