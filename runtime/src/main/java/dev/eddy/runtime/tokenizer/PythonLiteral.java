package dev.eddy.runtime.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A string or bytes literal as Python's {@code repr} writes it, which is all that is read: no code,
 * no other expression.
 */
final class PythonLiteral {
    private PythonLiteral() {}

    /**
     * The bytes of a literal with its quotes, {@code 'text'} or {@code b'bytes'}; text as UTF-8.
     *
     * @throws IllegalArgumentException if it is none
     */
    static byte[] bytes(String literal) {
        boolean binary = literal.startsWith("b");
        int start = binary ? 1 : 0;
        char quote = literal.length() < start + 2 ? 0 : literal.charAt(start);
        if ((quote != '\'' && quote != '"') || literal.charAt(literal.length() - 1) != quote) {
            throw new IllegalArgumentException("expected a quoted string");
        }
        return unescaped(literal.substring(start + 1, literal.length() - 1), binary, quote);
    }

    /**
     * The bytes of what stands between the quotes of a bytes literal.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static byte[] unquoted(String escaped) {
        return unescaped(escaped, true, (char) 0);
    }

    private static byte[] unescaped(String text, boolean binary, char quote) {
        StringBuilder chars = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote || (binary && c > '~')) {
                throw new IllegalArgumentException("expected an escape in place of " + c);
            }
            if (c != '\\') {
                chars.append(c);
                continue;
            }
            i++;
            char kind = i < text.length() ? text.charAt(i) : 0;
            int digits = digits(kind, binary);
            if (digits == 0) {
                chars.append(simple(kind));
            } else {
                chars.appendCodePoint(codePoint(text, i + 1, digits));
                i += digits;
            }
        }
        return binary ? latin(chars) : utf8(chars);
    }

    private static int digits(char kind, boolean binary) {
        return switch (kind) {
            case 'x' -> 2;
            case 'u' -> binary ? 0 : 4;
            case 'U' -> binary ? 0 : 8;
            default -> 0;
        };
    }

    private static char simple(char kind) {
        return switch (kind) {
            case '\\', '\'', '"' -> kind;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default ->
                    throw new IllegalArgumentException(
                            "expected one of the escapes \\\\ \\' \\\" \\n \\r \\t \\x \\u \\U");
        };
    }

    private static int codePoint(String text, int from, int digits) {
        if (from + digits > text.length()) {
            throw new IllegalArgumentException("expected " + digits + " hexadecimal digits");
        }
        int value = HexFormat.fromHexDigits(text, from, from + digits);
        if (!Character.isValidCodePoint(value)
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("expected a character's number, found " + value);
        }
        return value;
    }

    private static byte[] latin(StringBuilder chars) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(chars.length());
        chars.chars().forEach(bytes::write);
        return bytes.toByteArray();
    }

    private static byte[] utf8(StringBuilder chars) {
        return chars.toString().getBytes(StandardCharsets.UTF_8);
    }
}
