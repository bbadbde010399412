package dev.eddy.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked against the file's size: eight bytes of little-endian
 * length N, N bytes of JSON (name to dtype, shape and data_offsets), then the tensors' bytes
 * without gap or overlap. Keys may come in any order; {@code __metadata__} is skipped.
 */
final class SafetensorsHeader {
    /** Largest header that is read; the reference implementation has the same limit. */
    static final long MAX_HEADER = 100_000_000;

    static final int PREFIX = Long.BYTES;
    private static final List<DType> PLAIN =
            Arrays.stream(DType.values()).filter(dtype -> !dtype.isQuantised()).toList();
    private static final int MAX_RANK = 16;
    private static final String METADATA = "__metadata__";
    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Where one tensor lies: bytes {@code begin} to {@code end} of the file. */
    record Entry(DType dtype, Shape shape, long begin, long end) {}

    private final String source;
    private final long headerBytes;
    private final long dataBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private SafetensorsHeader(String source, long headerBytes, long dataBytes) {
        this.source = source;
        this.headerBytes = headerBytes;
        this.dataBytes = dataBytes;
    }

    /**
     * The entries of {@code file} by name.
     *
     * @param source the file's name, for error messages
     * @throws CheckpointException if the header is malformed or does not describe exactly this file
     */
    static Map<String, Entry> read(String source, MemorySegment file) {
        long size = file.byteSize();
        if (size < PREFIX + 2) {
            throw CheckpointException.unexpected(
                    source,
                    "safetensors file",
                    "at least " + (PREFIX + 2) + " bytes",
                    size + " bytes");
        }
        long headerBytes = file.get(LENGTH, 0);
        long most = Math.min(MAX_HEADER, size - PREFIX);
        if (headerBytes < 2 || headerBytes > most) {
            throw CheckpointException.unexpected(
                    source,
                    "header length in the first 8 bytes",
                    "2 to " + most + " bytes (the file has " + size + ")",
                    Long.toUnsignedString(headerBytes)
                            + "; the file is truncated or no safetensors file");
        }
        SafetensorsHeader header =
                new SafetensorsHeader(source, headerBytes, size - PREFIX - headerBytes);
        try (JsonParser json = Json.parser(source, file.asSlice(PREFIX, headerBytes))) {
            header.readTensors(json);
        } catch (IOException e) {
            throw Json.malformed(source, e);
        }
        header.requireCoverage();
        return header.entries;
    }

    private void readTensors(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw CheckpointException.unexpected(
                    source, "header", "a JSON object", json.currentToken());
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals(METADATA)) {
                json.skipChildren();
            } else {
                entries.put(name, readTensor(name, json));
            }
        }
        if (json.nextToken() != null) {
            throw CheckpointException.unexpected(
                    source, "header", "one JSON object", "more after it");
        }
    }

    private Entry readTensor(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw refuse(name, "entry", "an object", json.currentToken());
        }
        DType dtype = null;
        long @Nullable [] shape = null;
        long @Nullable [] offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> dtype = dtype(name, json);
                case "shape" -> shape = naturals(name, field, json, MAX_RANK);
                case "data_offsets" -> offsets = naturals(name, field, json, 2);
                default -> json.skipChildren();
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw refuse(
                    name,
                    "entry",
                    "dtype, shape and data_offsets",
                    "no " + (dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        return entry(name, dtype, Shape.of(shape), offsets);
    }

    private Entry entry(String name, DType dtype, Shape shape, long[] offsets) {
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw refuse(
                    name,
                    "data_offsets",
                    "[begin, end] with begin <= end <= "
                            + dataBytes
                            + " (the bytes after the header)",
                    Arrays.toString(offsets));
        }
        long needed;
        try {
            needed = dtype.bytes(shape.elements());
        } catch (ArithmeticException overflow) {
            throw refuse(name, "shape", "at most 2^63 - 1 bytes", dtype + " " + shape);
        }
        if (needed != offsets[1] - offsets[0]) {
            throw refuse(
                    name,
                    "data_offsets",
                    needed + " bytes for " + dtype + " " + shape,
                    (offsets[1] - offsets[0]) + " bytes in " + Arrays.toString(offsets));
        }
        long base = PREFIX + headerBytes;
        return new Entry(dtype, shape, base + offsets[0], base + offsets[1]);
    }

    private DType dtype(String name, JsonParser json) throws IOException {
        String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        for (DType dtype : PLAIN) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw refuse(
                name,
                "dtype",
                "one of "
                        + PLAIN
                        + (text.startsWith("F8_")
                                ? ", to which floats of eight bits and their scales must be converted"
                                        + " first (--dtype fp8 rounds when a model is loaded)"
                                : ""),
                text.isEmpty() ? json.currentToken() : CheckpointException.quote(text));
    }

    private long[] naturals(String name, String field, JsonParser json, int most)
            throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw refuse(name, field, "an array", json.currentToken());
        }
        long[] values = new long[most];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == most) {
                throw refuse(name, field, "at most " + most + " numbers", "more");
            }
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw refuse(name, field, "whole numbers of 0 or more", json.currentToken());
            }
            String literal = json.getText();
            long value = Numbers.toLong(literal).orElse(-1);
            if (value < 0 || literal.startsWith("-")) {
                throw refuse(
                        name,
                        field,
                        "whole numbers from 0 to 2^63 - 1",
                        CheckpointException.quote(literal));
            }
            values[count++] = value;
        }
        return Arrays.copyOf(values, count);
    }

    private void requireCoverage() {
        List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
        ordered.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()));
        long base = PREFIX + headerBytes;
        long reached = base;
        for (Map.Entry<String, Entry> next : ordered) {
            long begin = next.getValue().begin();
            if (begin != reached) {
                throw refuse(
                        next.getKey(),
                        "data_offsets",
                        "to begin at " + (reached - base) + ", where the tensor before ends",
                        (begin - base) + (begin < reached ? " (they overlap)" : " (a gap)"));
            }
            reached = next.getValue().end();
        }
        if (reached != base + dataBytes) {
            throw CheckpointException.unexpected(
                    source,
                    "bytes after the header",
                    (reached - base) + ", the end of the last tensor",
                    dataBytes + "; the file has a tail that no tensor uses");
        }
    }

    private CheckpointException refuse(
            String tensor, String subject, Object expected, @Nullable Object found) {
        return CheckpointException.unexpected(
                source,
                "tensor " + CheckpointException.quote(tensor) + ": " + subject,
                expected,
                found == null ? "the end of the header" : found);
    }
}
