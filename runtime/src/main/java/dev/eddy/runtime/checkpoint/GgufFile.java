package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One GGUF file of version 2 or 3, mapped: metadata, then tensor descriptions, then the tensors,
 * each aligned. Everything is checked against the file's size before anything trusts it.
 *
 * @param metadata its keys and values
 * @param tensors its tensors by ggml's names, outermost extent first: views of the mapping
 */
record GgufFile(GgufMetadata metadata, Map<String, StoredTensor> tensors) {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final long MAX_NAME = 65_535;
    private static final int MAX_RANK = 4;
    private static final long LEAST_KEY = 13; // length, type, one byte
    private static final long LEAST_TENSOR = 24; // length, rank, type, offset
    private static final String REMEDY =
            "; convert the model again with llama.cpp's convert_hf_to_gguf.py";

    /** Where one tensor lies, from the beginning of the data. */
    private record Entry(String name, DType dtype, Shape shape, long offset) {
        long end() {
            return offset + dtype.bytes(shape.elements());
        }
    }

    /**
     * Maps {@code path} for as long as {@code arena} lives.
     *
     * @throws CheckpointException if it is truncated, malformed, inconsistent or of a kind that
     *     Eddy does not read
     */
    static GgufFile map(Path path, Arena arena) {
        return read(path.toString(), MappedFile.map(path, Long.MAX_VALUE, arena));
    }

    /** Reads the bytes of such a file; {@code source} is the name by which errors call it. */
    static GgufFile read(String source, MemorySegment file) {
        GgufCursor cursor = new GgufCursor(source, file, 0);
        requireKind(cursor);
        long tensorCount = count(cursor, "tensors", LEAST_TENSOR);
        long keyCount = count(cursor, "keys", LEAST_KEY);
        GgufMetadata metadata = new GgufMetadata(source, file, values(cursor, keyCount));
        List<Entry> entries = entries(cursor, tensorCount);
        return new GgufFile(metadata, place(metadata, cursor, file, entries));
    }

    private static void requireKind(GgufCursor cursor) {
        long magic = cursor.u32("the first 4 bytes");
        if (magic != MAGIC) {
            throw cursor.refuse(
                    "the first 4 bytes", "GGUF", String.format("%08x; it is no GGUF file", magic));
        }
        long version = cursor.u32("version");
        if (version >= 1 << 16) {
            throw cursor.refuse("version", "2 or 3, little-endian", "a big-endian file" + REMEDY);
        }
        if (version != 2 && version != 3) {
            throw cursor.refuse("version", "2 or 3", version + REMEDY);
        }
    }

    private static long count(GgufCursor cursor, String what, long least) {
        long count = cursor.u64("number of " + what);
        if (count > cursor.remaining() / least) {
            throw cursor.refuse(
                    "number of " + what,
                    "at most " + cursor.remaining() / least + " in a file of this size",
                    count);
        }
        return count;
    }

    private static Map<String, GgufValue> values(GgufCursor cursor, long count) {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = cursor.text("key " + i, MAX_NAME);
            String subject = "key " + CheckpointException.quote(key);
            if (values.put(key, GgufValue.read(cursor, subject)) != null) {
                throw cursor.refuse(subject, "one value", "two");
            }
        }
        return values;
    }

    private static List<Entry> entries(GgufCursor cursor, long count) {
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            String name = cursor.text("tensor " + i + ": name", MAX_NAME);
            entries.add(entry(cursor, name, "tensor " + CheckpointException.quote(name)));
        }
        return entries;
    }

    private static Entry entry(GgufCursor cursor, String name, String subject) {
        long rank = cursor.u32(subject + ": number of dimensions");
        if (rank > MAX_RANK) {
            throw cursor.refuse(subject + ": number of dimensions", "at most " + MAX_RANK, rank);
        }
        long[] dims = new long[(int) rank];
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            dims[axis] = cursor.u64(subject + ": dimensions");
        }
        Shape shape = Shape.of(dims);
        long number = cursor.u32(subject + ": type");
        DType dtype =
                GgufType.dtype(number)
                        .orElseThrow(() ->
                                cursor.refuse(
                                        subject + ": type",
                                        "one of " + GgufType.read(),
                                        GgufType.describe(number) + REMEDY));
        if (dtype.isQuantised() && (rank == 0 || shape.dim(-1) % dtype.blockElements() != 0)) {
            throw cursor.refuse(
                    subject,
                    "rows of a multiple of " + dtype.blockElements() + " elements in " + dtype,
                    shape);
        }
        long offset = cursor.u64(subject + ": offset");
        try {
            Math.addExact(offset, dtype.bytes(shape.elements()));
        } catch (ArithmeticException overflow) {
            throw cursor.refuse(subject, "at most 2^63 - 1 bytes", dtype + " " + shape);
        }
        return new Entry(name, dtype, shape, offset);
    }

    private static Map<String, StoredTensor> place(
            GgufMetadata metadata, GgufCursor cursor, MemorySegment file, List<Entry> entries) {
        long alignment = metadata.findWhole("general.alignment").orElse(32);
        if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw metadata.refuse("general.alignment", "a power of two up to 2^20");
        }
        long base = (cursor.position() + alignment - 1) / alignment * alignment;
        long size = Math.max(0, file.byteSize() - base);
        requirePlaces(cursor, entries, alignment, size);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            MemorySegment data =
                    file.asSlice(
                            Math.min(base + entry.offset(), file.byteSize()),
                            entry.end() - entry.offset());
            Tensor tensor = new Tensor(entry.name(), entry.dtype(), entry.shape(), data);
            if (tensors.put(entry.name(), new StoredTensor(metadata.source(), tensor)) != null) {
                throw cursor.refuse(
                        "tensor " + CheckpointException.quote(entry.name()), "one", "two");
            }
        }
        return tensors;
    }

    private static void requirePlaces(
            GgufCursor cursor, List<Entry> entries, long alignment, long size) {
        long reached = 0;
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::end));
        for (Entry entry : ordered) {
            String subject = "tensor " + CheckpointException.quote(entry.name()) + ": offset";
            if (entry.offset() % alignment != 0) {
                throw cursor.refuse(subject, "a multiple of " + alignment, entry.offset());
            }
            if (entry.offset() < reached) {
                throw cursor.refuse(
                        subject,
                        "at least " + reached + ", where the tensor before ends",
                        entry.offset() + "; they overlap");
            }
            if (entry.end() > size) {
                throw cursor.refuse(
                        subject,
                        "an end within the " + size + " bytes of data",
                        "an end at " + entry.end() + "; the file is truncated");
            }
            reached = entry.end();
        }
    }
}
