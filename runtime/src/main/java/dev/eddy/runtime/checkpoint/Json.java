package dev.eddy.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * JSON as untrusted files hold it: strict UTF-8, no duplicate keys, bounded nesting, numbers kept
 * as they were written so that whoever reads one decides what range it has. NaN, Infinity and
 * -Infinity are read as Python writes them.
 */
sealed interface Json {
    /** Deepest nesting that is read; real files need less than ten. */
    int MAX_DEPTH = 64;

    record Obj(SequencedMap<String, Json> fields) implements Json {}

    record Arr(List<Json> items) implements Json {}

    record Str(String value) implements Json {}

    /** A number by its literal, or NaN, Infinity, -Infinity. */
    record Num(String literal) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /** What a value is, for error messages. */
    default String describe() {
        return switch (this) {
            case Obj obj -> "an object of " + obj.fields.size() + " keys";
            case Arr arr -> "an array of " + arr.items.size() + " items";
            case Str str -> CheckpointException.quote(str.value);
            case Num num ->
                    num.literal.length() <= 40 ? num.literal : num.literal.substring(0, 40) + "...";
            case Bool bool -> Boolean.toString(bool.value);
            case Null _ -> "null";
        };
    }

    /**
     * Reads the one value that {@code bytes} hold.
     *
     * @param source the file, for error messages
     * @throws CheckpointException if they hold anything else
     */
    static Json read(String source, MemorySegment bytes) {
        try (JsonParser parser = parser(source, bytes)) {
            parser.nextToken();
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw CheckpointException.unexpected(source, "JSON", "one value", "more after it");
            }
            return value;
        } catch (IOException e) {
            throw malformed(source, e);
        }
    }

    /**
     * A parser over {@code bytes}, which are checked to be UTF-8 first.
     *
     * @throws CheckpointException if they are not UTF-8
     */
    static JsonParser parser(String source, MemorySegment bytes) {
        requireUtf8(source, bytes);
        try {
            return Factories.STRICT.createParser(new SegmentStream(bytes));
        } catch (IOException e) {
            throw malformed(source, e);
        }
    }

    /** What a parser's failure means to whoever brought the file. */
    static CheckpointException malformed(String source, IOException e) {
        if (e instanceof JsonProcessingException json) {
            String where =
                    json.getLocation() == null
                            ? ""
                            : " at line "
                                    + json.getLocation().getLineNr()
                                    + ", column "
                                    + json.getLocation().getColumnNr();
            return new CheckpointException(
                    source
                            + ": malformed JSON"
                            + where
                            + ": "
                            + CheckpointException.quote(json.getOriginalMessage()),
                    e);
        }
        return new CheckpointException(source + ": cannot be read: " + e.getMessage(), e);
    }

    private static Json value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Str(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> new Null();
            case null, default -> throw new IOException("no JSON value");
        };
    }

    private static Obj object(JsonParser parser) throws IOException {
        SequencedMap<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return new Obj(fields);
    }

    private static Arr array(JsonParser parser) throws IOException {
        List<Json> items = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Arr(items);
    }

    /**
     * A value as JSON of sorted keys and minimal text: equal values give equal text, whatever file
     * they came from.
     */
    default void canonical(StringBuilder out) {
        switch (this) {
            case Obj obj -> {
                String separator = "{";
                for (Map.Entry<String, Json> field : new TreeMap<>(obj.fields).entrySet()) {
                    out.append(separator).append(escape(field.getKey())).append(':');
                    field.getValue().canonical(out);
                    separator = ",";
                }
                out.append(obj.fields.isEmpty() ? "{}" : "}");
            }
            case Arr arr -> {
                String separator = "[";
                for (Json item : arr.items) {
                    out.append(separator);
                    item.canonical(out);
                    separator = ",";
                }
                out.append(arr.items.isEmpty() ? "[]" : "]");
            }
            case Str str -> out.append(escape(str.value));
            case Num num -> out.append(Numbers.canonical(num.literal));
            case Bool bool -> out.append(bool.value);
            case Null _ -> out.append("null");
        }
    }

    private static String escape(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static void requireUtf8(String source, MemorySegment bytes) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer discarded = CharBuffer.allocate(2048);
        ByteBuffer in = bytes.asByteBuffer();
        while (true) {
            CoderResult result = decoder.decode(in, discarded.clear(), true);
            if (result.isUnderflow()) {
                return;
            }
            if (result.isError()) {
                throw CheckpointException.unexpected(
                        source,
                        "text",
                        "UTF-8",
                        "an invalid byte sequence at byte " + in.position());
            }
        }
    }

    /**
     * The one factory: field names are neither interned nor pooled, since a hostile file chooses
     * them.
     */
    final class Factories {
        static final JsonFactory STRICT =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH)
                                        .maxNumberLength(1000)
                                        .maxNameLength(65_536)
                                        .maxStringLength(16 << 20)
                                        .build())
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                        .build();

        private Factories() {}
    }

    /** The bytes of a segment, in order. */
    final class SegmentStream extends InputStream {
        private final ByteBuffer bytes;

        SegmentStream(MemorySegment segment) {
            this.bytes = segment.asByteBuffer();
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, bytes.remaining());
            if (count == 0) {
                return length == 0 ? 0 : -1;
            }
            bytes.get(target, offset, count);
            return count;
        }
    }
}
