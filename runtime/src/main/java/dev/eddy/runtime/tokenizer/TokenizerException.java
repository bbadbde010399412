package dev.eddy.runtime.tokenizer;

/**
 * A tokenizer that cannot be used, or input that it cannot take; the message says what failed, the
 * value, the limit and the remedy. Input that is refused leaves the encoder as it was.
 */
public final class TokenizerException extends RuntimeException {
    /** A failure described by {@code message}. */
    public TokenizerException(String message) {
        super(message);
    }

    /** A failure described by {@code message}, brought about by {@code cause}. */
    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
