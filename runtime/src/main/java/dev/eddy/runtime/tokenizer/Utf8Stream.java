package dev.eddy.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 arriving in pieces, characters leaving whole; malformed sequences become U+FFFD, the same
 * ones as if all bytes had been decoded at once.
 */
final class Utf8Stream {
    private static final byte[] NOTHING = {};

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] pending;

    Utf8Stream() {
        this.pending = NOTHING;
    }

    /**
     * A stream that goes on where another stopped.
     *
     * @throws TokenizerException if {@code pending} is no beginning of a character
     */
    Utf8Stream(byte[] pending) {
        this.pending = NOTHING;
        StringBuilder text = new StringBuilder();
        append(pending, 0, pending.length, text);
        if (!text.isEmpty()) {
            throw new TokenizerException(
                    "partial character "
                            + Arrays.toString(pending)
                            + ": no beginning of one in UTF-8; expected at most 3 bytes that are");
        }
    }

    /** Bytes of a character that is not whole yet: at most three. */
    byte[] pending() {
        return pending.clone();
    }

    boolean hasPending() {
        return pending.length > 0;
    }

    void append(byte[] bytes, int offset, int count, StringBuilder text) {
        ByteBuffer in;
        if (pending.length == 0) {
            in = ByteBuffer.wrap(bytes, offset, count);
        } else {
            byte[] joined = Arrays.copyOf(pending, pending.length + count);
            System.arraycopy(bytes, offset, joined, pending.length, count);
            in = ByteBuffer.wrap(joined);
        }
        decode(in, false, text);
        pending = NOTHING;
        if (in.hasRemaining()) {
            pending = new byte[in.remaining()];
            in.get(pending);
        }
    }

    /** Ends the stream: what is pending becomes U+FFFD. */
    void flush(StringBuilder text) {
        decode(ByteBuffer.wrap(pending), true, text);
        pending = NOTHING;
    }

    private void decode(ByteBuffer in, boolean end, StringBuilder text) {
        CharBuffer out = CharBuffer.allocate(Math.clamp(in.remaining(), 2, 8192));
        decoder.reset();
        CoderResult result;
        do {
            result = decoder.decode(in, out, end);
            text.append(out.flip());
            out.clear();
        } while (result.isOverflow());
    }
}
