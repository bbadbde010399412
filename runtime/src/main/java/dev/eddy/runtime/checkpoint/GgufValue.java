package dev.eddy.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A metadata value of a GGUF file, left where it lies: a list of one or more items of one type.
 *
 * @param kind the items' type
 * @param array whether the file has it as an array
 * @param count number of items
 * @param from where the first item begins
 * @param end where the last one ends
 */
record GgufValue(Kind kind, boolean array, long count, long from, long end) {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_NESTING = 8;

    /** The types of items, in the order of their numbers. */
    enum Kind {
        U8(1),
        I8(1),
        U16(2),
        I16(2),
        U32(4),
        I32(4),
        F32(4),
        BOOL(1),
        STRING(0),
        ARRAY(0),
        U64(8),
        I64(8),
        F64(8);

        /** Bytes of an item; 0 where they differ. */
        final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }
    }

    /** Reads a value's type and moves past the value. */
    static GgufValue read(GgufCursor cursor, String subject) {
        Kind kind = kind(cursor, subject);
        if (kind == Kind.ARRAY) {
            return array(cursor, subject, 0);
        }
        long from = cursor.position();
        items(cursor, subject, kind, 1, 0);
        return new GgufValue(kind, false, 1, from, cursor.position());
    }

    private static GgufValue array(GgufCursor cursor, String subject, int depth) {
        if (depth == MAX_NESTING) {
            throw cursor.refuse(subject, "arrays at most " + MAX_NESTING + " deep", "deeper ones");
        }
        Kind kind = kind(cursor, subject + ": items");
        long count = cursor.u64(subject + ": count");
        long from = cursor.position();
        items(cursor, subject, kind, count, depth);
        return new GgufValue(kind, true, count, from, cursor.position());
    }

    private static void items(GgufCursor cursor, String subject, Kind kind, long count, int depth) {
        if (kind.bytes > 0) {
            if (count > cursor.remaining() / kind.bytes) {
                throw cursor.refuse(
                        subject,
                        count + " items of " + kind.bytes + " bytes",
                        cursor.remaining() + " bytes until the end of the file");
            }
            cursor.skip(subject, count * kind.bytes);
            return;
        }
        for (long i = 0; i < count; i++) {
            if (kind == Kind.ARRAY) {
                array(cursor, subject, depth + 1);
            } else {
                cursor.skip(subject, cursor.u64(subject + ": length"));
            }
        }
    }

    private static Kind kind(GgufCursor cursor, String subject) {
        long number = cursor.u32(subject + ": type");
        if (number >= Kind.values().length) {
            throw cursor.refuse(
                    subject + ": type", "a number from 0 to " + (Kind.values().length - 1), number);
        }
        return Kind.values()[(int) number];
    }

    /** True if the items are whole numbers. */
    boolean isWhole() {
        return switch (kind) {
            case U8, I8, U16, I16, U32, I32, U64, I64 -> true;
            case F32, F64, BOOL, STRING, ARRAY -> false;
        };
    }

    /** Item {@code index} of whole numbers or of bools, these as 0 and 1. */
    long whole(MemorySegment file, long index) {
        long at = from + index * kind.bytes;
        return switch (kind) {
            case U8 -> file.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            case I8 -> file.get(ValueLayout.JAVA_BYTE, at);
            case BOOL -> file.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
            case U16 -> file.get(SHORT, at) & 0xffff;
            case I16 -> file.get(SHORT, at);
            case U32 -> Integer.toUnsignedLong(file.get(INT, at));
            case I32 -> file.get(INT, at);
            case U64, I64 -> file.get(LONG, at);
            case F32, F64, STRING, ARRAY -> throw new IllegalStateException(kind + " is not whole");
        };
    }

    /** Item {@code index} of any numbers. */
    double real(MemorySegment file, long index) {
        long at = from + index * kind.bytes;
        return switch (kind) {
            case F32 -> {
                // By its decimal digits: 1e-5 stays 1e-5.
                float value = Float.intBitsToFloat(file.get(INT, at));
                yield Double.parseDouble(Float.toString(value));
            }
            case F64 -> Double.longBitsToDouble(file.get(LONG, at));
            case U8, I8, U16, I16, U32, I32, U64, I64, BOOL -> whole(file, index);
            case STRING, ARRAY -> throw new IllegalStateException(kind + " is no number");
        };
    }

    /** The bytes of the string at offset {@code at}, which lies within this value. */
    static byte[] bytes(MemorySegment file, long at) {
        return file.asSlice(at + Long.BYTES, file.get(LONG, at)).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The one string; malformed UTF-8 shows as U+FFFD. */
    String text(MemorySegment file) {
        return new String(bytes(file, from), StandardCharsets.UTF_8);
    }

    /** What it is, for error messages. */
    String describe(MemorySegment file) {
        if (array) {
            return "an array of " + count + " " + kind;
        }
        return switch (kind) {
            case STRING -> CheckpointException.quote(text(file));
            case BOOL -> whole(file, 0) == 1 ? "true" : "false";
            case F32, F64 -> Double.toString(real(file, 0));
            case U8, I8, U16, I16, U32, I32, U64, I64 -> Long.toString(whole(file, 0));
            case ARRAY -> "an array";
        };
    }
}
