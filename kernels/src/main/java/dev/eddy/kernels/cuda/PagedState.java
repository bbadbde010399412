package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A state as it travels: its constant fields, then the pages of each history in turn, whole ones.
 * Any part of it can travel by itself. Threads may share it once all ranges are there.
 */
final class PagedState {
    private final StateLayout layout;
    private final long rows;
    private final List<Range> ranges = new ArrayList<>();
    private long bytes;

    /**
     * Takes its ranges by {@link #add}.
     *
     * @param rows rows of each history; 0 where nothing grows
     */
    PagedState(StateLayout layout, long rows) {
        this.layout = layout;
        this.rows = rows;
    }

    private record Range(long at, long address, long bytes) {}

    /** What is done with a range of bytes on the device, which are {@code at} bytes into a part. */
    interface Move {
        void move(long address, long at, long bytes);
    }

    /** Adds what comes next and where on the device it is: the constant fields, then each page. */
    void add(long address, long more) {
        ranges.add(new Range(bytes, address, more));
        bytes += more;
    }

    /** Its bytes on their way. */
    long bytes() {
        return bytes;
    }

    /** Goes through all ranges on the device. */
    void ranges(Move move) {
        ranges(0, bytes, move);
    }

    /** Goes through the ranges on the device of {@code size} bytes from {@code from} on. */
    void ranges(long from, long size, Move move) {
        for (Range range : ranges) {
            long begin = Math.max(from, range.at);
            long end = Math.min(from + size, range.at + range.bytes);
            if (begin < end) {
                move.move(range.address + begin - range.at, begin - from, end - begin);
            }
        }
    }

    /** Copies the part from {@code from} on to where it belongs in a canonical state. */
    void land(MemorySegment part, long from, MemorySegment state) {
        copy(part, from, state, true);
    }

    /** Makes the part from {@code from} on of a canonical state; zeros behind the last row. */
    void lift(MemorySegment part, long from, MemorySegment state) {
        long rest = Math.clamp(layout.bytes() - from, 0, part.byteSize());
        part.asSlice(rest).fill((byte) 0); // whole pages travel: it must be somebody's numbers
        copy(part, from, state, false);
    }

    private void copy(MemorySegment part, long from, MemorySegment state, boolean landing) {
        copy(part, -from, state, 0, layout.bytes(), landing);
        long base = layout.bytes() - from;
        for (StateLayout.Field field : layout.fields()) {
            if (!field.grows()) {
                continue;
            }
            long width = field.bytes();
            long first = Math.clamp(-base / width, 0, rows);
            long last = Math.clamp(Math.ceilDiv(part.byteSize() - base, width), 0, rows);
            for (long row = first; row < last; row++) {
                long to = layout.bytes(row) + field.offset();
                copy(part, base + row * width, state, to, width, landing);
            }
            base += Pages.count(rows) * Pages.POSITIONS * width;
        }
    }

    /** Copies what a part has of a run that begins {@code at} bytes into it, or before it. */
    private static void copy(
            MemorySegment part, long at, MemorySegment state, long in, long size, boolean landing) {
        long begin = Math.max(0, at);
        long count = Math.min(part.byteSize(), at + size) - begin;
        if (count > 0) {
            MemorySegment here = part.asSlice(begin, count);
            MemorySegment there = state.asSlice(in + begin - at, count);
            (landing ? there : here).copyFrom(landing ? here : there);
        }
    }
}
