package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * From a token's spelling in the vocabulary to the bytes of text it stands for in the midst of a
 * text, as the decoder of a tokenizer.json says. Decoders whose output for a token depends on its
 * neighbours are refused.
 */
final class Spellings {
    private final List<UnaryOperator<String>> steps = new ArrayList<>();
    private boolean byteLevel;
    private boolean byteFallback;

    private Spellings() {}

    /**
     * The rules of one decoder.
     *
     * @throws TokenizerException if it is of an unknown type
     */
    static Spellings of(String source, JsonNode decoder) {
        Spellings spellings = new Spellings();
        spellings.add(source, decoder);
        return spellings;
    }

    private void add(String source, JsonNode decoder) {
        switch (decoder.path("type").asText("")) {
            case "ByteLevel" -> byteLevel = true;
            case "ByteFallback" -> byteFallback = true;
            case "Metaspace" -> {
                String mark = decoder.path("replacement").asText(String.valueOf(SafeSplits.MARK));
                steps.add(token -> token.replace(mark, " "));
            }
            case "Replace" -> {
                String pattern = decoder.path("pattern").path("String").asText();
                String content = decoder.path("content").asText();
                if (pattern.isEmpty()) {
                    throw unknown(source, decoder);
                }
                steps.add(token -> token.replace(pattern, content));
            }
            case "WordPiece" -> {
                String prefix = decoder.path("prefix").asText("##");
                steps.add(token ->
                        token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token);
            }
            case "BPEDecoder" -> {
                String suffix = decoder.path("suffix").asText("</w>");
                steps.add(token -> token.replace(suffix, " "));
            }
            case "Fuse", "Strip" -> {
                // Fuse joins what comes out in pieces here; Strip is about the ends of a text, not
                // its midst.
            }
            case "Sequence" -> decoder.path("decoders").forEach(one -> add(source, one));
            case "" -> {
                if (!decoder.isNull() && !decoder.isMissingNode()) {
                    throw unknown(source, decoder);
                }
                steps.add(token -> " " + token);
            }
            default -> throw unknown(source, decoder);
        }
    }

    private static TokenizerException unknown(String source, JsonNode decoder) {
        return new TokenizerException(
                source
                        + ": decoder: expected ByteLevel, ByteFallback, Metaspace, Replace of a string,"
                        + " WordPiece, BPEDecoder, Fuse, Strip or a Sequence of them, found "
                        + decoder);
    }

    /** The bytes of one token. */
    byte[] bytes(String token) {
        if (byteLevel) {
            byte[] bytes = ByteAlphabet.bytes(token);
            if (bytes != null) {
                return bytes;
            }
        }
        if (byteFallback && token.matches("<0x[0-9A-Fa-f]{2}>")) {
            return new byte[] {(byte) Integer.parseInt(token, 3, 5, 16)};
        }
        String text = token;
        for (UnaryOperator<String> step : steps) {
            text = step.apply(text);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The printable characters by which byte-level vocabularies spell bytes, after GPT-2. */
    private static final class ByteAlphabet {
        private static final int[] BYTE_OF = new int[512];

        static {
            java.util.Arrays.fill(BYTE_OF, -1);
            int next = 256;
            for (int b = 0; b < 256; b++) {
                boolean printable = (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
                BYTE_OF[printable ? b : next++] = b;
            }
        }

        private ByteAlphabet() {}

        /** The bytes, or null if a character is not of the alphabet. */
        static byte @Nullable [] bytes(String token) {
            byte[] bytes = new byte[token.length()];
            for (int i = 0; i < bytes.length; i++) {
                char c = token.charAt(i);
                if (c >= BYTE_OF.length || BYTE_OF[c] < 0) {
                    return null;
                }
                bytes[i] = (byte) BYTE_OF[c];
            }
            return bytes;
        }
    }
}
