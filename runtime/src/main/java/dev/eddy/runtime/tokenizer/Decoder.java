package dev.eddy.runtime.tokenizer;

/**
 * Ids arriving one by one, text leaving in whole characters. The pieces together are the text of
 * all ids. Not safe for use by several threads.
 */
public interface Decoder {
    /**
     * The text that {@code id} completes; often empty. Special and unknown ids are invisible.
     *
     * @throws TokenizerException if {@code id} is negative
     */
    String accept(int id);

    /** Ends the text: a character that never became whole appears as U+FFFD. */
    String flush();

    /**
     * The bytes of a character that is not yet whole: at most three, for {@link
     * Tokenizer#decoder(byte[])}.
     */
    byte[] partial();
}
