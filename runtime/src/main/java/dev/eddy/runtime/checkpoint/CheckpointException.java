package dev.eddy.runtime.checkpoint;

/**
 * A checkpoint that cannot be used, and why: its message names the file, what in it is wrong, what
 * was expected, what was found and what to do. Whoever shows it to a user needs no stack trace.
 */
public final class CheckpointException extends RuntimeException {
    /** A failure described by {@code message}. */
    public CheckpointException(String message) {
        super(message);
    }

    /** A failure described by {@code message}, brought about by {@code cause}. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A value that is not what it has to be.
     *
     * @param source the file
     * @param subject the tensor, key or field in it
     * @param expected what it has to be
     * @param found what it is
     */
    static CheckpointException unexpected(
            Object source, String subject, Object expected, Object found) {
        return new CheckpointException(
                source + ": " + subject + ": expected " + expected + ", found " + found);
    }

    /**
     * A name as an error message may show it: as it is, or quoted where it is long or holds what is
     * no plain text.
     */
    static String name(String text) {
        boolean plain =
                !text.isEmpty()
                        && text.length() <= 200
                        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return plain ? text : quote(text);
    }

    /**
     * {@code text} as an error message may show it: quoted, without control characters, at most 80
     * characters.
     */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int shown = Math.min(text.length(), 80);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        quoted.append('"');
        if (shown < text.length()) {
            quoted.append("... (").append(text.length()).append(" characters)");
        }
        return quoted.toString();
    }
}
