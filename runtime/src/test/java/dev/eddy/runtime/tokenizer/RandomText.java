package dev.eddy.runtime.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Texts that try tokenizers, and ways to cut them. */
final class RandomText {
    private static final String[] PARTS = {
        "the",
        "whale",
        "Ahab",
        "don't",
        "I'LL",
        "it's",
        "'s",
        "we've",
        "x",
        "Zürich",
        "naïve",
        "ÉCOLE",
        "ŒUVRE",
        "straße",
        "北京",
        "こんにちは",
        "カタカナ",
        "한국어",
        "привет",
        "שלום",
        "مرحبا",
        "नमस्ते",
        "สวัสดี",
        "Ελλάδα",
        "ſ",
        "ŉ",
        "e\u0301",
        "a\u0308\u0323",
        "\u0301",
        "q\u0307\u0323",
        "\u1100\u1161\u11a8",
        "\u212b",
        "\ufb01",
        "=\u0338",
        "7",
        "42",
        "1234567",
        "٣٤",
        "½",
        "²",
        "Ⅷ",
        "3.14",
        "1,000",
        ".",
        ",",
        "!",
        "?",
        ";",
        ":",
        "...",
        "—",
        "-",
        "--",
        "\"",
        "'",
        "’",
        "(",
        ")",
        "[x]",
        "{",
        "}",
        "/",
        "\\",
        "@",
        "#",
        "<",
        ">",
        "<|",
        "|>",
        "*",
        "_",
        "&&",
        "。",
        "、",
        "，",
        "！",
        "「",
        "」",
        "😀",
        "👩‍👩‍👧",
        "🇩🇪",
        "👍🏽",
        "𝔘",
        "𐍈",
        "\ud835\udfd8",
        " ",
        " ",
        " ",
        " ",
        " ",
        "  ",
        "   ",
        "     ",
        "                          ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        " \n ",
        "\u00a0",
        "\u2003",
        "\u3000",
        "\u2028",
        "\u0085",
        "\u200b",
        "\u180e",
        "\u000b",
        "\ufeff",
        "\u0000",
        "\u0001",
        "\u007f",
        "\ue000",
        "\uffff",
        "\ufffd",
        "▁",
        "▁▁",
        "Ġ",
        "http://a.b/c?d=e",
        "foo_bar(baz)",
        "if (x == 0) {",
        "};\n",
        "\n    return",
        "a@b.c",
        "<0x0A>",
        "##ing",
    };

    private RandomText() {}

    /** A well-formed text of up to {@code parts} parts. */
    static String text(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(parts + 1);
        boolean spaced = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(40) == 0) {
                text.appendCodePoint(codePoint(random));
            } else {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            if (spaced && random.nextInt(3) > 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        while (true) {
            int c = random.nextInt(random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1);
            if (!(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                return c;
            }
        }
    }

    /**
     * The ids of {@code text} when it arrives in random chunks, of chars or of bytes, by encoders
     * that now and then are replaced by their tails.
     */
    static int[] encodeInChunks(Tokenizer tokenizer, String text, Random random) {
        Ids ids = new Ids();
        Encoder encoder = tokenizer.encoder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean asBytes = random.nextBoolean();
        int length = asBytes ? bytes.length : text.length();
        int most = (1 + random.nextInt(random.nextBoolean() ? 4 : 100)) * (1 + length / 1000);
        for (int from = 0; from < length; ) {
            int count = Math.min(length - from, random.nextInt(most + 1));
            if (asBytes) {
                encoder.accept(bytes, from, count, ids::add);
            } else {
                encoder.accept(text.substring(from, from + count), ids::add);
            }
            from += count;
            String tail = encoder.tail();
            if (tail.length() > tokenizer.tailLimit()) {
                throw new AssertionError("tail of " + tail.length() + " chars");
            }
            if (random.nextInt(4) == 0) {
                encoder = tokenizer.encoder(wellFormed(tail));
            }
        }
        encoder.flush(ids::add);
        if (!encoder.tail().isEmpty()) {
            throw new AssertionError("a tail is left after flush: " + encoder.tail());
        }
        return ids.toArray();
    }

    /** What a session's state keeps of a tail: it goes through UTF-8. */
    private static String wellFormed(String tail) {
        return new String(tail.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
