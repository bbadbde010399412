package dev.eddy.runtime.server;

import com.google.rpc.Code;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Where a page ended, and of what list: opaque to clients, stateless here. */
final class PageToken {
    private static final int USUAL_SIZE = 100;
    private static final int MOST_SIZE = 1000;
    private static final int VERSION = 1;

    private PageToken() {}

    /** The number of entries to return for what a client asked. */
    static int size(int asked) {
        long size = Integer.toUnsignedLong(asked);
        return size == 0 ? USUAL_SIZE : (int) Math.min(size, MOST_SIZE);
    }

    /**
     * A token.
     *
     * @param last the last entry of the page
     * @param list what was listed, filters included
     */
    static String write(String last, String list) {
        String text = VERSION + ":" + Integer.toHexString(list.hashCode()) + ":" + last;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The entry that the page before ended with; empty for the first page.
     *
     * @throws ProblemException INVALID_PAGE_TOKEN, for a token not of this list
     */
    static String read(String token, String list) {
        if (token.isEmpty()) {
            return "";
        }
        String start = VERSION + ":" + Integer.toHexString(list.hashCode()) + ":";
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(start)) {
                return text.substring(start.length());
            }
        } catch (IllegalArgumentException e) {
            // No base64: refused below as any other token that is not ours.
        }
        throw new ProblemException(
                new Problem(
                        Code.INVALID_ARGUMENT,
                        "INVALID_PAGE_TOKEN",
                        "the page token \"%s\" is not of this list; begin again without one, with the same filters"
                                .formatted(Text.shown(token)),
                        Map.of("value", Text.shown(token))));
    }
}
