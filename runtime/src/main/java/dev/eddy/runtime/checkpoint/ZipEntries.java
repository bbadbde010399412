package dev.eddy.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The entries of a mapped zip archive, those beyond 4 GiB included: each the stretch of the mapping
 * that holds its bytes. PyTorch stores them uncompressed; compressed ones are refused when asked
 * for.
 */
final class ZipEntries {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int MAX_COMMENT = 65_535;
    private static final long NOT_HERE = 0xffff_ffffL;

    /** Where an entry's local header begins and how its bytes are stored. */
    private record Entry(long header, long stored, long plain, int method, boolean encrypted) {}

    private final String source;
    private final MemorySegment file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipEntries(String source, MemorySegment file) {
        this.source = source;
        this.file = file;
    }

    /** True if the file begins as zip archives do. */
    static boolean isZip(MemorySegment file) {
        return file.byteSize() >= END_BYTES && file.get(INT, 0) == LOCAL;
    }

    /**
     * Reads the directory of an archive.
     *
     * @throws CheckpointException if it is truncated or malformed
     */
    static ZipEntries read(String source, MemorySegment file) {
        ZipEntries entries = new ZipEntries(source, file);
        entries.readDirectory();
        return entries;
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * An entry's bytes, where they lie in the file.
     *
     * @throws CheckpointException if there is none of that name, or it is compressed or encrypted
     */
    MemorySegment bytes(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw refuse("entry " + CheckpointException.quote(name), "one", "none");
        }
        String subject = "entry " + CheckpointException.quote(name);
        if (entry.method != 0 || entry.encrypted || entry.stored != entry.plain) {
            throw refuse(
                    subject,
                    "bytes stored as they are, as torch.save stores them",
                    entry.encrypted ? "encrypted ones" : "compression method " + entry.method);
        }
        require(subject, entry.header, LOCAL_BYTES);
        if (file.get(INT, entry.header) != LOCAL) {
            throw refuse(subject, "a local header at byte " + entry.header, "other bytes");
        }
        long begin =
                entry.header
                        + LOCAL_BYTES
                        + unsigned(entry.header + 26)
                        + unsigned(entry.header + 28);
        require(subject, begin, entry.stored);
        return file.asSlice(begin, entry.stored);
    }

    private void readDirectory() {
        long end = findEnd();
        long count = unsigned(end + 10);
        long size = Integer.toUnsignedLong(file.get(INT, end + 12));
        long at = Integer.toUnsignedLong(file.get(INT, end + 16));
        long locator = end - LOCATOR_64_BYTES;
        if (locator >= 0 && file.get(INT, locator) == LOCATOR_64) {
            long wide = file.get(LONG, locator + 8);
            require("zip64 end of directory", wide, END_64_BYTES);
            if (file.get(INT, wide) != END_64) {
                throw refuse("zip64 end of directory", "at byte " + wide, "other bytes");
            }
            count = file.get(LONG, wide + 32);
            size = file.get(LONG, wide + 40);
            at = file.get(LONG, wide + 48);
        }
        require("directory", at, size);
        if (count < 0 || count > size / CENTRAL_BYTES) {
            throw refuse("directory", "at most " + size / CENTRAL_BYTES + " entries", count);
        }
        long limit = at + size;
        for (long i = 0; i < count; i++) {
            at = readEntry("directory, entry " + i, at, limit);
        }
    }

    private long readEntry(String subject, long at, long limit) {
        if (limit - at < CENTRAL_BYTES || file.get(INT, at) != CENTRAL) {
            throw refuse(subject, "a header at byte " + at, "none; the file is broken");
        }
        long name = unsigned(at + 28);
        long extra = unsigned(at + 30);
        long comment = unsigned(at + 32);
        long next = at + CENTRAL_BYTES + name + extra + comment;
        if (next > limit) {
            throw refuse(subject, "an end within the directory", "an end at byte " + next);
        }
        byte[] text = file.asSlice(at + CENTRAL_BYTES, name).toArray(ValueLayout.JAVA_BYTE);
        String path = new String(text, StandardCharsets.UTF_8);
        Entry entry = entry(subject, at, at + CENTRAL_BYTES + name, extra);
        if (entries.put(path, entry) != null) {
            throw refuse("entry " + CheckpointException.quote(path), "one", "two");
        }
        return next;
    }

    /**
     * The sizes and the place, from the zip64 extra field where the header has no room for them.
     */
    private Entry entry(String subject, long at, long extra, long extraBytes) {
        long[] values = {
            Integer.toUnsignedLong(file.get(INT, at + 24)), // plain
            Integer.toUnsignedLong(file.get(INT, at + 20)), // stored
            Integer.toUnsignedLong(file.get(INT, at + 42)) // header
        };
        long field = extra;
        while (field + 4 <= extra + extraBytes) {
            long bytes = unsigned(field + 2);
            long end = Math.min(field + 4 + bytes, extra + extraBytes);
            if (unsigned(field) == 1) {
                long next = field + 4;
                for (int i = 0; i < values.length; i++) {
                    if (values[i] == NOT_HERE && next + Long.BYTES <= end) {
                        values[i] = file.get(LONG, next);
                        next += Long.BYTES;
                    }
                }
            }
            field += 4 + bytes;
        }
        for (long value : values) {
            if (value < 0 || value > file.byteSize()) {
                throw refuse(subject, "sizes and places within the file", value);
            }
        }
        boolean encrypted = (unsigned(at + 8) & 1) != 0;
        return new Entry(values[2], values[1], values[0], (int) unsigned(at + 10), encrypted);
    }

    /** The end of the directory: the last place that holds its signature and fits its comment. */
    private long findEnd() {
        long last = file.byteSize() - END_BYTES;
        long first = Math.max(0, last - MAX_COMMENT);
        for (long at = last; at >= first; at--) {
            if (file.get(INT, at) == END && at + END_BYTES + unsigned(at + 20) <= file.byteSize()) {
                return at;
            }
        }
        throw refuse("end", "the directory of a zip archive", "none; the file is truncated");
    }

    private long unsigned(long at) {
        return Short.toUnsignedLong(file.get(SHORT, at));
    }

    private void require(String subject, long from, long count) {
        long size = file.byteSize();
        if (from < 0 || count < 0 || from > size || count > size - from) {
            throw refuse(
                    subject, "a place within the " + size + " bytes", count + " bytes at " + from);
        }
    }

    private CheckpointException refuse(String subject, Object expected, Object found) {
        return CheckpointException.unexpected(source, subject, expected, found);
    }
}
