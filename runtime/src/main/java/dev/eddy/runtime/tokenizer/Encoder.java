package dev.eddy.runtime.tokenizer;

import java.util.function.IntConsumer;

/**
 * Text arriving in chunks, ids leaving as soon as nothing that follows can change them. The ids
 * depend on the text between two flushes alone, whatever its chunks, also those that cut a
 * surrogate pair or a UTF-8 sequence. The unsettled rest is bounded ({@link Tokenizer#tailLimit()})
 * and part of a session's state.
 *
 * <p>Malformed text becomes U+FFFD, as everywhere in Java. Not safe for use by several threads.
 */
public interface Encoder {
    /**
     * Takes more text.
     *
     * @throws TokenizerException if it holds what this tokenizer cannot express; nothing has
     *     changed then
     */
    void accept(CharSequence chunk, IntConsumer ids);

    /**
     * Takes more text as UTF-8.
     *
     * @throws TokenizerException if it holds what this tokenizer cannot express; nothing has
     *     changed then
     */
    void accept(byte[] chunk, int offset, int count, IntConsumer ids);

    /** Ends the message: settles the rest. The next text is a message of its own. */
    void flush(IntConsumer ids);

    /**
     * The unsettled rest in a form for {@link Tokenizer#encoder(String)}: well-formed text, empty
     * if there is none.
     */
    String tail();
}
