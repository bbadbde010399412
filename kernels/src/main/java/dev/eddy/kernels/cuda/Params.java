package dev.eddy.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A kernel's parameter struct, written field by field as C lays it out. */
final class Params {
    private static final int CAPACITY = 4096;

    private final MemorySegment bytes = Arena.ofAuto().allocate(CAPACITY, 16);
    private int at;

    Params integer(int value) {
        bytes.set(ValueLayout.JAVA_INT, align(4), value);
        at += 4;
        return this;
    }

    Params integer(boolean value) {
        return integer(value ? 1 : 0);
    }

    Params number(float value) {
        bytes.set(ValueLayout.JAVA_FLOAT, align(4), value);
        at += 4;
        return this;
    }

    /** A device address, or any other 64 bits. */
    Params address(long value) {
        bytes.set(ValueLayout.JAVA_LONG, align(8), value);
        at += 8;
        return this;
    }

    /** A {@code Rows}; a null pointer where there is none. */
    Params rows(Place place) {
        return address(place.address()).integer(place.stride()).integer(place.width());
    }

    private int align(int size) {
        at = Math.ceilDiv(at, size) * size;
        return at;
    }

    /** What has been written, with zeros up to {@code size} bytes. */
    MemorySegment padded(int size) {
        return bytes.asSlice(0, size);
    }

    /** What has been written. */
    MemorySegment segment() {
        return bytes.asSlice(0, Math.ceilDiv(at, 8) * 8L);
    }
}
