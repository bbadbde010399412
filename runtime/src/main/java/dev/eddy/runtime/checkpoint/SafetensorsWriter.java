package dev.eddy.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A safetensors file in the making: shapes are declared first, bytes then stream in that order, and
 * the file appears under its name, whole and on disk, with {@link #commit} or not at all.
 *
 * <p>Not safe for use by several threads.
 */
public final class SafetensorsWriter implements AutoCloseable {
    private static final int ALIGNMENT = 8;
    private static final int WINDOW = 1 << 20;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** One tensor to be written. */
    public record Declaration(String name, DType dtype, Shape shape) {
        long bytes() {
            return dtype.bytes(shape.elements());
        }
    }

    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final long expected;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(WINDOW);
    private long written;
    private boolean committed;

    private SafetensorsWriter(Path target, Path partial, FileChannel channel, long expected) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        this.expected = expected;
    }

    /**
     * Begins a file whose tensors follow in the order of {@code tensors}.
     *
     * @throws CheckpointException if it cannot be created, or two tensors have one name
     */
    public static SafetensorsWriter create(
            Path target, List<Declaration> tensors, Map<String, String> metadata) {
        byte[] header = header(target, tensors, metadata);
        long bytes = tensors.stream().mapToLong(Declaration::bytes).reduce(0, Math::addExact);
        Path absolute = target.toAbsolutePath();
        Path partial =
                absolute.resolveSibling(
                        "."
                                + absolute.getFileName()
                                + "."
                                + Long.toHexString(System.nanoTime())
                                + ".partial");
        SafetensorsWriter writer =
                new SafetensorsWriter(absolute, partial, begin(partial), header.length + bytes);
        try {
            writer.write(MemorySegment.ofArray(header));
            return writer;
        } catch (CheckpointException e) {
            writer.close();
            throw e;
        }
    }

    private static FileChannel begin(Path partial) {
        try {
            return FileChannel.open(
                    partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CheckpointException(partial + ": cannot be written: " + describe(e), e);
        }
    }

    /**
     * Writes {@code tensors} to {@code target}, widest elements first so that each lies aligned,
     * and replaces what was there.
     *
     * @throws CheckpointException if the file cannot be written, or two tensors have one name
     */
    public static void write(Path target, List<Tensor> tensors, Map<String, String> metadata) {
        List<Tensor> ordered = new ArrayList<>(tensors);
        ordered.sort(
                Comparator.comparingInt((Tensor t) -> -t.dtype().blockBytes())
                        .thenComparing(Tensor::name));
        List<Declaration> declarations =
                ordered.stream().map(t -> new Declaration(t.name(), t.dtype(), t.shape())).toList();
        try (SafetensorsWriter writer = create(target, declarations, metadata)) {
            ordered.forEach(tensor -> writer.write(tensor.data()));
            writer.commit();
        }
    }

    /**
     * Appends bytes of the declared tensors, in any portions.
     *
     * @throws CheckpointException if they cannot be written, or exceed what was declared
     */
    public void write(MemorySegment bytes) {
        requireRoom(bytes.byteSize());
        for (long from = 0; from < bytes.byteSize(); from += WINDOW) {
            long count = Math.min(WINDOW, bytes.byteSize() - from);
            buffer.clear();
            MemorySegment.ofBuffer(buffer).copyFrom(bytes.asSlice(from, count));
            drain((int) count);
        }
    }

    /** Appends {@code count} floats as little-endian float32. */
    public void write(float[] values, int offset, int count) {
        requireRoom((long) count * Float.BYTES);
        int window = WINDOW / Float.BYTES;
        for (int from = 0; from < count; from += window) {
            int n = Math.min(window, count - from);
            buffer.clear();
            MemorySegment.copy(values, offset + from, MemorySegment.ofBuffer(buffer), FLOAT, 0, n);
            drain(n * Float.BYTES);
        }
    }

    /**
     * Puts the finished file in place under its name.
     *
     * @throws CheckpointException if fewer bytes were written than declared, or the disk refuses
     */
    public void commit() {
        if (written != expected) {
            throw CheckpointException.unexpected(
                    target,
                    "tensors",
                    expected + " bytes with the header, as declared",
                    written + " bytes written");
        }
        try {
            channel.force(true);
            channel.close();
            Files.move(
                    partial,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            committed = true;
        } catch (IOException e) {
            throw new CheckpointException(target + ": cannot be written: " + describe(e), e);
        }
    }

    /** Discards the file unless it was committed. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new CheckpointException(partial + ": cannot be removed: " + describe(e), e);
        }
    }

    private void requireRoom(long count) {
        if (written + count > expected) {
            throw CheckpointException.unexpected(
                    target,
                    "tensors",
                    "at most the declared " + expected + " bytes",
                    (written + count) + " bytes");
        }
    }

    private void drain(int count) {
        buffer.limit(count);
        try {
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
        } catch (IOException e) {
            throw new CheckpointException(target + ": cannot be written: " + describe(e), e);
        }
    }

    private static byte[] header(
            Path target, List<Declaration> tensors, Map<String, String> metadata) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[SafetensorsHeader.PREFIX]);
        Set<String> names = new HashSet<>();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (Declaration tensor : tensors) {
                if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
                    throw CheckpointException.unexpected(
                            target,
                            "tensor " + tensor.name(),
                            "a name of its own",
                            "one that is taken");
                }
                writeEntry(json, tensor, offset);
                offset = Math.addExact(offset, tensor.bytes());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new CheckpointException(target + ": header cannot be made: " + describe(e), e);
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        byte[] header = bytes.toByteArray();
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, header.length - SafetensorsHeader.PREFIX);
        return header;
    }

    private static void writeEntry(JsonGenerator json, Declaration tensor, long offset)
            throws IOException {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeArrayFieldStart("shape");
        for (int axis = 0; axis < tensor.shape().rank(); axis++) {
            json.writeNumber(tensor.shape().dim(axis));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(offset);
        json.writeNumber(offset + tensor.bytes());
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
