package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Layout of the buffer that carries one step to the device (batch.cuh): counts, a signal of each
 * launch, entries, ids, the entry of each row, selected rows, frames, then a pool of lists.
 */
final class StepInput {
    private static final int ENTRY_BYTES = 104;
    private static final int SELECTED_BYTES = 16;
    private static final int COUNTS_BYTES = 64;

    /** Ids of biases and stops for which there is room, an entry. */
    private static final int LISTED = 512;

    private static final int PENDING = 1;
    private static final int SAMPLE = 2;

    private final int signals;
    private final long entries;
    private final long ids;
    private final long rowEntry;
    private final long selected;
    private final long frames;
    private final int frameWidth;
    private final long pool;
    private final int poolInts;

    /**
     * @param launches of a step, at most
     * @param pages of histories
     */
    StepInput(Program program, CompileOptions options, int launches, int pages) {
        frameWidth = program.input() instanceof Program.Input.Frames f ? f.width() : 0;
        signals = launches + 1;
        entries = align(COUNTS_BYTES + 4L * signals);
        ids = align(entries + (long) ENTRY_BYTES * options.maxEntries());
        rowEntry = align(ids + 4L * options.maxRows());
        selected = align(rowEntry + 4L * options.maxRows());
        frames = align(selected + (long) SELECTED_BYTES * options.maxSelected());
        pool = align(frames + 4L * options.maxRows() * frameWidth);
        int lists = Math.max(2 * program.output().value().width(), LISTED * options.maxEntries());
        poolInts = Math.addExact(pages, lists);
    }

    private static long align(long offset) {
        return Math.ceilDiv(offset, 256) * 256;
    }

    /** Size of the buffer. */
    long bytes() {
        return align(pool + 4L * poolInts);
    }

    /** Where frames lie in a buffer at {@code address}. */
    Place frames(long address) {
        return new Place(address + frames, frameWidth, frameWidth);
    }

    /** Writes a {@code Batch}, the buffer lying at {@code address}. */
    Params batch(Params params, long address, long arena, long slotBytes) {
        return params.address(address)
                .address(address + entries)
                .address(address + ids)
                .address(address + rowEntry)
                .address(address + selected)
                .address(arena)
                .address(slotBytes);
    }

    /**
     * Writes a sealed step.
     *
     * @param address where the buffer will lie on the device
     * @param pages the slots' page tables; of no account where nothing grows
     * @param groups {@link RowGroups#kinds}
     * @return bytes of the buffer that are in use
     * @throws InvalidRequestException if its lists do not fit
     */
    long write(Step step, MemorySegment buffer, long address, Pages pages, int groups) {
        buffer.set(ValueLayout.JAVA_INT, 0, step.entries());
        buffer.set(ValueLayout.JAVA_INT, 4, step.rows());
        buffer.set(ValueLayout.JAVA_INT, 8, step.selected());
        buffer.set(ValueLayout.JAVA_INT, 12, groups);
        buffer.set(ValueLayout.JAVA_LONG, 16, address + pool);
        buffer.asSlice(COUNTS_BYTES, 4L * signals).fill((byte) 0);
        int used = 0;
        for (int e = 0; e < step.entries(); e++) {
            used = entry(step, e, buffer, used, pages);
            for (int i = 0; i < step.length(e); i++) {
                int row = step.offset(e) + i;
                buffer.set(ValueLayout.JAVA_INT, ids + 4L * row, step.id(row));
                buffer.set(ValueLayout.JAVA_INT, rowEntry + 4L * row, e);
            }
        }
        for (int s = 0; s < step.selected(); s++) {
            long at = selected + (long) SELECTED_BYTES * s;
            int e = step.sourceEntry(s);
            boolean sampled = step.wantsSample(e) && step.samplingRow(e) == s;
            buffer.set(ValueLayout.JAVA_INT, at, e);
            buffer.set(ValueLayout.JAVA_INT, at + 4, step.sourceRow(s));
            buffer.set(ValueLayout.JAVA_INT, at + 8, step.target(s));
            buffer.set(ValueLayout.JAVA_INT, at + 12, sampled ? 1 : 0);
        }
        if (frameWidth > 0) {
            int count = step.rows() * frameWidth;
            MemorySegment.copy(step.frames(), 0, buffer, ValueLayout.JAVA_FLOAT, frames, count);
        }
        return pool + 4L * used;
    }

    private int entry(Step step, int e, MemorySegment buffer, int used, Pages pages) {
        Sampling s = step.sampling(e);
        boolean samples = step.wantsSample(e);
        int biases = samples ? s.logitBias().ids().length : 0;
        int stops = samples ? s.stopIds().length : 0;
        int table = (int) (pages.capacity(step.slot(e)) / Pages.POSITIONS);
        if (used + 2L * biases + stops + table > poolInts) {
            throw new InvalidRequestException(
                    "the logit biases and stop ids of a step have room for "
                            + poolInts
                            + " numbers, "
                            + (used + 2L * biases + stops + table)
                            + " are wanted; bias fewer ids");
        }
        Fields fields = new Fields(buffer, entries + (long) ENTRY_BYTES * e);
        fields.put(step.start(e)).put(step.seed(e));
        fields.put(step.slot(e)).put(step.offset(e)).put(step.length(e));
        fields.put((step.isPending(e) ? PENDING : 0) | (samples ? SAMPLE : 0));
        fields.put(step.branch(e)).put(step.length(e)).put(step.samplingRow(e)).put(s.topK());
        fields.put(s.temperature()).put(s.topP()).put(s.minP()).put(s.repetitionPenalty());
        fields.put(s.presencePenalty()).put(s.frequencyPenalty());
        fields.put(s.penaltyWindow()).put(s.topLogProbs());
        fields.put(used).put(biases);
        for (int i = 0; i < biases; i++) {
            list(buffer, used + i, s.logitBias().ids()[i]);
            list(buffer, used + biases + i, Float.floatToRawIntBits(s.logitBias().values()[i]));
        }
        used += 2 * biases;
        fields.put(used).put(stops);
        for (int i = 0; i < stops; i++) {
            list(buffer, used + i, s.stopIds()[i]);
        }
        used += stops;
        fields.put(used).put(step.firstSelected(e));
        for (int i = 0; i < table; i++) {
            list(buffer, used + i, pages.page(step.slot(e), (long) i * Pages.POSITIONS));
        }
        return used + table;
    }

    private void list(MemorySegment buffer, int index, int value) {
        buffer.set(ValueLayout.JAVA_INT, pool + 4L * index, value);
    }

    /** Fields of a struct, one after the other; the escape analysis leaves nothing of it. */
    private static final class Fields {
        private final MemorySegment buffer;
        private long at;

        Fields(MemorySegment buffer, long at) {
            this.buffer = buffer;
            this.at = at;
        }

        Fields put(int value) {
            buffer.set(ValueLayout.JAVA_INT, at, value);
            at += 4;
            return this;
        }

        Fields put(long value) {
            buffer.set(ValueLayout.JAVA_LONG, at, value);
            at += 8;
            return this;
        }

        Fields put(float value) {
            buffer.set(ValueLayout.JAVA_FLOAT, at, value);
            at += 4;
            return this;
        }
    }
}
