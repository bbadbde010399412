package dev.eddy.runtime.chat;

/**
 * A chat template that cannot be used, or a turn that it refuses; the message says what failed, the
 * value, the limit and the remedy.
 */
public final class ChatTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChatTemplateException(String message) {
        super(message);
    }
}
