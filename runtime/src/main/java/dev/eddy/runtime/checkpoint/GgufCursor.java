package dev.eddy.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A place in a GGUF file that moves forward; what lies beyond the end is refused by name. */
final class GgufCursor {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String source;
    private final MemorySegment file;
    private long position;

    GgufCursor(String source, MemorySegment file, long position) {
        this.source = source;
        this.file = file;
        this.position = position;
    }

    long position() {
        return position;
    }

    long remaining() {
        return file.byteSize() - position;
    }

    /** An unsigned 32-bit number. */
    long u32(String subject) {
        return Integer.toUnsignedLong(file.get(INT, skip(subject, Integer.BYTES)));
    }

    /** An unsigned 64-bit number, refused from 2^63. */
    long u64(String subject) {
        long value = file.get(LONG, skip(subject, Long.BYTES));
        if (value < 0) {
            throw refuse(subject, "at most 2^63 - 1", Long.toUnsignedString(value));
        }
        return value;
    }

    /** UTF-8 after its length of 64 bits. */
    String text(String subject, long most) {
        long length = u64(subject + ": length");
        if (length > most) {
            throw refuse(subject + ": length", "at most " + most + " bytes", length + " bytes");
        }
        long from = skip(subject, length);
        ByteBuffer bytes = file.asSlice(from, length).asByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw refuse(subject, "UTF-8", "other bytes");
        }
    }

    /**
     * Moves past {@code count} bytes.
     *
     * @return where they begin
     */
    long skip(String subject, long count) {
        if (count > remaining()) {
            throw refuse(
                    subject,
                    count + " bytes",
                    remaining() + " until the end of the file; it is truncated or broken");
        }
        long from = position;
        position += count;
        return from;
    }

    CheckpointException refuse(String subject, Object expected, Object found) {
        return CheckpointException.unexpected(source, subject, expected, found);
    }
}
