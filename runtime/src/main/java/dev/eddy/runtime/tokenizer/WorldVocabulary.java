package dev.eddy.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vocabulary file of the RWKV World tokenizer, such as rwkv_vocab_v20230424.txt: a line for each
 * token with its id, a literal of Python and its length in bytes.
 */
final class WorldVocabulary {
    private static final int MAX_ID = 1 << 24;
    private static final int LONGEST = 4096;

    private WorldVocabulary() {}

    /**
     * Reads a whole file.
     *
     * @param source the file's name, for error messages
     * @return each id's bytes
     * @throws TokenizerException naming the line that is malformed
     */
    static SortedMap<Integer, byte[]> read(String source, byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException e) {
            throw new TokenizerException(source + ": expected UTF-8, found other bytes", e);
        }
        SortedMap<Integer, byte[]> tokens = new TreeMap<>();
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            number++;
            String line = text.substring(from, end);
            from = end + 1;
            if (!line.isBlank()) {
                line(source + ": line " + number, line.stripTrailing(), tokens);
            }
        }
        return tokens;
    }

    private static void line(String place, String line, SortedMap<Integer, byte[]> tokens) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first) {
            throw unexpected(place, "an id, a literal and a length", line);
        }
        int id = number(place, line.substring(0, first), MAX_ID);
        int length = number(place, line.substring(last + 1), LONGEST);
        byte[] bytes = bytes(place, line.substring(first + 1, last));
        if (bytes.length != length || length == 0) {
            throw unexpected(place, length + " bytes, 1 or more", bytes.length + " bytes");
        }
        if (tokens.put(id, bytes) != null) {
            throw unexpected(place + ": id " + id, "one token", "two");
        }
    }

    private static byte[] bytes(String place, String literal) {
        try {
            return PythonLiteral.bytes(literal);
        } catch (IllegalArgumentException e) {
            throw unexpected(
                    place, "a string or bytes literal of Python", literal + ": " + e.getMessage());
        }
    }

    private static int number(String place, String digits, int most) {
        int number = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
        if (number < 0 || number > most) {
            throw unexpected(place, "a whole number from 0 to " + most, digits);
        }
        return number;
    }

    private static TokenizerException unexpected(String place, String expected, String found) {
        String shown = found.length() > 200 ? found.substring(0, 200) + "..." : found;
        return new TokenizerException(place + ": expected " + expected + ", found " + shown);
    }
}
