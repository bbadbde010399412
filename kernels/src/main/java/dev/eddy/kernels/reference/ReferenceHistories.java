package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.State;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The growing states of every slot, in pages of float arrays made when they are first written. */
final class ReferenceHistories {
    private final StateLayout layout;
    private final Pages pages;
    private final float[][][] pools;

    ReferenceHistories(StateLayout layout, CompileOptions options) {
        this.layout = layout;
        long count = layout.growth() > 0 ? Pages.count(options.positions()) : 0;
        pages = new Pages(options.slots(), Math.toIntExact(count));
        pools = new float[layout.fields().size()][pages.count()][0];
    }

    /** Gives a step's entries the pages that they need. */
    void admit(Step step) {
        if (layout.growth() > 0) {
            pages.admit(step);
        }
    }

    void clear(int slot) {
        pages.resize(slot, 0);
    }

    /** The page of a history that holds a position of a slot, [256, W]. */
    float[] page(int slot, State history, long position) {
        return page(slot, history.id(), position);
    }

    private float[] page(int slot, int field, long position) {
        int page = pages.page(slot, position);
        if (pools[field][page].length == 0) {
            int width = layout.fields().get(field).shape().size(0);
            pools[field][page] = new float[Pages.POSITIONS * width];
        }
        return pools[field][page];
    }

    void copy(int from, int to) {
        pages.resize(to, pages.capacity(from));
        for (int id = 0; id < layout.fields().size(); id++) {
            boolean grows = layout.fields().get(id).grows();
            for (long at = 0; grows && at < pages.capacity(from); at += Pages.POSITIONS) {
                float[] source = page(from, id, at);
                System.arraycopy(source, 0, page(to, id, at), 0, source.length);
            }
        }
    }

    void save(int slot, MemorySegment target) {
        long rows = layout.rows(target.byteSize());
        if (rows > pages.capacity(slot)) {
            throw new InvalidRequestException(
                    "slot " + slot + " cannot be saved at position " + rows + ": it holds fewer");
        }
        move(slot, target, rows, true);
    }

    void load(int slot, MemorySegment source) {
        long rows = layout.rows(source.byteSize());
        pages.resize(slot, rows);
        move(slot, source, rows, false);
    }

    private void move(int slot, MemorySegment state, long rows, boolean save) {
        for (int id = 0; id < layout.fields().size(); id++) {
            StateLayout.Field field = layout.fields().get(id);
            int width = field.shape().size(0);
            for (long position = 0; field.grows() && position < rows; position++) {
                float[] page = page(slot, id, position);
                int at = (int) (position % Pages.POSITIONS) * width;
                long offset = layout.bytes(position) + field.offset();
                if (save) {
                    MemorySegment.copy(
                            page, at, state, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, width);
                } else {
                    MemorySegment.copy(
                            state, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, page, at, width);
                }
            }
        }
    }
}
