package dev.eddy.runtime.server;

/** Text of clients as it may be shown in messages and logs. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    /** The text without control characters, cut where it is long. */
    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
