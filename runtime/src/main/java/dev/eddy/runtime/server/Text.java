package dev.eddy.runtime.server;

/** Text of clients as it may be shown in messages and logs. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    /** The text without control characters, cut where it is long. */
    static String shown(String text) {
        return shown(text, LONGEST);
    }

    /** The text without control characters, cut after {@code most} of them. */
    static String shown(String text, int most) {
        boolean cut = text.length() > most;
        String plain = (cut ? text.substring(0, most) : text).replaceAll("\\p{Cntrl}", "?");
        return cut ? plain + "..." : plain;
    }
}
