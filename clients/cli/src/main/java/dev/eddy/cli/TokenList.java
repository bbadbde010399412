package dev.eddy.cli;

import java.util.Arrays;

/** Reads lists of token ids. */
final class TokenList {
    private TokenList() {}

    /**
     * The ids in {@code text}, separated by commas or white space.
     *
     * @param source what errors call it
     * @throws IllegalArgumentException naming source, place and text of what is no id
     */
    static int[] parse(String text, String source) {
        String[] words =
                Arrays.stream(text.split("[,\\s]+"))
                        .filter(w -> !w.isEmpty())
                        .toArray(String[]::new);
        if (words.length == 0) {
            throw new IllegalArgumentException(source + ": no token ids; write them as in 3,17,5");
        }
        int[] ids = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                ids[i] = Integer.parseUnsignedInt(words[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        source + ": '" + words[i] + "' (number " + (i + 1) + ") is no token id", e);
            }
            if (ids[i] < 0) {
                throw new IllegalArgumentException(
                        source + ": token id " + words[i] + " is too large");
            }
        }
        return ids;
    }
}
